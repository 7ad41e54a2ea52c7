import type { Transaction } from '@evenhand/kernel';
import type { Rational } from '@evenhand/money';
import type { Deal, Deliverable } from '../deal';
import type { DisputeItem } from './dispute';

/** What a dispute does in the brand's book. Every call is part of the caller's transaction. */
export abstract class DisputeMoney {
  /** The deliverable's cash that can be in question now; null where there is none. */
  abstract inQuestion(tx: Transaction, deal: Deal, deliverable: Deliverable): Promise<DisputeItem | null>;

  /** What was earned is neither released nor paid out. What is in escrow stays there because its deliverable rests. */
  abstract freeze(tx: Transaction, deal: Deal, items: readonly DisputeItem[]): Promise<void>;
  abstract unfreeze(tx: Transaction, deal: Deal, items: readonly DisputeItem[]): Promise<void>;

  /**
   * Splits the influencer's share of what is in escrow by the deal's plan, or takes the brand's share of what was earned
   * back from its recorded parts; the brand's share goes to its balance. Answers the item with what it came to.
   */
  abstract carryOut(
    tx: Transaction,
    deal: Deal,
    decided: { readonly disputeId: string; readonly item: DisputeItem; readonly influencerShare: Rational },
    now: Date,
  ): Promise<DisputeItem>;
}
