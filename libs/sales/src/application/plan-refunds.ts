import type { IdGenerator } from '@evenhand/kernel';
import { NOTHING_SOLD, type RunningSales, withoutRefund } from '../domain/commission';
import { decideRefund, type RefundDecision, type UnearnedLine } from '../domain/refund';
import type { RefundEvent } from '../domain/sale-event';
import { refundSale, type SaleRefund } from '../domain/sale-refund';
import { byName, keyText, partIdOf, recordedIdOf, refundKeyOf } from './intake-repository';
import { reasonOf } from './prepared-event';
import type { RefundReason } from './listings';
import type { IntakeReason } from './results';
import { inOrderOfLines, type RefundRecord, type SaleRecord } from './sale-repository';

export interface RefundsToPlan {
  readonly brandId: string;
  readonly refunds: readonly { readonly eventId: string; readonly event: RefundEvent }[];
  /** Every sale of the orders that are refunded. */
  readonly sales: readonly SaleRecord[];
  /** And every line of them that no deal earned. */
  readonly unearned: readonly UnearnedLine[];
  readonly running: ReadonlyMap<string, RunningSales>;
  readonly recordedAt: Date;
  readonly reason: RefundReason;
  /** By event id: what the ledger refused in an earlier attempt. */
  readonly refusedByLedger: ReadonlyMap<string, IntakeReason>;
}

export interface PlannedRefund {
  readonly refund: RefundRecord;
  readonly sale: SaleRecord;
}

/** What becomes of each refund, by event id: recorded, refused, or in neither map where its order is not there yet. */
export interface RefundsPlan {
  /** One for each sale of the order that it takes something back of. */
  readonly recorded: ReadonlyMap<string, readonly PlannedRefund[]>;
  readonly refused: ReadonlyMap<string, IntakeReason>;
  /** The sales that change, by sale id, as they are afterwards. */
  readonly salesAfter: ReadonlyMap<string, SaleRecord>;
  /** The unearned lines that change, as they are afterwards, by order and number. */
  readonly unearnedAfter: ReadonlyMap<string, UnearnedLine>;
  readonly running: ReadonlyMap<string, RunningSales>;
}

/** Of an order; its sales come first. */
type Part = SaleRecord | UnearnedLine;

interface TakenOfSale {
  readonly sale: SaleRecord;
  readonly taken: SaleRefund<SaleRecord>;
  readonly isTouched: boolean;
}

/** Decides refunds one after the other, each on what the ones before it left of its order. Writes nothing. */
export function planRefunds(input: RefundsToPlan, ids: IdGenerator): RefundsPlan {
  const recorded = new Map<string, readonly PlannedRefund[]>();
  const refused = new Map(input.refusedByLedger);
  const salesAfter = new Map<string, SaleRecord>();
  const unearnedAfter = new Map<string, UnearnedLine>();
  const running = new Map(input.running);
  const orders = new Map(byName<Part>([...inOrderOfLines(input.sales), ...input.unearned]));
  for (const { eventId, event } of input.refunds) {
    const name = keyText({ source: event.source, externalId: event.saleExternalId });
    const parts = orders.get(name);
    if (!parts || refused.has(eventId)) continue;
    const decided = decideOrReason(parts, event);
    if ('code' in decided) {
      refused.set(eventId, decided);
      continue;
    }
    const ofSales = parts.flatMap((part, index) => takenOfSale(part, decided[index]) ?? []);
    for (const { sale, taken } of ofSales.filter(({ isTouched }) => isTouched)) {
      count(running, sale, taken);
      salesAfter.set(sale.saleId, taken.saleAfter);
    }
    const unearned = decided.flatMap(({ after, isTouched }) => (isSale(after) ? [] : [{ after, isTouched }]));
    for (const { after, isTouched } of unearned) {
      if (isTouched) unearnedAfter.set(`${name}\n${after.lines[0].lineNumber}`, after);
    }
    orders.set(name, [...ofSales.map(({ taken }) => taken.saleAfter), ...unearned.map(({ after }) => after)]);
    recorded.set(eventId, refundsOf(ofSales, { eventId, event }, input, ids));
  }
  return { recorded, refused, salesAfter, unearnedAfter, running };
}

function decideOrReason(parts: readonly Part[], event: RefundEvent) {
  try {
    return decideRefund(parts, event);
  } catch (error) {
    return reasonOf(error);
  }
}

function takenOfSale(part: Part, decision: RefundDecision<Part> | undefined): TakenOfSale | null {
  if (!decision || !isSale(part) || !isSale(decision.after)) return null;
  const taken = refundSale(part, { ...decision, after: decision.after });
  return { sale: part, taken, isTouched: decision.isTouched };
}

function count(running: Map<string, RunningSales>, sale: SaleRecord, taken: SaleRefund): void {
  if (!sale.countsRunningSales) return;
  const before = running.get(sale.dealId) ?? NOTHING_SOLD;
  const { baseMinor, commissionReversedMinor, isWhole } = taken;
  running.set(sale.dealId, withoutRefund(before, sale.countsAsLivestream, baseMinor, commissionReversedMinor, isWhole));
}

/** A refund of each sale that is touched; of the first one where none is, so that what came is found again. */
function refundsOf(
  ofSales: readonly TakenOfSale[],
  { eventId, event }: RefundsToPlan['refunds'][number],
  { brandId, recordedAt, reason }: RefundsToPlan,
  ids: IdGenerator,
): readonly PlannedRefund[] {
  const [first] = ofSales;
  const touched = ofSales.filter(({ isTouched }) => isTouched);
  return (touched.length > 0 ? touched : ofSales.slice(0, 1)).map(({ sale, taken }) => {
    const { orderBaseMinor, baseMinor, commissionReversedMinor } = taken;
    const key = refundKeyOf(event);
    const refund: RefundRecord = {
      refundId:
        sale === first?.sale
          ? recordedIdOf(ids, brandId, key, event.occurredAt)
          : partIdOf(ids, brandId, key, event.occurredAt, sale),
      eventId,
      reason,
      saleId: sale.saleId,
      source: event.source,
      externalId: event.externalId,
      orderCurrency: sale.orderCurrency,
      orderBaseMinor,
      currency: sale.currency,
      baseMinor,
      commissionReversedMinor,
      occurredAt: event.occurredAt,
      recordedAt,
    };
    return { refund, sale };
  });
}

function isSale(part: Part): part is SaleRecord {
  return 'saleId' in part;
}
