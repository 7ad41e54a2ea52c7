import type { IdGenerator } from '@evenhand/kernel';
import { NOTHING_SOLD, type RunningSales, withoutRefund } from '../domain/commission';
import type { RefundEvent } from '../domain/sale-event';
import { refundSale } from '../domain/sale-refund';
import { keyText, recordedIdOf, refundKeyOf } from './intake-repository';
import { reasonOf } from './prepared-event';
import type { IntakeReason } from './results';
import type { RefundRecord, SaleRecord } from './sale-repository';

export interface RefundsToPlan {
  readonly brandId: string;
  readonly refunds: readonly { readonly eventId: string; readonly event: RefundEvent }[];
  readonly sales: readonly SaleRecord[];
  readonly running: ReadonlyMap<string, RunningSales>;
  readonly recordedAt: Date;
  /** By event id: what the ledger refused in an earlier attempt. */
  readonly refusedByLedger: ReadonlyMap<string, IntakeReason>;
}

export interface PlannedRefund {
  readonly refund: RefundRecord;
  readonly sale: SaleRecord;
}

/** What becomes of each refund, by event id: recorded, refused, or in neither map where its sale is not there yet. */
export interface RefundsPlan {
  readonly recorded: ReadonlyMap<string, PlannedRefund>;
  readonly refused: ReadonlyMap<string, IntakeReason>;
  /** The sales that change, by sale id, as they are afterwards. */
  readonly salesAfter: ReadonlyMap<string, SaleRecord>;
  readonly running: ReadonlyMap<string, RunningSales>;
}

/** Decides refunds one after the other, each on what the ones before it left of its sale. Writes nothing. */
export function planRefunds(input: RefundsToPlan, ids: IdGenerator): RefundsPlan {
  const recorded = new Map<string, PlannedRefund>();
  const refused = new Map(input.refusedByLedger);
  const salesAfter = new Map<string, SaleRecord>();
  const running = new Map(input.running);
  const saleByName = new Map(input.sales.map((sale) => [keyText(sale), sale]));
  for (const { eventId, event } of input.refunds) {
    const name = keyText({ source: event.source, externalId: event.saleExternalId });
    const sale = saleByName.get(name);
    if (!sale || refused.has(eventId)) continue;
    const decided = decideOrReason(sale, event);
    if ('code' in decided) {
      refused.set(eventId, decided);
      continue;
    }
    const { saleAfter: after, orderBaseMinor, baseMinor, commissionReversedMinor, isWhole } = decided;
    saleByName.set(name, after);
    salesAfter.set(sale.saleId, after);
    if (sale.countsRunningSales) {
      const before = running.get(sale.dealId) ?? NOTHING_SOLD;
      const isLivestream = sale.countsAsLivestream;
      running.set(sale.dealId, withoutRefund(before, isLivestream, baseMinor, commissionReversedMinor, isWhole));
    }
    const refund: RefundRecord = {
      refundId: recordedIdOf(ids, input.brandId, refundKeyOf(event), event.occurredAt),
      eventId,
      saleId: sale.saleId,
      source: event.source,
      externalId: event.externalId,
      orderCurrency: sale.orderCurrency,
      orderBaseMinor,
      currency: sale.currency,
      baseMinor,
      commissionReversedMinor,
      occurredAt: event.occurredAt,
      recordedAt: input.recordedAt,
    };
    recorded.set(eventId, { refund, sale });
  }
  return { recorded, refused, salesAfter, running };
}

function decideOrReason(sale: SaleRecord, event: RefundEvent) {
  try {
    return refundSale(sale, event);
  } catch (error) {
    return reasonOf(error);
  }
}
