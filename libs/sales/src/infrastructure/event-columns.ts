import { bytesArray, nullableArray, Numbering, plainArray } from '@evenhand/platform';
import type { NewIntakeEvent } from '../application/intake-repository';

/**
 * The columns of kept events: what is each event's own, then the number of its circumstances, from 1, and the circumstances
 * as JSON: most events of a batch came the same way and became the same. Why they could not be recorded is their own: it
 * quotes what they said.
 */
export function eventColumns(events: readonly NewIntakeEvent[]): readonly (string | readonly (string | null)[])[] {
  const circumstances = new Numbering<NewIntakeEvent>();
  const numbers = events.map((event) => circumstances.numberOf(event.state, event, cameAlike));
  return [
    plainArray(events.map(({ eventId }) => eventId)),
    events.map(({ externalId }) => externalId),
    events.map(({ content }) => content),
    bytesArray(events.map(({ contentSha256 }) => contentSha256)),
    nullableArray(events.map(({ recordedId }) => recordedId)),
    events.map(({ saleExternalId }) => saleExternalId),
    events.map(({ customer }) => customer),
    events.map(({ reason }) => reason?.code ?? null),
    events.map(({ reason }) => reason?.message ?? null),
    plainArray(numbers),
    JSON.stringify(circumstances.values.map(circumstancesOf)),
  ];
}

function circumstancesOf(event: NewIntakeEvent): object {
  const { kind, source, state, receivedAt, receivedFrom, via, importId } = event;
  return { kind, source, state, receivedAt, receivedFrom, via, importId };
}

function cameAlike(one: NewIntakeEvent, other: NewIntakeEvent): boolean {
  return (
    one.kind === other.kind &&
    one.source === other.source &&
    one.state === other.state &&
    one.receivedAt.getTime() === other.receivedAt.getTime() &&
    one.receivedFrom === other.receivedFrom &&
    one.via === other.via &&
    one.importId === other.importId
  );
}
