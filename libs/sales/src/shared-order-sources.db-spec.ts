import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemActor } from '@evenhand/kernel';
import { Webhook } from 'standardwebhooks';
import { type SalesWorld } from '../../../test/support/sales/sales-world';
import { type SharedOrders, withSharedOrders } from '../../../test/support/sales/shared-orders';
import { OpenSource, ReceiveWebhook, TakeInDeliveries } from './index';

const SYSTEM = systemActor('test');
const SAMPLES = join(__dirname, '..', 'test-data', 'shopify');

interface Item {
  readonly id: number;
}

function sampleOf(
  file: 'order' | 'refund',
): Readonly<Record<string, unknown>> & { readonly line_items: readonly Item[] } {
  return JSON.parse(readFileSync(join(SAMPLES, `${file}.json`), 'utf8'))[file];
}

describe('an order whose lines are different deals’ comes', () => {
  let world: SalesWorld;
  let orders: SharedOrders;

  withSharedOrders((made) => ({ world, orders } = made));

  const sold = async () => {
    const sales = await orders.sales();
    return Object.fromEntries(
      sales.map(({ dealId, orderBaseMinor, orderRefundedBaseMinor }) => [
        orders.nameOf(dealId),
        [orderBaseMinor, orderRefundedBaseMinor],
      ]),
    ) as Readonly<Record<string, readonly bigint[]>>;
  };

  it('from Shopify, each line by the code that discounts it, with the refund of two lines', async () => {
    const terms = { currency: 'USD', activeFrom: new Date('2008-01-01'), commission: { currency: 'USD' } };
    world.deal(orders.brandId, 'MAYA', { ...orders.mei, ...terms });
    world.deal(orders.brandId, 'YUMI', { ...orders.yuki, ...terms });
    const order = sampleOf('order');
    const code = (name: string) => ({
      type: 'discount_code',
      code: name,
      target_type: 'line_item',
      target_selection: 'entitled',
    });
    const line_items = order.line_items.map((item, place) => ({
      ...item,
      discount_allocations: [{ amount: '10.00', discount_application_index: place === 2 ? 1 : 0 }],
    }));
    const told = {
      ...order,
      discount_codes: [{ code: 'MAYA' }, { code: 'YUMI' }],
      discount_applications: [code('MAYA'), code('YUMI')],
      total_discounts: '30.00',
      line_items,
      refunds: [sampleOf('refund')],
    };
    const { file, rows } = await world.importFile(orders.brandId, JSON.stringify({ order: told }), {
      mapping: 'shopify',
    });
    expect(rows).toEqual([]);
    expect(file).toMatchObject({ salesRecorded: 2, refundsRecorded: 2, knownBefore: 0 });
    expect(await sold()).toEqual({ MEI: [378_00n, 189_00n], YUKI: [189_00n, 189_00n] });
  });

  it('in a file, each row with its own code, and the same file twice changes nothing', async () => {
    const at = '2026-05-10T12:00:00Z';
    const text = [
      'type,external_id,sale_external_id,currency,occurred_at,line_id,quantity,unit_price,line_code,refund_amount',
      `sale,1001,,EUR,${at},a,1,100.00,MEI,`,
      `sale,1001,,EUR,${at},b,2,25.00,yuki,`,
      `refund,r1,1001,EUR,${at},,,,,15.00`,
    ].join('\n');
    const { file } = await world.importFile(orders.brandId, text);
    expect(file).toMatchObject({ salesRecorded: 2, refundsRecorded: 2, badRows: 0, refused: 0 });
    expect(await sold()).toEqual({ MEI: [100_00n, 10_00n], YUKI: [50_00n, 5_00n] });
    const again = await world.importFile(orders.brandId, `${text}\n`, { source: 'csv' });
    expect(again.file).toMatchObject({ salesRecorded: 0, refundsRecorded: 0, knownBefore: 2 });
    expect(await orders.sales()).toHaveLength(2);
  });

  it('as a webhook by the standard', async () => {
    const given = { actor: SYSTEM, brandId: orders.brandId, name: 'shop', format: 'standard' as const, secret: null };
    const { source, secret } = await world.get(OpenSource).execute(given);
    const line = (lineId: string, unitPrice: string, claims: object) => ({ lineId, quantity: 1, unitPrice, ...claims });
    const data = {
      externalId: '1001',
      currency: 'EUR',
      lines: [line('a', '100.00', { code: 'MEI' }), line('b', '50.00', { additionalCodes: ['YUKI'] })],
      occurredAt: '2026-05-10T12:00:00Z',
    };
    const body = Buffer.from(JSON.stringify({ type: 'sale', data }));
    const at = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign('msg_1', at, body),
    };
    await world.get(ReceiveWebhook).execute({ sourceId: source.sourceId, headers, body });
    await world.get(TakeInDeliveries).execute({ brandId: orders.brandId, limit: 10 });
    expect(await sold()).toEqual({ MEI: [100_00n, 0n], YUKI: [50_00n, 0n] });
  });
});
