import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemActor } from '@evenhand/kernel';
import { SalesWorld } from '../../../test/support/sales/sales-world';
import type { ImportReport } from './application/commands';

const CSV = `type,external_id,sale_external_id,order_number,code,currency,occurred_at,quantity,unit_price,refund_amount
sale,1,,#1,YUKI,EUR,2026-05-10T12:00:00+08:00,2,49.95,
sale,2,,#2,YUKI,EUR,2026-05-10T12:00:00+08:00,1,"1,00",
sale,3,,#3,TYPO,EUR,2026-05-10T12:00:00+08:00,1,10.00,
refund,r1,1,,,EUR,2026-05-12T12:00:00+08:00,,,9.99
`;

describe('importing a file', () => {
  let world: SalesWorld;
  let brandId: string;

  beforeAll(async () => {
    world = await SalesWorld.create();
  });

  beforeEach(async () => {
    brandId = await world.brand();
  });

  afterEach(async () => expect(await world.brokenInvariants()).toEqual([]));

  afterAll(() => world.destroy());

  function importFile(content: string | Buffer, format: 'csv' | 'shopify' = 'csv', dryRun = false) {
    const actor = systemActor('test');
    return world.importSalesFile.execute({
      actor,
      brandId,
      format,
      source: null,
      content: Buffer.from(content),
      dryRun,
    });
  }

  function sample(name: string): Buffer {
    return readFileSync(join(__dirname, '..', 'test-data', 'shopify', `${name}.json`));
  }

  function outcomeOf(report: ImportReport) {
    return [...report.sales, ...report.refunds].map(({ line, result }) => [line, result.status]);
  }

  async function salesOf() {
    const page = { first: 10, after: null };
    return world.listSales.execute({ actor: systemActor('test'), filter: { brandId }, page });
  }

  it('records the good rows of a CSV and tells the bad ones; the same file again changes nothing', async () => {
    world.deal(brandId, 'YUKI');
    const first = await importFile(CSV);
    expect(outcomeOf(first)).toEqual([
      [2, 'recorded'],
      [4, 'unattributed'],
      [5, 'recorded'],
    ]);
    expect(first.badRows).toMatchObject([{ line: 3, code: 'INVALID_AMOUNT' }]);
    const totals = [
      {
        currency: 'EUR',
        count: 1,
        baseMinor: 99_90n,
        refundedBaseMinor: 9_99n,
        commissionMinor: 9_99n,
        commissionReversedMinor: 1_00n,
      },
    ];
    expect((await salesOf()).totals).toEqual(totals);
    expect(outcomeOf(await importFile(CSV)).every(([, status]) => status === 'duplicate')).toBe(true);
    expect((await salesOf()).totals).toEqual(totals);
  });

  it('says in a dry run what would become of each row and writes nothing', async () => {
    world.deal(brandId, 'YUKI');
    expect(outcomeOf(await importFile(CSV, 'csv', true))).toEqual([
      [2, 'recorded'],
      [4, 'unattributed'],
      [5, 'recorded'],
    ]);
    expect((await salesOf()).totalCount).toBe(0);
    expect(outcomeOf(await importFile(CSV))[0]).toEqual([2, 'recorded']);
  });

  it("records Shopify's sample order and its refund, each once", async () => {
    world.deal(brandId, 'TENOFF', { currency: 'USD', activeFrom: new Date('2008-01-01T00:00:00Z') });
    const [order] = (await importFile(sample('order'), 'shopify')).sales;
    expect(order?.result).toMatchObject({
      status: 'recorded',
      sale: { baseMinor: 597_00n, commissionMinor: 59_70n, currency: 'USD' },
    });
    const [refund] = (await importFile(sample('refund'), 'shopify')).refunds;
    expect(refund?.result).toMatchObject({ status: 'recorded', refund: { baseMinor: 398_00n } });
    expect(await world.earningOf(order?.result.sale?.saleId ?? '')).toMatchObject({ base: '19900', gross: '1990' });
    expect(outcomeOf(await importFile(sample('order'), 'shopify'))).toEqual([[1, 'duplicate']]);
    const [withoutLines] = (await importFile(sample('orders'), 'shopify')).sales;
    expect(withoutLines?.result).toMatchObject({ status: 'refused', reason: { code: 'SALE_CONFLICT' } });
  });

  it('stores nothing of the customer', async () => {
    await importFile(sample('order'), 'shopify');
    const rows = await world.rowsFor<{ content: string }>(
      systemActor('test'),
      'select content from sales.intake_events where brand_id = $1',
      [brandId],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/bob|norman|hostmail|chestnut|4242/i);
  });
});
