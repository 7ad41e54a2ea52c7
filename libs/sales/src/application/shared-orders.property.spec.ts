import { createHash } from 'node:crypto';
import type { TrackedCommissionDeal } from '@evenhand/deals';
import { IdGenerator } from '@evenhand/kernel';
import fc from 'fast-check';
import { statedDeal } from '../../../../test/support/sales/stated-deals';
import { saleEvent } from '../../../../test/support/sales/tracked-deal';
import { commissionBaseMinor, lineBaseMinor } from '../domain/commission-base';
import { saleContent } from '../domain/content';
import { attributeOrder } from '../domain/order-attribution';
import type { RefundEvent, SaleEvent } from '../domain/sale-event';
import { planRefunds, type RefundsPlan } from './plan-refunds';
import { SalesPlan } from './plan-sales';
import { prepare } from './prepared-event';
import { rateName } from './rates-of-sales';

/** Any ids, and the same ones for the same names. */
class HashedIds extends IdGenerator {
  override next(): string {
    return this.of(`${(this.made += 1)}`);
  }

  override of(name: string): string {
    return createHash('sha256').update(name).digest('hex').slice(0, 32);
  }

  private made = 0;
}

const BRAND = 'brand';
const CODES = ['MEI', 'YUKI', 'AOI'] as const;
const AT = new Date('2026-06-01T00:00:00Z');
const ids = new HashedIds();

const someLine = fc.record({
  code: fc.constantFrom(...CODES, 'NOBODY', null),
  quantity: fc.integer({ min: 1, max: 4 }),
  unitPriceMinor: fc.bigInt({ min: 0n, max: 10_007n }),
  taxMinor: fc.bigInt({ min: 0n, max: 3n }),
});
const someOrder = fc.record({
  lines: fc.array(someLine, { minLength: 1, maxLength: 7 }),
  code: fc.constantFrom(...CODES, null),
  rules: fc.tuple(...CODES.map(() => fc.constantFrom('net_of_discounts', 'net_of_discounts_tax_shipping'))),
  currencies: fc.tuple(...CODES.map(() => fc.constantFrom('EUR', 'EUR', 'JPY', 'KWD'))),
});
const someRefund = fc.oneof(
  fc.record({ amountMinor: fc.bigInt({ min: 1n, max: 20_000n }) }),
  fc.record({ line: fc.nat({ max: 6 }), quantity: fc.integer({ min: 1, max: 4 }) }),
);

type Order = typeof someOrder extends fc.Arbitrary<infer Value> ? Value : never;
type Refund = typeof someRefund extends fc.Arbitrary<infer Value> ? Value : never;

/** From an order's euros. */
const RATES = new Map(
  [['JPY', '18643/100'] as const, ['KWD', '0.36'] as const].map(([currency, rate]) => {
    return [rateName(0, currency), { rate, date: '2026-05-08', source: 'ECB' }];
  }),
);

function recorded({ lines, code, rules, currencies }: Order) {
  const deals = new Map<string, TrackedCommissionDeal>(
    CODES.map((name, index) => {
      const terms = { currency: currencies[index]!, commission: { base: rules[index]!, currency: currencies[index]! } };
      return [name, statedDeal(BRAND, terms)];
    }),
  );
  const event = saleEvent({
    code,
    lines: lines.map((line, index) => ({
      ...line,
      lineId: String(index),
      taxMinor: line.unitPriceMinor > 3n ? line.taxMinor : 0n,
    })),
  });
  const lookup = { byCode: (text: string) => deals.get(text), byLinkSlug: () => undefined, clickById: () => undefined };
  const receipt = { brandId: BRAND, receivedAt: AT, receivedFrom: null, via: 'api' as const, importId: null };
  const plan = new SalesPlan(
    {
      events: [prepare(event, saleContent, () => undefined)],
      receipt,
      attributions: new Map([[0, attributeOrder(event, lookup)]]),
      rates: RATES,
      stored: [],
      storedSales: [],
      running: new Map(),
      refusedByLedger: new Map(),
    },
    ids,
  );
  return { event, deals, plan, sales: plan.sales.map(({ sale }) => sale) };
}

