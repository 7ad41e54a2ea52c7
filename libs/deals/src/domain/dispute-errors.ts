import { DomainError } from '@evenhand/kernel';

/** A dispute is about cash that has not been decided about: in escrow of a running deal, or earned and not taken back. */
export class NothingInQuestion extends DomainError {
  readonly code = 'NOTHING_IN_QUESTION';

  constructor(deliverableId: string) {
    super('This deliverable has no cash that a dispute could be about.', { deliverableId });
  }
}

/** The deliverable is disputed, so nothing happens to it until the dispute has ended. */
export class DeliverableDisputed extends DomainError {
  readonly code = 'DELIVERABLE_DISPUTED';

  constructor() {
    super('A dispute about this deliverable is open; it rests until the dispute has ended.');
  }
}

/** An operator has decided about the deliverable's cash, once and for all. */
export class AlreadyDecided extends DomainError {
  readonly code = 'ALREADY_DECIDED';

  constructor() {
    super('An operator has decided about this already.');
  }
}

/** The other side has not answered yet and still has time to. */
export class AnswerStillOpen extends DomainError {
  readonly code = 'ANSWER_STILL_OPEN';

  constructor(answerDueAt: Date) {
    super('The other side has not answered yet and still has time to.', { answerDueAt: answerDueAt.toISOString() });
  }
}

/** A split has to state the share of every deliverable in question, each once. */
export class DecisionIncomplete extends DomainError {
  readonly code = 'DECISION_INCOMPLETE';

  constructor(deliverables: number) {
    super('State a share for each deliverable in question, once.', { deliverables });
  }
}

/** Whoever belongs to one of the sides does not decide between them. */
export class OperatorIsParty extends DomainError {
  readonly code = 'OPERATOR_IS_PARTY';

  constructor() {
    super('You belong to one of the sides of this deal, so another operator has to decide.');
  }
}

/** A dispute has room for so many entries. */
export class TooManyEntries extends DomainError {
  readonly code = 'TOO_MANY_ENTRIES';

  constructor(maximum: number) {
    super(`A dispute holds up to ${maximum} entries.`, { maximum });
  }
}
