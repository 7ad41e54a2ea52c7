/** The queue that brings outbox events to their handlers. */
export abstract class JobQueue {
  /** Enqueues one job per event; an event already queued is not queued twice. */
  abstract enqueueEvents(eventIds: readonly string[]): Promise<void>;
}
