import type { Transaction } from './unit-of-work';

/** An event as a handler gets it. */
export interface RecordedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly recordedAt: Date;
}

/**
 * A reaction to an event, named after cause and effect (`complete-deal-when-deliverable-published.handler.ts`). Any
 * provider that extends this class is found and called by the worker. It may be called more than once for one event.
 */
export abstract class OutboxHandler {
  /** Stable name under which deliveries are recorded. */
  abstract readonly name: string;
  abstract readonly eventType: string;
  abstract handle(event: RecordedEvent): Promise<void>;

  /**
   * Which of these events of its type it would do something about, asked with the system's rights before jobs are made:
   * for a handler that most events do not concern. It may be handed any of the others all the same.
   */
  async concerning(_tx: Transaction, events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    return events;
  }
}
