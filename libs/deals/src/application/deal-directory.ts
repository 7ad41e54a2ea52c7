import type { CommissionOffer } from '@evenhand/campaigns';
import type { Transaction } from '@evenhand/kernel';
import type { SplitPlan } from '@evenhand/ledger';
import type { DealState } from '../domain/deal';

export const COMMISSION_KINDS = ['note_commission', 'livestream_commission'] as const;
export type CommissionKind = (typeof COMMISSION_KINDS)[number];

/** What attribution and the commission need to know of a deal, as frozen at its acceptance. */
export interface CommissionDeal {
  readonly dealId: string;
  readonly brandId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly state: DealState;
  readonly currency: string;
  readonly commission: CommissionOffer;
  readonly plans: Readonly<Record<CommissionKind, SplitPlan>>;
  /** Sales from this instant on count; null while the deal is not funded (or was cancelled before it was). */
  readonly activeFrom: Date | null;
  /** Sales before this instant count: the end of the attribution window after completion; null while the deal runs. */
  readonly activeUntil: Date | null;
  /** Where its links lead; null while the brand has not said. */
  readonly linkDestination: string | null;
}

/** A deal as found by one of its codes or links: `kind` is the commission that the code or link stands for. */
export interface TrackedCommissionDeal extends CommissionDeal {
  readonly kind: CommissionKind;
}

export interface DealSummary {
  readonly id: string;
  readonly campaignId: string;
  readonly campaignTitle: string;
  readonly brandId: string;
  readonly influencerId: string;
  readonly agencyId: string | null;
  readonly state: DealState;
}

/** What other contexts may read of deals inside their own transaction, with the rights that apply there. */
export abstract class DealDirectory {
  /** Keyed by the code in upper case (see {@link normaliseCode}); unknown codes are left out. */
  abstract findByCodes(
    tx: Transaction,
    brandId: string,
    codes: readonly string[],
  ): Promise<ReadonlyMap<string, TrackedCommissionDeal>>;

  /** Keyed by the slug as given, which is lower case; unknown slugs are left out. */
  abstract findByLinkSlugs(
    tx: Transaction,
    slugs: readonly string[],
  ): Promise<ReadonlyMap<string, TrackedCommissionDeal>>;

  /** Deals that pay commission, by id; any other id is left out. */
  abstract findByIds(tx: Transaction, dealIds: readonly string[]): Promise<ReadonlyMap<string, CommissionDeal>>;

  /** The first code of the brand's deal for a kind of commission; undefined where there is none. */
  abstract codeOf(tx: Transaction, brandId: string, dealId: string, kind: CommissionKind): Promise<string | undefined>;

  abstract summariesOf(tx: Transaction, dealIds: readonly string[]): Promise<ReadonlyMap<string, DealSummary>>;
}
