import type { Transaction } from '@evenhand/kernel';

export type Outcome = 'paid' | 'rejected' | 'unknown';

export interface NewOutcome {
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly itemId: string;
  readonly outcome: Outcome;
  readonly bankReference: string | null;
  readonly reason: string | null;
  readonly occurredAt: Date;
  readonly recordedBy: string | null;
  readonly recordedAt: Date;
}

/** What the bank said of items, in the order in which it was recorded; never changed. */
export abstract class OutcomeStore {
  abstract find(
    tx: Transaction,
    idempotencyKey: string,
  ): Promise<{ readonly itemId: string; readonly requestHash: string } | null>;
  abstract add(tx: Transaction, outcome: NewOutcome): Promise<void>;
}
