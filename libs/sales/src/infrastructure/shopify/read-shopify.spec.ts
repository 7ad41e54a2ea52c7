import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnreadableSalesFile } from '../../domain/errors';
import { saleContent } from '../../domain/content';
import { readShopify } from './read-shopify';

function sample(name: string): string {
  return readFileSync(join(__dirname, '..', '..', '..', 'test-data', 'shopify', `${name}.json`), 'utf8');
}

function order(change: object): string {
  const lines = [
    { id: 1, quantity: 2, price: '10.00' },
    { id: 2, quantity: 1, price: '5.00' },
  ];
  const created_at = '2026-05-01T10:00:00+02:00';
  return JSON.stringify({ orders: [{ id: 7, name: '#7', currency: 'EUR', created_at, line_items: lines, ...change }] });
}

describe("Shopify's sample order", () => {
  it('is read by its lines, tax not being in their price', () => {
    const { sales, badRows } = readShopify(sample('order'), 'shopify');
    expect(badRows).toEqual([]);
    expect(sales[0]?.event).toMatchObject({
      externalId: '450789469',
      orderNumber: '#1001',
      code: 'TENOFF',
      linkSlug: 'abc',
      currency: 'USD',
      lines: [{ unitPriceMinor: 199_00n }, { unitPriceMinor: 199_00n }, { unitPriceMinor: 199_00n }],
      occurredAt: new Date('2008-01-10T16:00:00Z'),
    });
  });

  it('carries of the customer the address alone, and nothing in its content', () => {
    const [sale] = readShopify(sample('order'), 'shopify').sales;
    expect(sale?.event.customer).toBe('bob.norman@hostmail.com');
    const { customer: _, ...rest } = sale?.event ?? {};
    const told = JSON.stringify(rest, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
    expect(told).not.toMatch(/bob|norman|hostmail|chestnut|4242/i);
    expect(sale && saleContent(sale.event)).not.toMatch(/bob|norman|hostmail/i);
  });

  it.each([
    [{ email: '', customer: { email: 'ada@example.com' } }, 'ada@example.com'],
    [{ email: null, customer: null, contact_email: 'ada@example.com' }, 'ada@example.com'],
    [{ email: 'no address', customer: 7, contact_email: {} }, null],
  ])('finds the customer wherever it is told, and does without: %j', (told, customer) => {
    const changed = { ...JSON.parse(sample('order')).order, ...told };
    expect(readShopify(JSON.stringify({ order: changed }), 'shopify').sales[0]?.event.customer).toBe(customer);
  });

  it('is read from totals where the export has no lines', () => {
    const { sales } = readShopify(sample('orders'), 'shopify');
    expect(sales[0]?.event.lines).toEqual([
      { quantity: 1, unitPriceMinor: 597_00n, discountMinor: 10_00n, taxMinor: 0n },
    ]);
  });

  it('has a refund of two lines', () => {
    expect(readShopify(sample('refund'), 'shopify').refunds[0]?.event).toMatchObject({
      externalId: '509562969',
      saleExternalId: '450789469',
      currency: 'USD',
      lines: [
        { lineId: '703073504', quantity: 1 },
        { lineId: '466157049', quantity: 1 },
      ],
    });
  });

  it('has a payment that is no sale', () => {
    expect(() => readShopify(sample('transaction'), 'shopify')).toThrow(UnreadableSalesFile);
  });
});

describe('a Shopify order', () => {
  it('lays an unallocated discount on its lines by their price', () => {
    const { sales } = readShopify(order({ total_discounts: '5.01' }), 'shopify');
    expect(sales[0]?.event.lines?.map((line) => line.discountMinor)).toEqual([4_01n, 1_00n]);
  });

  it('has its tax in the price only where the shop says so', () => {
    const line_items = [{ id: 1, quantity: 1, price: '12.00', tax_lines: [{ price: '2.00' }] }];
    const { sales } = readShopify(order({ line_items, taxes_included: true }), 'shopify');
    expect(sales[0]?.event.lines?.[0]?.taxMinor).toBe(2_00n);
  });

  it('brings its own refunds, or the cancellation where there are none', () => {
    const refunds = [
      { id: 8, order_id: 7, created_at: '2026-05-02T10:00:00Z', refund_line_items: [{ line_item_id: 2, quantity: 1 }] },
    ];
    const cancelled_at = '2026-05-03T10:00:00Z';
    expect(readShopify(order({ refunds, cancelled_at }), 'shopify').refunds).toMatchObject([
      { event: { externalId: '8', currency: 'EUR' } },
    ]);
    expect(readShopify(order({ cancelled_at }), 'shopify').refunds).toMatchObject([
      { event: { externalId: '7-cancelled', full: true } },
    ]);
  });

  it('reads yen that come with decimals of zero, and no others', () => {
    const line = { id: 1, quantity: 1 };
    const yen = (price: string) => readShopify(order({ currency: 'JPY', line_items: [{ ...line, price }] }), 'shopify');
    expect(yen('1200.00').sales[0]?.event.lines?.[0]?.unitPriceMinor).toBe(1200n);
    expect(yen('1200.50').badRows).toMatchObject([{ line: 1, code: 'INVALID_AMOUNT' }]);
  });

  it('is left out where it is a test', () => {
    expect(readShopify(order({ test: true }), 'shopify').badRows).toMatchObject([{ line: 1 }]);
  });
});

describe('clicks on our links', () => {
  const [one, two] = ['click_01h00000000000000000000001', 'click_01h00000000000000000000002'];
  const clicksOf = (change: object) => readShopify(order(change), 'shopify').sales[0]?.event.clickIds;

  it.each([
    ['a path', `/products/bag?utm_source=x&eh_click=${one}#size`],
    ['an address', `https://shop.example.com/?eh_click=${one}`],
  ])('are read from the landing site as %s', (_what, landing_site) => {
    expect(clicksOf({ landing_site })).toEqual([one]);
  });

  it('are read from the attributes of the cart, one by one or in a list, each once', () => {
    const note_attributes = [
      { name: 'gift', value: two },
      { name: 'eh_click', value: `${one}, ${two}` },
      { name: 'eh_click', value: one },
    ];
    expect(clicksOf({ landing_site: `/?eh_click=${two}`, note_attributes })).toEqual([two, one]);
  });

  it('are the first and the last ones where there are too many, in any case of letters', () => {
    const ids = Array.from({ length: 30 }, (_, n) => `click_01h000000000000000000000${String(n).padStart(2, '0')}`);
    const note_attributes = [{ name: 'eh_click', value: ids.join(',').toUpperCase() }];
    expect(clicksOf({ note_attributes })).toEqual([ids[0], ...ids.slice(-19)]);
  });

  it.each([
    ['other text', { landing_site: '/?eh_click=anything' }],
    ['a very long one', { landing_site: `/?eh_click=${'x'.repeat(10_000)}` }],
    ['no address', { landing_site: 'http://' }],
    ['attributes of another form', { note_attributes: 'eh_click' }],
    ['an attribute without text', { note_attributes: [{ name: 'eh_click', value: 7 }, null] }],
    ['nothing', {}],
  ])('do no harm to the order where they are %s', (_what, change) => {
    expect(clicksOf(change)).toEqual([]);
  });
});