/** Everything the refunds leave, one event after the other. */
function refunded({ plan, sales }: ReturnType<typeof recorded>, events: readonly RefundEvent[]): RefundsPlan {
  const refunds = events.map((event) => ({ eventId: event.externalId, event }));
  const input = { brandId: BRAND, refunds, sales, unearned: plan.unearned, running: new Map(), recordedAt: AT };
  return planRefunds({ ...input, reason: 'returned', refusedByLedger: new Map() }, ids);
}

function refundOf(change: Partial<RefundEvent>, index: number): RefundEvent {
  const { source, externalId: saleExternalId, currency } = saleEvent();
  return { source, externalId: `r${index}`, saleExternalId, currency, occurredAt: AT, ...change };
}

function changeOf(one: Refund, { lines }: Order): Partial<RefundEvent> {
  if ('amountMinor' in one) return one;
  return { lines: [{ lineId: String(one.line % lines.length), quantity: one.quantity }] };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function baseOf(event: SaleEvent, deal: TrackedCommissionDeal | undefined, lineNumber: number): bigint {
  const line = event.lines![lineNumber - 1]!;
  return lineBaseMinor(line, deal?.commission.base ?? 'net_of_discounts_tax_shipping');
}

/** By event: what each refund takes of the sales that are not `saleId`, or why it takes nothing. */
function tellsOthers(plan: RefundsPlan, events: readonly RefundEvent[], saleId: string) {
  return events.map(({ externalId }) => {
    const others = plan.recorded.get(externalId)?.filter(({ refund }) => refund.saleId !== saleId && isSome(refund));
    return others?.map(({ refund }) => ({ ...refund, refundId: '' })) ?? plan.refused.get(externalId);
  });
}

function isSome({ orderBaseMinor }: { readonly orderBaseMinor: bigint }): boolean {
  return orderBaseMinor > 0n;
}

describe('any order whose lines are different deals’', () => {
  it('is its sales and what no deal earned, every line once, by the rule of its deal', () => {
    fc.assert(
      fc.property(someOrder, (order) => {
        const { event, deals, plan, sales } = recorded(order);
        const dealOf = (line: Order['lines'][number]) => deals.get(line.code ?? '') ?? deals.get(order.code ?? '');
        const wanted = order.lines.map((line, index) => [index + 1, dealOf(line)?.dealId ?? null] as const);
        const isAnyEarned = wanted.some(([, dealId]) => dealId !== null);
        expect(plan.results[0]?.status).toBe(isAnyEarned ? 'recorded' : 'unattributed');
        if (!isAnyEarned) return expect(sales).toEqual([]);
        const found = [
          ...sales.flatMap(({ dealId, lines }) => lines.map(({ lineNumber }) => [lineNumber, dealId] as const)),
          ...plan.unearned.map(({ lines: [line] }) => [line.lineNumber, null] as const),
        ];
        expect(found.toSorted(([one], [other]) => one - other)).toEqual(wanted);
        for (const { dealId, orderBaseMinor, lines } of sales) {
          const deal = [...deals.values()].find((one) => one.dealId === dealId);
          expect(orderBaseMinor).toBe(sum(lines.map(({ lineNumber }) => baseOf(event, deal, lineNumber))));
          if (sales.length + plan.unearned.length === 1) {
            expect(orderBaseMinor).toBe(commissionBaseMinor(event, deal!.commission.base));
          }
        }
        expect(new Set(sales.map(({ saleId }) => saleId)).size).toBe(sales.length);
      }),
      { numRuns: 300 },
    );
  });

  it('gives back exactly what its refunds say, never more of a sale than is left', () => {
    fc.assert(
      fc.property(someOrder, fc.array(someRefund, { maxLength: 6 }), (order, told) => {
        const made = recorded(order);
        fc.pre(made.sales.length > 0);
        const events = told.map((one, index) => refundOf(changeOf(one, order), index));
        const plan = refunded(made, events);
        for (const sale of made.sales) {
          const refunds = [...plan.recorded.values()].flat().filter(({ refund }) => refund.saleId === sale.saleId);
          const after = plan.salesAfter.get(sale.saleId) ?? sale;
          expect(sum(refunds.map(({ refund }) => refund.orderBaseMinor))).toBe(after.orderRefundedBaseMinor);
          expect(sum(refunds.map(({ refund }) => refund.baseMinor))).toBe(after.refundedBaseMinor);
          expect(sum(refunds.map(({ refund }) => refund.commissionReversedMinor))).toBe(after.commissionReversedMinor);
          expect(after.orderRefundedBaseMinor <= sale.orderBaseMinor).toBe(true);
          expect(after.commissionReversedMinor <= sale.commissionMinor).toBe(true);
        }
        for (const { externalId, amountMinor } of events) {
          const refunds = plan.recorded.get(externalId);
          if (!refunds || !amountMinor) continue;
          const takenMinor = sum(refunds.map(({ refund }) => refund.orderBaseMinor));
          if (made.plan.unearned.length === 0) expect(takenMinor).toBe(amountMinor);
          else expect(takenMinor <= amountMinor).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives back the same of all other sales, wherever in between a confirmed hold takes one back', () => {
    const some = fc.array(someRefund, { maxLength: 6 });
    fc.assert(
      fc.property(someOrder, some, fc.nat(6), fc.nat(6), (order, told, at, which) => {
        const made = recorded(order);
        fc.pre(made.sales.length > 0);
        const sale = made.sales[which % made.sales.length]!;
        const changes = [...told.map((one) => changeOf(one, order)), { full: true }];
        const events = changes.map(refundOf);
        const takeBack = { full: true, takeBack: { ofLine: sale.lines[0]!.lineNumber } };
        const plan = refunded(made, events.toSpliced(at, 0, refundOf(takeBack, changes.length)));
        expect(tellsOthers(plan, events, sale.saleId)).toEqual(
          tellsOthers(refunded(made, events), events, sale.saleId),
        );
        const after = plan.salesAfter.get(sale.saleId) ?? sale;
        expect([after.refundedBaseMinor, after.commissionReversedMinor]).toEqual([
          sale.baseMinor,
          sale.commissionMinor,
        ]);
        expect([after.orderRefundedBaseMinor, after.orderTakenBackMinor]).toEqual([
          sale.orderBaseMinor,
          // A take-back after the last refund has nothing left to take.
          0n,
        ]);
        const ofSale = [...plan.recorded.values()].flat().filter(({ refund }) => refund.saleId === sale.saleId);
        expect(sum(ofSale.map(({ refund }) => refund.commissionReversedMinor))).toBe(sale.commissionMinor);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves nothing anywhere once it is refunded in full, whatever was refunded before', () => {
    fc.assert(
      fc.property(someOrder, fc.array(someRefund, { maxLength: 6 }), (order, told) => {
        const made = recorded(order);
        fc.pre(made.sales.length > 0);
        const full = refundOf({ full: true }, told.length);
        const plan = refunded(made, [...told.map((one, index) => refundOf(changeOf(one, order), index)), full]);
        const parts = [
          ...made.sales.map((sale) => plan.salesAfter.get(sale.saleId) ?? sale),
          ...made.plan.unearned.map((line) => {
            const { lineNumber } = line.lines[0];
            return [...plan.unearnedAfter.values()].find((after) => after.lines[0].lineNumber === lineNumber) ?? line;
          }),
        ];
        for (const part of parts) {
          expect(part.orderRefundedBaseMinor).toBe(part.orderBaseMinor);
          if ('saleId' in part) {
            expect(part.refundedBaseMinor).toBe(part.baseMinor);
            expect(part.commissionReversedMinor).toBe(part.commissionMinor);
          }
          // Where refunds by line had taken everything before, the last one is refused.
          if (!plan.recorded.has(full.externalId)) continue;
          expect(part.lines.every(({ quantity, refundedQuantity }) => quantity === refundedQuantity)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
