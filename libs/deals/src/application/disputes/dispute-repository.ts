import type { Transaction } from '@evenhand/kernel';
import type { Deal } from '../deal';
import type { Dispute, DisputeDecision, DisputeEntry, DisputeItem } from './dispute';

/** What somebody wrote under an idempotency key. */
export interface KnownEntry {
  readonly disputeId: string;
  readonly entry: DisputeEntry;
}

/** Disputes of deals, under the rights that apply in the transaction. Whoever writes has locked the deal. */
export abstract class DisputeRepository {
  abstract find(tx: Transaction, disputeId: string): Promise<Dispute | null>;
  /** In the order in which they were opened. */
  abstract ofDeals(tx: Transaction, dealIds: readonly string[]): Promise<readonly Dispute[]>;
  abstract entryByKey(tx: Transaction, dealId: string, authorId: string, key: string): Promise<KnownEntry | null>;

  /** With its claim; its deliverables rest from now on. */
  abstract insert(tx: Transaction, deal: Deal, dispute: Dispute, idempotencyKey: string): Promise<void>;
  /** Saves the state it leaves the dispute in as well. */
  abstract appendEntry(
    tx: Transaction,
    deal: Deal,
    dispute: Dispute,
    entry: DisputeEntry,
    idempotencyKey: string,
  ): Promise<void>;
  abstract saveWithdrawal(tx: Transaction, disputeId: string, at: Date): Promise<void>;
  abstract saveDecision(
    tx: Transaction,
    disputeId: string,
    decision: DisputeDecision,
    idempotencyKey: string,
  ): Promise<void>;
  /** The key under which it was decided; null where it was not. */
  abstract decisionKey(tx: Transaction, disputeId: string): Promise<string | null>;
  abstract saveItems(tx: Transaction, disputeId: string, items: readonly DisputeItem[]): Promise<void>;
  /** Its deliverables rest no more. */
  abstract freeDeliverables(tx: Transaction, disputeId: string): Promise<void>;
}
