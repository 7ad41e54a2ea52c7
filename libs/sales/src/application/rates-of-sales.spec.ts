import type { Transaction } from '@evenhand/kernel';
import { type FxRate, FxRates, type RateWanted } from '@evenhand/ledger';
import { statedDeal } from '../../../../test/support/sales/stated-deals';
import { saleEvent } from '../../../../test/support/sales/tracked-deal';
import { attributeOrder } from '../domain/order-attribution';
import type { SaleEvent } from '../domain/sale-event';
import { prepare } from './prepared-event';
import { ratesOfSales } from './rates-of-sales';

/** Answers with the day it was asked for, and keeps what it was asked. */
class AskedRates extends FxRates {
  readonly asked: (readonly RateWanted[])[] = [];

  override async ratesOn(_tx: Transaction, wanted: readonly RateWanted[]): Promise<readonly FxRate[]> {
    this.asked.push(wanted);
    return wanted.map(({ from, date }) => ({ rate: '2', date, source: from }));
  }

  override async add(): Promise<number> {
    return 0;
  }
}

const tx = {} as Transaction;
const deal = statedDeal('brand');
const yen = statedDeal('brand', { currency: 'JPY' });
const lookup = {
  byCode: (code: string) => (code === 'YEN' ? yen : deal),
  byLinkSlug: () => undefined,
  clickById: () => undefined,
};

async function ratesFor(fxRates: FxRates, changes: readonly Partial<SaleEvent>[]) {
  const events = changes.map((change) =>
    prepare(
      saleEvent({ code: 'YUKI', ...change }),
      () => '',
      () => undefined,
    ),
  );
  const attributions = new Map(events.map(({ event }, index) => [index, attributeOrder(event, lookup)] as const));
  return ratesOfSales(tx, fxRates, events, attributions);
}

describe('the rates of a batch of sales', () => {
  it('are not asked for where every order is in its deal’s currency, or is no deal’s', async () => {
    const rates = new AskedRates();
    expect(await ratesFor(rates, [{}, {}, { currency: 'USD', code: null }])).toEqual(new Map());
    expect(rates.asked).toEqual([]);
  });

  it('are asked for at once, each pair and day one time, by the day in Frankfurt', async () => {
    const rates = new AskedRates();
    const late = new Date('2026-05-10T22:30:00Z');
    const found = await ratesFor(rates, [
      { currency: 'USD' },
      {},
      { currency: 'USD' },
      { currency: 'JPY' },
      { currency: 'USD', occurredAt: late },
    ]);
    expect(rates.asked).toEqual([
      [
        { from: 'USD', to: 'EUR', date: '2026-05-10' },
        { from: 'JPY', to: 'EUR', date: '2026-05-10' },
        { from: 'USD', to: 'EUR', date: '2026-05-11' },
      ],
    ]);
    const told = [...found].map(([place, rate]) => [place, 'source' in rate && [rate.source, rate.date]]);
    expect(told).toEqual([
      ['0 EUR', ['USD', '2026-05-10']],
      ['2 EUR', ['USD', '2026-05-10']],
      ['3 EUR', ['JPY', '2026-05-10']],
      ['4 EUR', ['USD', '2026-05-11']],
    ]);
  });

  it('are those of each deal of an order', async () => {
    const rates = new AskedRates();
    const line = { quantity: 1, unitPriceMinor: 1_00n };
    const lines = [line, { ...line, code: 'YEN' }, { ...line, code: 'YEN' }];
    const found = await ratesFor(rates, [{ currency: 'USD', lines }, { lines }]);
    expect(rates.asked[0]?.map(({ from, to }) => [from, to])).toEqual([
      ['USD', 'EUR'],
      ['USD', 'JPY'],
      ['EUR', 'JPY'],
    ]);
    expect([...found.keys()]).toEqual(['0 EUR', '0 JPY', '1 JPY']);
  });
});
