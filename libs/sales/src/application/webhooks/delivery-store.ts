import type { Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { SourceFormat } from '../../domain/sales-source';
import type { IntakeReason } from '../results';

/** A message as it came. */
export interface Delivery {
  readonly brandId: string;
  readonly deliveryId: string;
  readonly sourceId: string;
  /** The sender's id of the message. */
  readonly messageId: string;
  /** Shopify's topic; null where the body tells its type. */
  readonly topic: string | null;
  readonly body: string;
  readonly receivedAt: Date;
}

/** A duplicate is the same message again; a conflict has its id and another body. */
export type StoredAs = 'stored' | 'duplicate' | 'conflict';

export interface WaitingDelivery extends Omit<Delivery, 'body'> {
  /** Null where no key that is known opens it. */
  readonly body: string | null;
  readonly sourceName: string;
  readonly format: SourceFormat;
  /** How often it was tried before. */
  readonly attempts: number;
}

export type DeliveryState = 'waiting' | 'taken' | 'ignored' | 'failed';

/** What became of a delivery; one that waits again is due at `dueAt`. */
export interface DeliveryDecision {
  readonly deliveryId: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly dueAt: Date;
  readonly reason: IntakeReason | null;
}

export interface FailedDelivery {
  readonly deliveryId: string;
  readonly brandId: string;
  readonly sourceId: string;
  readonly messageId: string;
  readonly topic: string | null;
  readonly attempts: number;
  readonly reason: IntakeReason;
  readonly receivedAt: Date;
}

/** What waits to be taken in, over all brands. */
export interface IntakeBacklog {
  readonly waiting: number;
  /** When the oldest of them came; null where none waits. */
  readonly oldestReceivedAt: Date | null;
  readonly failed: number;
}

/** Webhooks as they came, kept unedited. Needs the system's rights, the page of failed ones aside. */
export abstract class DeliveryStore {
  /** Stores it for good, in a transaction of its own, unless a message of that id was stored before. */
  abstract store(delivery: Delivery): Promise<StoredAs>;

  /** Brands of which some are due, longest waiting first. */
  abstract brandsWithDue(tx: Transaction, now: Date, limit: number): Promise<readonly string[]>;

  /** Locks up to `limit` due ones of a brand in the order in which they came, leaving those that somebody else has. */
  abstract lockDue(tx: Transaction, brandId: string, now: Date, limit: number): Promise<readonly WaitingDelivery[]>;

  abstract decide(
    tx: Transaction,
    brandId: string,
    decisions: readonly DeliveryDecision[],
    decidedAt: Date,
  ): Promise<void>;

  /** Which of them are the brand's. */
  abstract idsOf(tx: Transaction, brandId: string, deliveryIds: readonly string[]): Promise<ReadonlySet<string>>;

  /** Lets failed ones wait again; answers how many there were. */
  abstract retry(tx: Transaction, brandId: string, deliveryIds: readonly string[], now: Date): Promise<number>;

  abstract failedPage(tx: Transaction, brandId: string, page: PageRequest): Promise<Page<FailedDelivery>>;

  abstract backlog(tx: Transaction): Promise<IntakeBacklog>;
}
