import { hash } from 'node:crypto';
import { type Actor, DomainError, type IdGenerator } from '@evenhand/kernel';
import { checkIdentity } from '../domain/validation';
import type { IntakeEvent, IntakeKind, IntakeState, IntakeVia, NewIntakeEvent } from './intake-repository';
import type { IntakeReason } from './results';

/** An event with its canonical content, and why it cannot be taken, where it cannot. */
export interface PreparedEvent<Event> {
  readonly event: Event;
  readonly content: string;
  readonly contentSha256: string;
  /** Null where the event can be decided. */
  readonly reason: IntakeReason | null;
  /** False where it does not even have a name to be kept under. */
  readonly isNamed: boolean;
  /** True where a person mended what was kept of this content: `event` is what they made of it. */
  readonly isMended: boolean;
  /** Tokens of the customer, the one to keep first; none where none was told. */
  readonly customers: readonly string[];
}

interface Named {
  readonly source: string;
  readonly externalId: string;
  /** Of a refund. */
  readonly saleExternalId?: string;
}

export function prepare<Event extends Named>(
  event: Event,
  contentOf: (event: Event) => string,
  check: (event: Event) => void,
  customersOf: (event: Event) => readonly string[] = () => [],
): PreparedEvent<Event> {
  const unnamed = reasonThrownBy(() => checkIdentity(event));
  const content = contentOf(event);
  const contentSha256 = hash('sha256', content);
  const reason = unnamed ?? reasonThrownBy(() => check(event));
  const customers = customersOf(event);
  return { event, content, contentSha256, reason, isNamed: unnamed === null, isMended: false, customers };
}

/** The events as people mended those that were kept before with the same content; the others as they are. */
export function asMended<Event extends Named>(
  prepared: readonly PreparedEvent<Event>[],
  stored: readonly IntakeEvent[],
  eventOf: (content: string) => Event,
  check: (event: Event) => void,
): readonly PreparedEvent<Event>[] {
  const mended = new Map(
    stored.flatMap((kept) => (kept.mendedContent === null ? [] : [[contentKey(kept), kept] as const])),
  );
  if (mended.size === 0) return prepared;
  return prepared.map((raw) => {
    const content = mended.get(contentKey({ ...raw.event, contentSha256: raw.contentSha256 }))?.mendedContent;
    if (!content) return raw;
    const event = eventOf(content);
    return { ...raw, event, reason: reasonThrownBy(() => check(event)), isMended: true };
  });
}

function contentKey(key: Parameters<typeof textOf>[0] & { readonly contentSha256: string }): string {
  return `${textOf(key)}\n${key.contentSha256}`;
}

/** The broken rule as a reason to keep; null where no rule is broken. Any other error passes through. */
export function reasonThrownBy(work: () => void): IntakeReason | null {
  try {
    work();
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The code and message of a broken rule; any other error is thrown again. */
export function reasonOf(error: unknown): IntakeReason {
  if (!(error instanceof DomainError)) throw error;
  const { field } = error.details;
  const message = typeof field === 'string' ? `${field}: ${error.message}` : error.message;
  return { code: error.code, message };
}

export interface Receipt {
  readonly brandId: string;
  readonly receivedAt: Date;
  readonly receivedFrom: string | null;
  readonly via: IntakeVia;
  /** The file it came with; null where it came otherwise. */
  readonly importId: string | null;
}

/** Of what a person or job sends, or takes in again, itself. */
export function receiptOf(actor: Actor, brandId: string, receivedAt: Date): Receipt {
  const receivedFrom = actor.kind === 'person' ? actor.userId : null;
  return { brandId, receivedAt, receivedFrom, via: 'api', importId: null };
}

/** What is kept of an event, before or after it is decided. */
export function intakeEventOf(
  prepared: PreparedEvent<Named>,
  kind: IntakeKind,
  outcome: { readonly state: IntakeState; readonly reason: IntakeReason | null; readonly recordedId: string | null },
  receipt: Receipt,
  ids: IdGenerator,
): NewIntakeEvent {
  const { event, content, contentSha256 } = prepared;
  return {
    eventId: ids.next(),
    kind,
    source: event.source,
    externalId: event.externalId,
    content,
    contentSha256,
    ...outcome,
    saleExternalId: event.saleExternalId ?? null,
    mendedContent: null,
    customer: prepared.customers[0] ?? null,
    ...receivedOf(receipt),
  };
}

export function receivedOf({ receivedAt, receivedFrom, via, importId }: Receipt) {
  return { receivedAt, receivedFrom, via, importId };
}

/** What came under one key so far: a repetition of `sha256`, or the event that already stands. */
export class IntakeHistory {
  private readonly byKey = new Map<string, readonly IntakeEvent[]>();

  constructor(events: readonly IntakeEvent[]) {
    for (const event of events) this.add(event);
  }

  add(event: IntakeEvent): void {
    const known = this.eventsOf(event);
    const place = known.findIndex(({ eventId }) => eventId === event.eventId);
    this.byKey.set(textOf(event), place < 0 ? [...known, event] : known.with(place, event));
  }

  repetitionOf(key: { readonly source: string; readonly externalId: string }, sha256: string): IntakeEvent | undefined {
    return this.eventsOf(key).find((event) => event.contentSha256 === sha256);
  }

  /** The token of the customer: what was kept of the content itself, else of the first event that told one, else null. */
  customerOf(key: { readonly source: string; readonly externalId: string }, sha256: string): string | null {
    const own = this.repetitionOf(key, sha256)?.customer;
    return own ?? this.eventsOf(key).find(({ customer }) => customer !== null)?.customer ?? null;
  }

  /** In the order in which they first came. */
  eventsOf(key: { readonly source: string; readonly externalId: string }): readonly IntakeEvent[] {
    return this.byKey.get(textOf(key)) ?? [];
  }
}

function textOf(key: { readonly source: string; readonly externalId: string }): string {
  return `${key.source}\n${key.externalId}`;
}
