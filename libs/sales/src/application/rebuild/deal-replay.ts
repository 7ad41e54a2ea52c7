import type { CommissionDeal, TrackedCommissionDeal } from '@evenhand/deals';
import { allotRefund, commissionOfSale, type DealShare, type FxRate, splitPool } from '@evenhand/ledger';
import { decideCommission, NOTHING_SOLD, withoutRefund } from '../../domain/commission';
import { refundOfContent, saleOfContent } from '../../domain/content';
import { decideRefund, type RefundablePart } from '../../domain/refund';
import { refundSale, type SaleRefund } from '../../domain/sale-refund';
import { keyText } from '../intake-repository';
import { newSaleOf } from '../new-sale';
import { saleBaseOf } from '../sale-base';
import { inOrderOfLines, type SaleRecord } from '../sale-repository';
import { type OtherPart, otherPartsOf, type SaleOfOrder } from './shared-order';

interface Raw {
  /** The order in which sales and refunds were recorded. */
  readonly sequence: bigint;
  /** What counts of it: as it came, or as a person mended it. */
  readonly content: string;
  readonly eventId: string;
}

/** A raw event that became a sale, with what was decided of it. */
export interface RecordedRawSale extends Raw {
  readonly kind: 'sale';
  readonly saleId: string;
  /** The lines that were this deal's; null: the whole order. */
  readonly lineNumbers: readonly number[] | null;
  readonly countsRunningSales: boolean;
  /** Which of the deal's commissions the code or link stands for. */
  readonly commissionKind: TrackedCommissionDeal['kind'];
  readonly attributedBy: SaleRecord['attributedBy'];
  readonly attributedValue: string;
  /** The rate of the sale; null where none was needed. */
  readonly conversion: FxRate | null;
}

/** A raw event that became refunds of the deal's sales, or of other sales of an order that it has a sale of. */
export interface RecordedRawRefund extends Raw {
  readonly kind: 'refund';
  /** Of the deal's own sales. */
  readonly refunds: readonly { readonly saleId: string; readonly refundId: string }[];
}

export type RecordedRaw = RecordedRawSale | RecordedRawRefund;

/** What raw events make of a sale: with its refunds, and every share of its commission. */
export interface ReplayedSale {
  readonly sale: SaleRecord;
  readonly netSalesBeforeMinor: bigint | null;
  readonly grossMinor: bigint;
  readonly grossReversedMinor: bigint;
  readonly shares: readonly DealShare[];
}

/** Of an order: the deal's own sales, those of other deals, lines that no deal earned. */
type Part = SaleRecord | OtherPart;

/**
 * Computes the sales, commissions and shares of one deal anew from raw events, one after the other as they were recorded,
 * by the deal's frozen terms and the same rules that recorded them. Reads and writes nothing.
 */
export class DealReplay {
  readonly sales = new Map<string, ReplayedSale>();
  private readonly orders = new Map<string, readonly Part[]>();
  private running = NOTHING_SOLD;

  /** `shared`: every sale of the orders of which other deals, or no deal, earned lines too; by the order's name. */
  constructor(
    private readonly deal: CommissionDeal,
    private readonly shared: ReadonlyMap<string, readonly SaleOfOrder[]>,
  ) {}

  /** Throws the rule that the event breaks, which cannot be where it was recorded. */
  add(raw: RecordedRaw): void {
    if (raw.kind === 'sale') this.addSale(raw);
    else this.addRefund(raw);
  }

  private addSale(raw: RecordedRawSale): void {
    const { saleId, eventId, lineNumbers, attributedBy: basis, attributedValue: value } = raw;
    const event = saleOfContent(raw.content);
    const deal: TrackedCommissionDeal = { ...this.deal, kind: raw.commissionKind };
    const base = saleBaseOf(event, deal, raw.conversion, lineNumbers);
    const commission = decideCommission(deal, base.baseMinor, this.running, commissionOfSale);
    if (raw.countsRunningSales) this.running = commission.runningAfter;
    const attribution = { deal, basis, value, decision: '' };
    const recordedAt = event.occurredAt;
    const sale = newSaleOf({ saleId, eventId, event, lineNumbers, attribution, base, commission, recordedAt });
    const { grossMinor, shares } = splitPool(deal.plans[deal.kind], commission.commissionMinor, saleId);
    this.sales.set(saleId, {
      sale,
      netSalesBeforeMinor: commission.facts.netSalesBeforeMinor,
      grossMinor,
      grossReversedMinor: 0n,
      shares: shares.map(({ partyId, role, amountMinor }) => ({ partyId, role, amountMinor, reversedMinor: 0n })),
    });
    const name = keyText(event);
    const others = this.orders.get(name) ?? otherPartsOf(event, this.shared.get(name), this.deal.dealId);
    this.orders.set(name, inOrderOfSalesAndLines([...others, sale]));
  }

  private addRefund(raw: RecordedRawRefund): void {
    const event = refundOfContent(raw.content);
    const name = keyText({ source: event.source, externalId: event.saleExternalId });
    const parts = this.orders.get(name);
    if (!parts) throw new SaleNotReplayed(event.saleExternalId);
    const after = decideRefund(parts, event).map((decision, index): Part => {
      const part = parts[index];
      if (!part || !isOwn(part) || !isOwn(decision.after)) return decision.after;
      const taken = refundSale(part, { ...decision, after: decision.after });
      const refundId = raw.refunds.find(({ saleId }) => saleId === part.saleId)?.refundId ?? '';
      this.refunded(part, taken, refundId);
      return taken.saleAfter;
    });
    this.orders.set(name, after);
  }

  private refunded(sale: SaleRecord, taken: SaleRefund<SaleRecord>, refundId: string): void {
    const found = this.sales.get(sale.saleId);
    if (!found) throw new SaleNotReplayed(sale.externalId);
    const { baseMinor, commissionReversedMinor, isWhole, saleAfter } = taken;
    if (sale.countsRunningSales) {
      const isLivestream = sale.countsAsLivestream;
      this.running = withoutRefund(this.running, isLivestream, baseMinor, commissionReversedMinor, isWhole);
    }
    const isReversed = baseMinor > 0n && sale.commissionMinor > 0n;
    const reversed = isReversed ? reversedBy(found, baseMinor, refundId) : found;
    this.sales.set(sale.saleId, { ...reversed, sale: saleAfter });
  }
}

/** A refund was recorded, and its order was not before it. */
export class SaleNotReplayed extends Error {
  constructor(externalId: string) {
    super(`its order ${externalId} was not recorded before it`);
  }
}

/** As refunds see them: what is left to the last cent hangs on it. */
function inOrderOfSalesAndLines(parts: readonly Part[]): readonly Part[] {
  const ordered = inOrderOfLines(parts);
  return [...ordered.filter((part) => !isUnearned(part)), ...ordered.filter(isUnearned)];
}

function isOwn(part: Part): part is SaleRecord {
  return 'saleId' in part;
}

function isUnearned(part: RefundablePart): boolean {
  return 'isUnearned' in part && part.isUnearned === true;
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
