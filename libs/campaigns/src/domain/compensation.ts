/** A cash fee in one currency, paid by milestones; amounts in minor units. */
export interface CashOffer {
  readonly currency: string;
  readonly amountMinor: bigint;
  /** One part per deliverable that is paid; the parts sum to `amountMinor`. */
  readonly milestones: readonly CashMilestone[];
}

export interface CashMilestone {
  /** `key` of a deliverable of the brief. */
  readonly deliverableKey: string;
  readonly amountMinor: bigint;
}

/** Products given, at their declared fair market value. */
export interface GiftOffer {
  readonly currency: string;
  readonly items: readonly GiftItem[];
  /** Days after receipt within which the influencer must post. */
  readonly postingDutyDays: number;
}

export interface GiftItem {
  readonly name: string;
  readonly quantity: number;
  /** Fair market value of one piece, minor units. */
  readonly fairMarketValueMinor: bigint;
}

export const COMMISSION_BASES = ['net_of_discounts_tax_shipping', 'net_of_discounts'] as const;
/** What of an order line the rate applies to. */
export type CommissionBase = (typeof COMMISSION_BASES)[number];

export const ATTRIBUTION_MODELS = ['last_click', 'first_click'] as const;
/** Which of the clicks before a sale decides whose it is. */
export type AttributionModel = (typeof ATTRIBUTION_MODELS)[number];

/** A share of attributed sales; rates are exact decimals or fractions as text. */
export interface CommissionOffer {
  readonly currency: string;
  readonly rate: string;
  /** Replaces `rate` and the tiers for sales made in a livestream; null where livestreams earn the note rate. */
  readonly livestreamRate: string | null;
  /** Ascending; from this much running net sales on, the tier's rate replaces `rate`. */
  readonly tiers: readonly CommissionTier[];
  /** The most commission the whole deal can earn, minor units; null for no cap. */
  readonly capMinor: bigint | null;
  /** Escrowed by the brand ahead of sales, minor units; may be 0. */
  readonly reserveMinor: bigint;
  readonly attributionWindowDays: number;
  readonly attributionModel: AttributionModel;
  readonly base: CommissionBase;
  /** Days between a sale and the release of its commission. */
  readonly holdDays: number;
  /** Paid once the deal's sales reach a figure; empty for none. */
  readonly bonuses: readonly BonusOffer[];
}

export const BONUS_METRICS = ['net_sales', 'sales_count'] as const;
/** What a bonus is earned by: net sales in minor units, refunds taken off, or sales that were not refunded whole. */
export type BonusMetric = (typeof BONUS_METRICS)[number];

export const BONUS_SPLITS = ['note_commission', 'livestream_commission'] as const;

/** An amount beside the commission, in its currency, for a stated performance; paid once a deal. */
export interface BonusOffer {
  /** Short name, unique in the offer. */
  readonly id: string;
  readonly metric: BonusMetric;
  /** The figure it is due from: minor units of net sales, or a number of sales. */
  readonly threshold: bigint;
  readonly amountMinor: bigint;
  /** The kind whose split plan shares it. */
  readonly splitBy: (typeof BONUS_SPLITS)[number];
}

export interface CommissionTier {
  readonly fromNetSalesMinor: bigint;
  readonly rate: string;
}

/** What one offer pays: any mix, at least one part. */
export interface Compensation {
  readonly cash: CashOffer | null;
  readonly gift: GiftOffer | null;
  readonly commission: CommissionOffer | null;
}

export const OFFERED_KINDS = ['cash', 'gift', 'commission'] as const;
/** The parts a compensation can be mixed of; a commission becomes a note and a livestream split plan in a deal. */
export type OfferedKind = (typeof OFFERED_KINDS)[number];

/** Fair market value of the whole gift: quantity × value of one piece over all items, minor units. */
export function giftValueMinor(gift: GiftOffer): bigint {
  return gift.items.reduce((sum, item) => sum + BigInt(item.quantity) * item.fairMarketValueMinor, 0n);
}

/** What an acceptance commits of the campaign's budget, per currency in minor units: cash plus commission reserve. */
export function committedMinor(compensation: Compensation): ReadonlyMap<string, bigint> {
  const parts = new Map<string, bigint>();
  const { cash, commission } = compensation;
  if (cash) parts.set(cash.currency, cash.amountMinor);
  if (commission && commission.reserveMinor > 0n) {
    parts.set(commission.currency, (parts.get(commission.currency) ?? 0n) + commission.reserveMinor);
  }
  return parts;
}
