import type { Transaction } from './unit-of-work';

/** A fact for other contexts, stored in the same transaction as what it tells; delivered at least once, in no stated order. */
export interface OutboxEvent {
  /** `<context>.<noun>_<past participle>`, e.g. `deals.deliverable_approved`. */
  readonly type: string;
  /** The object the event is about. */
  readonly subjectId: string;
  /** JSON-safe values only; money as decimal minor-unit strings. */
  readonly payload: Readonly<Record<string, unknown>>;
}

export abstract class Outbox {
  abstract append(tx: Transaction, events: readonly OutboxEvent[]): Promise<void>;
}
