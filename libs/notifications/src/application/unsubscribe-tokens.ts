import type { Group } from '../domain/kinds';

export interface Unsubscription {
  readonly userId: string;
  readonly group: Group;
}

/** What stands in the links of e-mails: whose e-mails of which group, signed, for ever. */
export abstract class UnsubscribeTokens {
  abstract make(unsubscription: Unsubscription): string;

  /** Null for what was not made by `make`, and for groups that cannot be switched off. */
  abstract read(token: string): Unsubscription | null;
}
