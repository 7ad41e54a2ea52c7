import { systemActor } from '@evenhand/kernel';
import { BookNotOpen, ImportFxRates } from '@evenhand/ledger';
import { SalesWorld } from '../../../test/support/sales/sales-world';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { ReplaySalesWhenRatesLoaded } from './application/inbox/replay-sales-when-rates-loaded.handler';

const SYSTEM = systemActor('test');

describe('sales that wait for exchange rates', () => {
  let world: SalesWorld;

  beforeEach(async () => {
    world = await SalesWorld.create();
  });
  afterEach(async () => {
    expect(await world.brokenInvariants()).toEqual([]);
    await world.destroy();
  });

  async function brandThatSold(...currencies: string[]): Promise<string> {
    return sellFor(await world.brand(), currencies);
  }

  async function sellFor(brandId: string, currencies: readonly string[]): Promise<string> {
    world.deal(brandId, 'YUKI', { activeFrom: new Date('2026-01-01') });
    const occurredAt = new Date('2026-04-12T12:00:00Z');
    const events = currencies.map((currency, place) =>
      saleEvent({ externalId: `${place}`, code: 'YUKI', currency, occurredAt }),
    );
    await world.sales(brandId, ...events);
    return brandId;
  }

  const waiting = async (brandId: string) => {
    const page = { first: 10, after: null };
    const { rows } = await world.listIntakeProblems.execute({ actor: SYSTEM, filter: { brandId }, page });
    return rows.map(({ node }) => `${node.externalId} ${node.reasonCode}`).toSorted();
  };

  it('are recorded once when rates are loaded, of every brand; what has no rate then says so', async () => {
    const brands = [await brandThatSold('USD', 'EUR', 'XAF'), await brandThatSold('JPY')] as const;
    expect(await waiting(brands[0])).toEqual(['0 RATES_NOT_LOADED', '2 RATES_NOT_LOADED']);
    await world.get(ImportFxRates).execute();
    await world.get(ImportFxRates).execute();
    const told = await world.rowsFor(SYSTEM, `select type from platform.outbox where type = 'ledger.fx_rates_loaded'`);
    expect(told).toHaveLength(1);
    for (let time = 0; time < 2; time += 1) await world.get(ReplaySalesWhenRatesLoaded).handle();
    expect(await waiting(brands[0])).toEqual(['2 RATE_NOT_PUBLISHED']);
    expect(await waiting(brands[1])).toEqual([]);
    const page = { first: 10, after: null };
    const { totals } = await world.listSales.execute({ actor: SYSTEM, filter: {}, page });
    expect(totals).toMatchObject([{ currency: 'EUR', count: 3 }]);
  }, 60_000);

  it('of one brand do not keep those of the next from it: what fails is told at the end, and tried again', async () => {
    const withoutBook = await sellFor('00000000-0000-7000-8000-000000000001', ['USD']);
    const next = await brandThatSold('USD');
    await world.get(ImportFxRates).execute();
    const handler = world.get(ReplaySalesWhenRatesLoaded);
    await expect(handler.handle()).rejects.toThrow(BookNotOpen);
    expect([await waiting(withoutBook), await waiting(next)]).toEqual([['0 RATES_NOT_LOADED'], []]);
    await world.openBook(withoutBook);
    await handler.handle();
    expect(await waiting(withoutBook)).toEqual([]);
  }, 60_000);
});
