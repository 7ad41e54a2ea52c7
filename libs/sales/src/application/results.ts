import type { CompensationKind } from '@evenhand/kernel';
import type { FxRate } from '@evenhand/ledger';
import type { AttributionBasis } from '../domain/attribution-candidates';

/** Why something was not recorded: a literal code, and a sentence for people. */
export interface IntakeReason {
  readonly code: string;
  readonly message: string;
}

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
 * What became of one sale event. `duplicate` carries what the first one became; `reason` is set for unattributed and refused ones.
 * A refused event stays refused when it comes again.
 */
export interface SaleResult {
  readonly source: string;
  readonly externalId: string;
  readonly status: 'recorded' | 'duplicate' | 'unattributed' | 'refused';
  readonly firstStatus: 'recorded' | 'unattributed' | null;
  readonly sale: RecordedSale | null;
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

/** What became of one refund event; `parked` waits for its sale. */
export interface RefundResult {
  readonly source: string;
  readonly externalId: string;
  readonly status: 'recorded' | 'duplicate' | 'parked' | 'refused';
  readonly firstStatus: 'recorded' | 'parked' | null;
  readonly refund: RecordedRefund | null;
  readonly reason: IntakeReason | null;
}
