import type { Transaction } from '@evenhand/kernel';
import type { Deal, Deliverable } from './deal';
import type { Gift } from './gift';

/** What a deal moves in the brand's book. Every call is part of the caller's transaction. */
export abstract class DealMoney {
  /** The brand has a book from here on, also where its sign-up has not been worked on yet. */
  abstract ensureBook(tx: Transaction, deal: Deal): Promise<void>;

  /** Cash and commission reserve from the brand's balance into the deal's escrow; throws InsufficientBrandBalance. */
  abstract putAside(tx: Transaction, deal: Deal): Promise<void>;

  /** Whatever is left in the deal's escrow goes back to the brand's balance. */
  abstract returnUnused(tx: Transaction, deal: Deal): Promise<void>;

  /** Splits the deliverable's milestones out of the escrow by the deal's cash plan, as one earning; once only. */
  abstract releaseCash(
    tx: Transaction,
    deal: Deal,
    deliverable: Deliverable,
    amountMinor: bigint,
    now: Date,
  ): Promise<void>;

  /** The gift's value, as both sides agree on it by then, enters the in-kind accounts. */
  abstract recordGiftReceived(tx: Transaction, deal: Deal, gift: Gift, now: Date): Promise<void>;

  /** A gift that was received and came back leaves the in-kind accounts. */
  abstract recordGiftReturned(tx: Transaction, deal: Deal, gift: Gift, now: Date): Promise<void>;

  /** The in-kind accounts get the difference of a received gift's value; once for each correction of it. */
  abstract recordGiftCorrected(
    tx: Transaction,
    deal: Deal,
    gift: Gift,
    correction: { readonly number: number; readonly differenceMinor: bigint },
    now: Date,
  ): Promise<void>;

  /** While a dispute is open no share of the deal is released, those to come included. */
  abstract freeze(tx: Transaction, deal: Deal): Promise<void>;
  abstract unfreeze(tx: Transaction, deal: Deal): Promise<void>;
}
