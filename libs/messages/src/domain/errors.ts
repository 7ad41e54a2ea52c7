import { DomainError } from '@evenhand/kernel';

/** Operators look on: they write in a conversation only while they have a dispute to decide. */
export class DealNotDisputed extends DomainError {
  readonly code = 'DEAL_NOT_DISPUTED';

  constructor(state: string) {
    super(`The deal is ${state.replaceAll('_', ' ')}; operators write only while it is disputed.`, { state });
  }
}
