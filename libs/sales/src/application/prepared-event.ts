import { createHash } from 'node:crypto';
import { DomainError, type IdGenerator } from '@evenhand/kernel';
import { checkIdentity } from '../domain/validation';
import type { IntakeEvent, IntakeKind, IntakeState, NewIntakeEvent } from './intake-repository';
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
): PreparedEvent<Event> {
  const unnamed = reasonThrownBy(() => checkIdentity(event));
  const content = contentOf(event);
  const contentSha256 = createHash('sha256').update(content, 'utf8').digest('hex');
  const reason = unnamed ?? reasonThrownBy(() => check(event));
  return { event, content, contentSha256, reason, isNamed: unnamed === null };
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
}

/** What is kept of an event, before or after it is decided. */
export function intakeEventOf(
  prepared: PreparedEvent<{ readonly source: string; readonly externalId: string; readonly saleExternalId?: string }>,
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
    ...receivedOf(receipt),
  };
}

export function receivedOf({ receivedAt, receivedFrom }: Receipt) {
  return { receivedAt, receivedFrom };
}

/** What came under one key so far: a repetition of `sha256`, or the event that already stands. */
export class IntakeHistory {
  private readonly byKey = new Map<string, IntakeEvent[]>();

  constructor(events: readonly IntakeEvent[]) {
    for (const event of events) this.add(event);
  }

  add(event: IntakeEvent): void {
    const key = textOf(event);
    this.byKey.set(key, [...this.eventsOf(event).filter((known) => known.eventId !== event.eventId), event]);
  }

  repetitionOf(key: { readonly source: string; readonly externalId: string }, sha256: string): IntakeEvent | undefined {
    return this.eventsOf(key).find((event) => event.contentSha256 === sha256);
  }

  eventsOf(key: { readonly source: string; readonly externalId: string }): readonly IntakeEvent[] {
    return this.byKey.get(textOf(key)) ?? [];
  }
}

function textOf(key: { readonly source: string; readonly externalId: string }): string {
  return `${key.source}\n${key.externalId}`;
}
