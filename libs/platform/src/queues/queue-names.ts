/** Delivers outbox events to handlers. */
export const EVENTS_QUEUE = 'events';
/** Runs the periodic jobs: hold release, expiry, auto-approval, outbox relay. */
export const SCHEDULE_QUEUE = 'schedule';
/** Takes in the webhooks of one brand. */
export const INTAKE_QUEUE = 'intake';
/** Sends what is due to one endpoint of outgoing webhooks. */
export const WEBHOOKS_QUEUE = 'webhooks';
/** Sends one e-mail. */
export const EMAILS_QUEUE = 'emails';
/** Reads the files of sales. */
export const IMPORT_QUEUE = 'imports';

export interface EventJob {
  readonly eventId: string;
}

/** How soon another worker takes over the job of one that was killed: within lock and look together. */
export const TAKE_OVER = { lockDuration: 6_000, stalledInterval: 3_000, maxStalledCount: 10 } as const;
