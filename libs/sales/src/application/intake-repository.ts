import { groupBy, type IdGenerator, type Transaction } from '@evenhand/kernel';
import type { IntakeReason } from './results';

export type IntakeKind = 'sale' | 'refund';
/** How an event came. */
export type IntakeVia = 'api' | 'file' | 'webhook' | 'risk_decision';
export type IntakeState = 'recorded' | 'unattributed' | 'refused' | 'parked' | 'superseded';

/** The name of an order or refund within a brand, unique forever. */
export interface IntakeKey {
  readonly kind: IntakeKind;
  readonly source: string;
  readonly externalId: string;
}

/** One content that came under a key, and what became of it. */
export interface IntakeEvent extends IntakeKey {
  readonly eventId: string;
  readonly content: string;
  /** Hexadecimal. */
  readonly contentSha256: string;
  readonly state: IntakeState;
  readonly reason: IntakeReason | null;
  /** The sale or refund it became; the first one where it became several. */
  readonly recordedId: string | null;
  /** Of a refund: its sale's external id. */
  readonly saleExternalId: string | null;
  /** What a person made of `content`, which is then what counts; null where nobody mended it. */
  readonly mendedContent: string | null;
  /** Of a sale: the token of its customer; null where none was told. */
  readonly customer: string | null;
}

export interface NewIntakeEvent extends IntakeEvent {
  readonly receivedAt: Date;
  /** The user who sent it; null for jobs and the command line. */
  readonly receivedFrom: string | null;
  readonly via: IntakeVia;
  readonly importId: string | null;
}

/** What became of a kept event later. */
export interface IntakeDecision {
  readonly eventId: string;
  readonly state: IntakeState;
  /** Null keeps the reason it had. */
  readonly reason: IntakeReason | null;
  readonly recordedId: string | null;
  /** Of a sale: kept where none was told before. */
  readonly customer?: string | null;
}

interface Named {
  readonly source: string;
  readonly externalId: string;
}

export function saleKeyOf({ source, externalId }: Named): IntakeKey {
  return { kind: 'sale', source, externalId };
}

export function refundKeyOf({ source, externalId }: Named): IntakeKey {
  return { kind: 'refund', source, externalId };
}

/**
 * The id of the sale or refund that an event becomes. It follows from the event: the ledger decides ties between shares by it,
 * so that the same sale gives the same cents wherever and whenever it is recorded.
 */
export function recordedIdOf(
  ids: IdGenerator,
  brandId: string,
  { kind, source, externalId }: IntakeKey,
  occurredAt: Date,
): string {
  return ids.of(JSON.stringify([brandId, kind, source, externalId]), occurredAt);
}

/** What of an order is a sale of its own beside the first one. */
interface PartOfOrder {
  readonly dealId: string;
  readonly kind: string;
}

/**
 * The id of a further sale of an order that several deals earned, and of a refund of that sale. The first one has the
 * order's {@link recordedIdOf}.
 */
export function partIdOf(
  ids: IdGenerator,
  brandId: string,
  { kind, source, externalId }: IntakeKey,
  occurredAt: Date,
  part: PartOfOrder,
): string {
  return ids.of(JSON.stringify([brandId, kind, source, externalId, part.dealId, part.kind]), occurredAt);
}

/** One string per key, for maps. */
export function keyText(key: { readonly source: string; readonly externalId: string }): string {
  return `${key.source}\n${key.externalId}`;
}

/** What bears each name, in their order. */
export function byName<Item extends Named>(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  return groupBy(items, keyText);
}

/** Keys that a transaction holds. Under one that it made itself nothing is stored, and nothing waits. */
export class LockedKeys {
  private readonly before: ReadonlySet<string>;

  /** `before`: those of the locked that were there when this transaction asked for them. */
  constructor(before: readonly IntakeKey[]) {
    this.before = new Set(before.map(textOf));
  }

  /** Those of the locked under which something may be stored; of others nothing is known, and nothing must be asked. */
  known<Key extends IntakeKey>(keys: readonly Key[]): readonly Key[] {
    return this.before.size === 0 ? [] : keys.filter((key) => this.before.has(textOf(key)));
  }
}

function textOf({ kind, source, externalId }: IntakeKey): string {
  return `${kind}\n${source}\n${externalId}`;
}

/** The kept events of a brand. Needs the system's rights. */
export abstract class IntakeRepository {
  /**
   * Taken before anything else that several transactions may want. Whoever locks and posts more than once in a transaction
   * is `alone` in the brand's intake: batches of webhooks, which are `together`, wait for each other where the database does
   * not see it, so that it could not undo one of three that wait in a circle.
   */
  abstract enter(tx: Transaction, brandId: string, how: 'alone' | 'together'): Promise<void>;

  /** Creates the keys not yet known and locks all of them until the transaction ends, in one fixed order. */
  abstract lockKeys(tx: Transaction, brandId: string, keys: readonly IntakeKey[]): Promise<LockedKeys>;

  abstract eventsOf(tx: Transaction, brandId: string, keys: readonly IntakeKey[]): Promise<readonly IntakeEvent[]>;

  /** Refunds that wait for one of these sales, oldest first. */
  abstract parkedRefundsOf(
    tx: Transaction,
    brandId: string,
    sales: readonly { readonly source: string; readonly externalId: string }[],
  ): Promise<readonly IntakeEvent[]>;

  abstract add(tx: Transaction, brandId: string, events: readonly NewIntakeEvent[]): Promise<void>;

  abstract decide(
    tx: Transaction,
    brandId: string,
    decisions: readonly IntakeDecision[],
    decidedAt: Date,
  ): Promise<void>;
}
