import type { CommissionDeal, TrackedCommissionDeal } from '@evenhand/deals';
import { allotRefund, commissionOfSale, type DealShare, type FxRate, splitPool } from '@evenhand/ledger';
import { decideCommission, NOTHING_SOLD, withoutRefund } from '../../domain/commission';
import { refundOfContent, saleOfContent } from '../../domain/content';
import { refundSale } from '../../domain/sale-refund';
import { newSaleOf } from '../new-sale';
import { saleBaseOf } from '../sale-base';
import type { SaleRecord } from '../sale-repository';

/** A raw event that became a sale or refund, with what was decided of it. */
export interface RecordedRaw {
  readonly kind: 'sale' | 'refund';
  /** The order in which sales and refunds were recorded. */
  readonly sequence: bigint;
  /** What counts of it: as it came, or as a person mended it. */
  readonly content: string;
  readonly eventId: string;
  readonly saleId: string;
  /** Of a refund. */
  readonly refundId: string | null;
  readonly countsRunningSales: boolean;
  /** Which of the deal's commissions the code or link stands for. */
  readonly commissionKind: TrackedCommissionDeal['kind'];
  readonly attributedBy: SaleRecord['attributedBy'];
  readonly attributedValue: string;
  /** The rate of the sale; null where none was needed. */
  readonly conversion: FxRate | null;
}

/** What raw events make of a sale: with its refunds, and every share of its commission. */
export interface ReplayedSale {
  readonly sale: SaleRecord;
  readonly netSalesBeforeMinor: bigint | null;
  readonly grossMinor: bigint;
  readonly grossReversedMinor: bigint;
  readonly shares: readonly DealShare[];
}

/**
 * Computes the sales, commissions and shares of one deal anew from raw events, one after the other as they were recorded,
 * by the deal's frozen terms and the same rules that recorded them. Reads and writes nothing.
 */
export class DealReplay {
  readonly sales = new Map<string, ReplayedSale>();
  private running = NOTHING_SOLD;

  constructor(private readonly deal: CommissionDeal) {}

  /** Throws the rule that the event breaks, which cannot be where it was recorded. */
  add(raw: RecordedRaw): void {
    if (raw.kind === 'sale') this.addSale(raw);
    else this.addRefund(raw);
  }

  private addSale(raw: RecordedRaw): void {
    const { saleId, eventId, attributedBy: basis, attributedValue: value } = raw;
    const event = saleOfContent(raw.content);
    const deal: TrackedCommissionDeal = { ...this.deal, kind: raw.commissionKind };
    const base = saleBaseOf(event, deal, raw.conversion);
    const commission = decideCommission(deal, base.baseMinor, this.running, commissionOfSale);
    if (raw.countsRunningSales) this.running = commission.runningAfter;
    const attribution = { deal, basis, value, decision: '' };
    const recordedAt = event.occurredAt;
    const sale = newSaleOf({ saleId, eventId, event, attribution, base, commission, recordedAt });
    const { grossMinor, shares } = splitPool(deal.plans[deal.kind], commission.commissionMinor, saleId);
    this.sales.set(saleId, {
      sale,
      netSalesBeforeMinor: commission.facts.netSalesBeforeMinor,
      grossMinor,
      grossReversedMinor: 0n,
      shares: shares.map(({ partyId, role, amountMinor }) => ({ partyId, role, amountMinor, reversedMinor: 0n })),
    });
  }

  private addRefund(raw: RecordedRaw): void {
    const found = this.sales.get(raw.saleId);
    if (!found) throw new SaleNotReplayed(raw.saleId);
    const { sale } = found;
    const taken = refundSale(sale, refundOfContent(raw.content));
    const { baseMinor, commissionReversedMinor, isWhole, saleAfter } = taken;
    if (raw.countsRunningSales) {
      const isLivestream = sale.countsAsLivestream;
      this.running = withoutRefund(this.running, isLivestream, baseMinor, commissionReversedMinor, isWhole);
    }
    const isReversed = baseMinor > 0n && sale.commissionMinor > 0n;
    const reversed = isReversed ? reversedBy(found, baseMinor, raw.refundId ?? '') : found;
    this.sales.set(raw.saleId, { ...reversed, sale: saleAfter });
  }
}

/** A refund was recorded, and its sale was not before it. */
export class SaleNotReplayed extends Error {
  constructor(saleId: string) {
    super(`its sale ${saleId} was not recorded before it`);
  }
}

function reversedBy(found: ReplayedSale, baseMinor: bigint, refundId: string): ReplayedSale {
  const { sale, grossMinor: wholeMinor, grossReversedMinor, shares } = found;
  const recorded = {
    sourceId: sale.saleId,
    baseMinor: sale.baseMinor,
    baseReversedMinor: sale.refundedBaseMinor,
    grossMinor: wholeMinor,
    grossReversedMinor,
    parts: shares,
  };
  const { grossMinor, partsMinor } = allotRefund(recorded, baseMinor, refundId);
  return {
    ...found,
    grossReversedMinor: grossReversedMinor + grossMinor,
    shares: shares.map((share, at) => ({ ...share, reversedMinor: share.reversedMinor + (partsMinor[at] ?? 0n) })),
  };
}
