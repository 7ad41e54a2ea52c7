/** Delivers outbox events to handlers. */
export const EVENTS_QUEUE = 'events';
/** Runs the periodic jobs: hold release, expiry, auto-approval, outbox relay. */
export const SCHEDULE_QUEUE = 'schedule';

export interface EventJob {
  readonly eventId: string;
}
