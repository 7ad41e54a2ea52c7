import type { CompensationKind } from '@evenhand/kernel';

export type CommissionBaseRule = 'net_of_discounts_tax_shipping' | 'net_of_discounts';

export type AttributionModel = 'last_click' | 'first_click';

export interface CommissionTierTerms {
  readonly fromNetSalesMinor: bigint;
  readonly rate: string;
}

/** A bonus for what the deal sells, paid once; minor units of the deal's currency. */
export interface BonusTerms {
  readonly id: string;
  readonly metric: 'net_sales' | 'sales_count';
  readonly threshold: bigint;
  readonly amountMinor: bigint;
  readonly splitBy: Exclude<CompensationKind, 'cash'>;
}

/** What attribution and commission need of a deal's frozen terms; rates are exact decimals or fractions. */
export interface CommissionTerms {
  readonly rate: string;
  /** Replaces rate and tiers in livestreams; null where livestreams earn the note rate. */
  readonly livestreamRate: string | null;
  readonly tiers: readonly CommissionTierTerms[];
  /** Most commission of the whole deal, both kinds together. */
  readonly capMinor: bigint | null;
  readonly base: CommissionBaseRule;
  readonly attributionWindowDays: number;
  readonly attributionModel: AttributionModel;
  readonly holdDays: number;
  readonly bonuses: readonly BonusTerms[];
}

/** A deal as a code or link of it finds it; `kind` is what that code or link stands for. */
export interface TrackedDeal {
  readonly dealId: string;
  readonly brandId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly currency: string;
  readonly kind: Exclude<CompensationKind, 'cash'>;
  readonly commission: CommissionTerms;
  /** Sales from this instant on count; null: none yet. */
  readonly activeFrom: Date | null;
  /** Sales before this instant count; null: no end known. */
  readonly activeUntil: Date | null;
}

const DAY_MS = 86_400_000;

export function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY_MS);
}
