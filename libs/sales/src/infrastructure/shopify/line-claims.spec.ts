import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSale } from '../../domain/validation';
import { readShopify } from './read-shopify';

const CLICK = 'click_01h00000000000000000000001';

interface Sample {
  readonly line_items: readonly { readonly id: number }[];
}

const SAMPLE = sampleOrder();

function sampleOrder(): Sample {
  const file = join(__dirname, '..', '..', '..', 'test-data', 'shopify', 'order.json');
  const { order } = JSON.parse(readFileSync(file, 'utf8')) as { readonly order: Sample };
  return order;
}

/** Discounts of the order, and by their places which of them are on each of the sample's three lines. */
function linesOf(applications: readonly object[], onLines: readonly (readonly number[])[], items: object[] = []) {
  const line_items = SAMPLE.line_items.map((item, index) => ({
    ...item,
    discount_allocations: (onLines[index] ?? []).map((place) => ({
      amount: '1.00',
      discount_application_index: place,
    })),
    ...items[index],
  }));
  const codes = applications.flatMap((one) => ('code' in one ? [{ code: one.code, amount: '1.00' }] : []));
  const order = { ...SAMPLE, discount_applications: applications, discount_codes: codes, line_items };
  const [sale] = readShopify(JSON.stringify({ order }), 'shopify').sales;
  return sale?.event.lines?.map(({ code, additionalCodes = [], clickIds = [] }) => {
    return [...(code ? [code] : []), ...additionalCodes, ...clickIds];
  });
}

function discount(code: string, target_selection = 'entitled') {
  return { type: 'discount_code', code, target_type: 'line_item', target_selection };
}

describe('the lines of a Shopify order', () => {
  it('came by the codes that discount them, where the order has several', () => {
    expect(linesOf([discount('MEI'), discount('YUKI')], [[0], [1], []])).toEqual([['MEI'], ['YUKI'], []]);
  });

  it('came rather by a code for some products than by one for all of the order', () => {
    expect(linesOf([discount('ALL', 'all'), discount('YUKI')], [[0], [0, 1], [0]])).toEqual([
      ['ALL'],
      ['YUKI', 'ALL'],
      ['ALL'],
    ]);
  });

  it('claim nothing of their own where the order has one code, or they are discounted without one', () => {
    const automatic = { type: 'automatic', title: 'Two for one', target_type: 'line_item', target_selection: 'all' };
    expect(linesOf([discount('MEI')], [[0], [0], []])).toEqual([[], [], []]);
    expect(linesOf([automatic, discount('MEI')], [[0, 1], [0], []])).toEqual([[], [], []]);
    expect(linesOf([], [])).toEqual([[], [], []]);
  });

  it('did not come by a code for the shipping', () => {
    const shipping = { ...discount('SHIP'), target_type: 'shipping_line' };
    expect(linesOf([discount('MEI'), shipping], [[0], [1], []])).toEqual([[], [], []]);
  });

  it.each(['eh_click', '_eh_click'])(
    'came by the clicks in their properties named %s, their code before them',
    (name) => {
      const properties = [
        { name: 'Custom Engraving', value: 'Happy Birthday' },
        { name, value: `${CLICK} no-click` },
      ];
      expect(
        linesOf([discount('MEI')], [[0], [], []], [{ properties }, { properties }, { properties: 'none' }]),
      ).toEqual([['MEI', CLICK], [CLICK], []]);
    },
  );

  it('do no harm to the order with clicks that nobody made', () => {
    const line_items = Array.from({ length: 60 }, (_, n) => ({
      id: n + 1,
      quantity: 1,
      price: '1.00',
      properties: [{ name: 'eh_click', value: `click_01h000000000000000000000${String(n).padStart(2, '0')}` }],
    }));
    const [sale] = readShopify(JSON.stringify({ order: { ...SAMPLE, line_items } }), 'shopify').sales;
    expect(() => checkSale(sale!.event, new Date())).not.toThrow();
    expect(sale?.event.lines?.flatMap(({ clickIds = [] }) => clickIds)).toEqual([]);
  });

  it('are as they were in the content of an order without claims of lines', () => {
    const [sale] = readShopify(JSON.stringify({ order: SAMPLE }), 'shopify').sales;
    const [line] = sale?.event.lines ?? [];
    expect(Object.keys(line ?? {}).toSorted()).toEqual(
      ['discountMinor', 'lineId', 'quantity', 'sku', 'taxMinor', 'unitPriceMinor'].toSorted(),
    );
  });
});
