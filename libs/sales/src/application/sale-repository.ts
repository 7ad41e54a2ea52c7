import type { CompensationKind, Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { FxRate } from '@evenhand/ledger';
import type { SaleAttribution } from '../domain/attribution';
import type { AttributionBasis } from '../domain/attribution-candidates';
import type { RunningSales } from '../domain/commission';
import type { RefundableLine, RefundablePart, UnearnedLine } from '../domain/refund';
import type { EarningSale } from '../domain/sale-refund';
import type { RefundFilter, RefundReason, RefundSummary, SaleFilter, SalePage, SaleTotals } from './listings';

export interface SaleLineRecord extends RefundableLine {
  readonly unitPriceMinor: bigint;
  readonly discountMinor: bigint;
  readonly taxMinor: bigint;
  readonly shippingMinor: bigint;
}

/** A recorded sale; its lines and what says `order` in minor units of the order's currency, the rest of the deal's. */
export interface SaleRecord extends EarningSale {
  readonly saleId: string;
  readonly eventId: string;
  readonly source: string;
  readonly externalId: string;
  readonly orderNumber: string;
  readonly dealId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly kind: Exclude<CompensationKind, 'cash'>;
  readonly attributedBy: AttributionBasis;
  readonly attributedValue: string;
  readonly decision: string;
  /** True where it earned the livestream-only rate. */
  readonly countsAsLivestream: boolean;
  /** True where the order has lines that are not of this sale. */
  readonly isPart: boolean;
  /** True where its deal has tiers or a cap. */
  readonly countsRunningSales: boolean;
  /** How the base came into the deal's currency; null where the order is in it. */
  readonly conversion: FxRate | null;
  readonly occurredAt: Date;
  readonly releaseAt: Date;
  readonly recordedAt: Date;
}

export interface NewSale extends SaleRecord {
  readonly attribution: SaleAttribution;
  readonly lines: readonly SaleLineRecord[];
}

/** The sales, those of one order as their first lines follow each other. */
export function inOrderOfLines<Sale extends RefundablePart>(sales: readonly Sale[]): readonly Sale[] {
  return sales.toSorted((one, other) => (one.lines[0]?.lineNumber ?? 0) - (other.lines[0]?.lineNumber ?? 0));
}

/** A refund of one sale; one event may bring one for each sale of its order. */
export interface RefundRecord {
  readonly refundId: string;
  readonly reason: RefundReason;
  readonly eventId: string;
  readonly saleId: string;
  readonly source: string;
  readonly externalId: string;
  readonly orderCurrency: string;
  /** In minor units of the order's currency. */
  readonly orderBaseMinor: bigint;
  /** The deal's. */
  readonly currency: string;
  readonly baseMinor: bigint;
  readonly commissionReversedMinor: bigint;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
}

/** Recorded sales and refunds. Writes need the system's rights; pages apply those of `tx`. */
export abstract class SaleRepository {
  /** Every sale of these orders, with its lines; read only after the keys are locked. */
  abstract findByExternalIds(
    tx: Transaction,
    brandId: string,
    keys: readonly { readonly source: string; readonly externalId: string }[],
  ): Promise<readonly SaleRecord[]>;

  /** Lines of these orders that no deal earned. */
  abstract findUnearnedLines(
    tx: Transaction,
    brandId: string,
    orders: readonly { readonly source: string; readonly externalId: string }[],
  ): Promise<readonly UnearnedLine[]>;

  abstract findRefunds(
    tx: Transaction,
    brandId: string,
    keys: readonly { readonly source: string; readonly externalId: string }[],
  ): Promise<readonly RefundRecord[]>;

  /** Locks the running sales of these deals in one fixed order; a deal that sold nothing yet has zeros. */
  abstract lockRunningSales(
    tx: Transaction,
    brandId: string,
    dealIds: readonly string[],
  ): Promise<ReadonlyMap<string, RunningSales>>;

  abstract saveRunningSales(
    tx: Transaction,
    brandId: string,
    running: ReadonlyMap<string, RunningSales>,
  ): Promise<void>;

  abstract addSales(tx: Transaction, brandId: string, sales: readonly NewSale[]): Promise<void>;

  abstract addUnearnedLines(tx: Transaction, brandId: string, lines: readonly UnearnedLine[]): Promise<void>;

  abstract addRefunds(tx: Transaction, brandId: string, refunds: readonly RefundRecord[]): Promise<void>;

  /** Stores what refunds changed of these sales and their lines. */
  abstract saveRefunded(tx: Transaction, brandId: string, sales: readonly SaleRecord[]): Promise<void>;

  abstract saveRefundedUnearned(tx: Transaction, brandId: string, lines: readonly UnearnedLine[]): Promise<void>;

  /** Of each deal what its sales come to in each currency, by one query; deals without sales are left out. */
  abstract totalsOfDeals(
    tx: Transaction,
    deals: readonly { readonly dealId: string; readonly brandId: string }[],
  ): Promise<ReadonlyMap<string, readonly SaleTotals[]>>;

  abstract salePage(tx: Transaction, filter: SaleFilter, page: PageRequest): Promise<SalePage>;

  abstract refundPage(tx: Transaction, filter: RefundFilter, page: PageRequest): Promise<Page<RefundSummary>>;
}
