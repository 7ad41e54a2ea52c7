import type { CompensationKind } from '@evenhand/kernel';
import type { FxRate } from '@evenhand/ledger';
import type { AttributionBasis } from '../domain/attribution-candidates';

/** Why something was not recorded: a literal code, and a sentence for people. */
export interface IntakeReason {
  readonly code: string;
  readonly message: string;
}

/** A recorded order, or what of it one deal earned. */
export interface RecordedSale {
  readonly saleId: string;
  readonly dealId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly kind: CompensationKind;
  readonly attributedBy: AttributionBasis;
  readonly orderCurrency: string;
  readonly orderBaseMinor: bigint;
  /** How the base came into the deal's currency; null where the order is in it. */
  readonly conversion: FxRate | null;
  /** The deal's. */
  readonly currency: string;
  readonly baseMinor: bigint;
  readonly commissionMinor: bigint;
  readonly releaseAt: Date;
}

/**
 * What became of one sale event: one sale, or one for each deal that earned lines of the order. `duplicate` carries what
 * the first one became; `reason` is set for unattributed and refused ones, and says of a recorded one which lines no deal earned.
 */
export interface SaleResult {
  readonly source: string;
  readonly externalId: string;
  readonly status: 'recorded' | 'duplicate' | 'unattributed' | 'refused';
  readonly firstStatus: 'recorded' | 'unattributed' | null;
  /** In the order of their first lines; empty where nothing is recorded. */
  readonly sales: readonly RecordedSale[];
  readonly reason: IntakeReason | null;
}

export interface RecordedRefund {
  readonly refundId: string;
  readonly saleId: string;
  readonly orderCurrency: string;
  /** Part of the order's commission base that was taken back. */
  readonly orderBaseMinor: bigint;
  /** The deal's. */
  readonly currency: string;
  /** The same part of the base in the deal's currency. */
  readonly baseMinor: bigint;
  readonly commissionReversedMinor: bigint;
}

/** What became of one refund event: one refund for each sale it takes something back of; `parked` waits for its order. */
export interface RefundResult {
  readonly source: string;
  readonly externalId: string;
  readonly status: 'recorded' | 'duplicate' | 'parked' | 'refused';
  readonly firstStatus: 'recorded' | 'parked' | null;
  readonly refunds: readonly RecordedRefund[];
  readonly reason: IntakeReason | null;
}
