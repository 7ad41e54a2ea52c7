import { type BonusOffer, giftValueMinor } from '@evenhand/campaigns';
import { type CommissionFacts, commissionOfSale, feeOnTopMinor, type SplitPlan } from '@evenhand/ledger';
import type { DealTerms } from './deal';
import { cashNeedOf, feeAtRate } from './escrow-need';

/** What of frozen terms the brand's cost follows from; the cuts of agencies do not change it. */
export type PricedTerms = Pick<DealTerms, 'compensation' | 'brief' | 'plans'>;

/** Net sales to compute a commission for, minor units of its currency. */
export interface SalesFigures {
  readonly noteMinor: bigint;
  readonly livestreamMinor: bigint;
  /** Null where nobody knows: bonuses by number are not counted then. */
  readonly salesCount: bigint | null;
}

/** What is paid whatever is sold; minor units. */
export interface FixedCost {
  readonly cash: { readonly currency: string; readonly agreedMinor: bigint; readonly feeMinor: bigint } | null;
  /** In kind, and part of no sum of money. */
  readonly gift: { readonly currency: string; readonly fairMarketValueMinor: bigint } | null;
}

/** What some sales cost, minor units of the commission's currency. */
export interface CommissionCost {
  readonly commissionMinor: bigint;
  readonly bonusMinor: bigint;
  /** The platform's fee on top of both. */
  readonly feeMinor: bigint;
}

export function fixedCostOf(terms: PricedTerms): FixedCost {
  const { gift } = terms.compensation;
  return {
    cash: cashNeedOf(terms),
    gift: gift && { currency: gift.currency, fairMarketValueMinor: giftValueMinor(gift) },
  };
}

/**
 * The commission on these sales by the ledger's own rule, as if each kind were one sale: tiers, the livestream rate, and one
 * cap for both; with the bonuses that are reached. A fee on top counts by its rate, since its bounds hold per sale; on a
 * bonus, which is one earning, within its bounds. Null where the offer pays no commission.
 */
export function commissionCostOf({ compensation, plans }: PricedTerms, sales: SalesFigures): CommissionCost | null {
  const { commission } = compensation;
  if (!commission) return null;
  const { rate, livestreamRate, tiers, capMinor } = commission;
  // Without a rate of their own, sales in livestreams are sales like any other.
  const baseMinor = livestreamRate === null ? sales.noteMinor + sales.livestreamMinor : sales.noteMinor;
  const facts: CommissionFacts = { baseMinor, netSalesBeforeMinor: 0n, capLeftMinor: capMinor };
  const noteMinor = commissionOfSale({ rate, tiers, capMinor }, facts);
  const livestreamMinor =
    livestreamRate === null
      ? 0n
      : commissionOfSale(
          { rate: livestreamRate, tiers: [], capMinor },
          { ...facts, baseMinor: sales.livestreamMinor, capLeftMinor: capMinor === null ? null : capMinor - noteMinor },
        );
  const reached = commission.bonuses.filter((bonus) => isReached(bonus, sales));
  return {
    commissionMinor: noteMinor + livestreamMinor,
    bonusMinor: reached.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    feeMinor: reached.reduce(
      (sum, { splitBy, amountMinor }) => sum + bonusFee(plans[splitBy], amountMinor),
      feeAtRate(plans.note_commission, noteMinor) + feeAtRate(plans.livestream_commission, livestreamMinor),
    ),
  };
}

function isReached(
  { metric, threshold }: BonusOffer,
  { noteMinor, livestreamMinor, salesCount }: SalesFigures,
): boolean {
  return metric === 'net_sales'
    ? noteMinor + livestreamMinor >= threshold
    : salesCount !== null && salesCount >= threshold;
}

function bonusFee(plan: SplitPlan | undefined, amountMinor: bigint): bigint {
  return plan ? feeOnTopMinor(plan, amountMinor) : 0n;
}
