import type { RecordedEvent } from '@evenhand/kernel';
import type { EventType, TEST_EVENT_TYPE } from '../domain/event-types';

/** An event as its parties may know it. */
export interface PublicEvent {
  /** Of the outbox. */
  readonly eventId: string;
  readonly type: EventType;
  readonly occurredAt: Date;
  /** Whose event it is; who represents them right now is told as well. */
  readonly partyIds: readonly string[];
  /**
   * What each message about it tells, always in one order: an event may tell of many sales. Holds only what every party of
   * it may read in the API. Throws where the fact makes no sense.
   */
  readonly data: () => readonly Readonly<Record<string, unknown>>[];
}

/** What happened in other contexts, in the words of the API. */
export abstract class PublicEvents {
  /** Null for an event that nobody outside is told of. */
  abstract describe(event: RecordedEvent): PublicEvent | null;

  /** The data of a message that only tries an endpoint. */
  abstract testData(endpointId: string, partyId: string): Readonly<Record<string, unknown>>;
}

/** Rises when a field of `data` changes its meaning or goes; new fields and types come without. */
const VERSION = 1;

/** The body of a message, by Standard Webhooks: the bytes that are signed and sent each time. */
export function bodyOf(message: {
  readonly type: EventType | typeof TEST_EVENT_TYPE;
  readonly occurredAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}): string {
  const { type, occurredAt, data } = message;
  return JSON.stringify({ type, version: VERSION, timestamp: occurredAt.toISOString(), data });
}
