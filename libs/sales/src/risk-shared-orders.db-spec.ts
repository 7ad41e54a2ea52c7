import { systemActor } from '@evenhand/kernel';
import { influencer, holdsOf } from '../../../test/support/sales/risk-scenes';
import type { SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';
import { orderLine } from '../../../test/support/sales/shared-orders';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { ChangeRiskRules } from './index';

const SYSTEM = systemActor('test');
const MINUTE_MS = 60_000;
const START = Date.parse('2026-05-10T12:00:00Z');
const MIKA = 'mika@shared.example';

describe('an order that is several sales of one deal, by its note and its livestream', () => {
  let world: SalesWorld;
  let brandId: string;

  withSalesWorld((made) => (world = made));

  beforeEach(async () => {
    brandId = await world.brand();
    const deal = world.deal(brandId, 'NOTE');
    world.deals.add({ ...deal, kind: 'livestream_commission' }, 'LIVE');
    world.deal(brandId, 'MEI');
  });

  const order = (name: string, minute: number, customer: string | null, codes = ['NOTE', 'LIVE']) =>
    saleEvent({
      externalId: `${name} ${minute}`,
      customer,
      lines: codes.map((code) => orderLine(code, 10_00n, { code })),
      occurredAt: new Date(START + minute * MINUTE_MS),
    });
  const orders = (name: string, from: number, to: number, customer: string | null) =>
    Array.from({ length: to - from }, (_, n) => order(name, from + n, customer));

  /** Each sale on hold, by its order and kind, with what speaks against it. */
  async function heldSales(): Promise<readonly string[]> {
    const holds = await holdsOf(world, { brandId });
    return holds.map(({ sale, reasons }) => `${sale.externalId} ${sale.kind}: ${reasons.join(', ')}`).sort();
  }

  function bothOf(name: string, reason: string): readonly string[] {
    return ['livestream_commission', 'note_commission'].map((kind) => `${name} ${kind}: ${reason}`);
  }

  it.each([
    ['that come together', 4],
    ['that come one by one', 1],
  ])('is one of its customer’s orders %s, and held with all its sales', async (_, size) => {
    const events = orders('ada', 0, 4, 'ada@example.com');
    for (let first = 0; first < 4; first += size) await world.sales(brandId, ...events.slice(first, first + size));
    expect(await heldSales()).toEqual(bothOf('ada 3', 'customer_velocity'));
    const kept = 'select count(*)::integer as count from sales.sale_customers where brand_id = $1';
    expect(await world.rowsFor(SYSTEM, kept, [brandId])).toEqual([{ count: 4 }]);
  });

  it('is one of each deal’s orders where another deal has lines of it', async () => {
    const told = [0, 1, 2, 3].map((minute) => order('ada', minute, 'ada@example.com', ['MEI', 'LIVE', 'NOTE']));
    await world.sales(brandId, ...told.slice(0, 3));
    expect(await heldSales()).toEqual([]);
    await world.sales(brandId, ...told.slice(3), order('mei', 4, 'ada@example.com', ['MEI']));
    const reason = 'customer_velocity';
    const held = [...bothOf('ada 3', reason), `ada 3 note_commission: ${reason}`, `mei 4 note_commission: ${reason}`];
    expect(await heldSales()).toEqual(held);
  });

  it('is one of the deal’s orders, of those recorded before and of those that come together', async () => {
    const terms = { customerOrders: null, customerHours: 24, dealOrdersPerHour: 10 };
    await world.get(ChangeRiskRules).execute({ actor: SYSTEM, brandId, terms, expectedVersion: 0 });
    await world.sales(brandId, ...orders('any', 0, 9, null));
    await world.sales(brandId, order('any', 9, null));
    expect(await heldSales()).toEqual([]);
    await world.sales(
      brandId,
      order('any', 10, null),
      order('note', 11, null, ['NOTE']),
      order('live', 70, null, ['LIVE']),
    );
    const reason = 'deal_velocity';
    expect(await heldSales()).toEqual([...bothOf('any 10', reason), `note 11 note_commission: ${reason}`]);
  });

  it('is held with all its sales where it is a purchase of one’s own', async () => {
    const mika = await influencer(world, MIKA);
    const deal = world.deal(brandId, 'NOTE', { influencerId: mika.partyId });
    world.deals.add({ ...deal, kind: 'livestream_commission' }, 'LIVE');
    await world.sales(brandId, order('own', 0, MIKA));
    expect(await heldSales()).toEqual(bothOf('own 0', 'self_purchase'));
  });
});
