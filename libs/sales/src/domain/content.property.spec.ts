import fc from 'fast-check';
import { refundContent, refundOfContent, saleContent, saleOfContent } from './content';

const text = fc.string({ maxLength: 12 });
const optionalText = fc.option(text);
const amount = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
const instant = fc.date();
const line = fc.record(
  {
    lineId: optionalText,
    sku: optionalText,
    quantity: fc.integer(),
    unitPriceMinor: amount,
    discountMinor: amount,
    taxMinor: amount,
    shippingMinor: amount,
    code: optionalText,
    additionalCodes: fc.array(text, { maxLength: 2 }),
    clickIds: fc.array(text, { maxLength: 2 }),
    linkSlug: optionalText,
    clickedAt: fc.option(instant),
  },
  { requiredKeys: ['quantity', 'unitPriceMinor'] },
);
const sale = fc.record(
  {
    source: text,
    externalId: text,
    orderNumber: text,
    code: optionalText,
    additionalCodes: fc.array(text, { maxLength: 3 }),
    clickIds: fc.array(text, { maxLength: 3 }),
    linkSlug: optionalText,
    clickedAt: fc.option(instant),
    currency: text,
    lines: fc.array(line, { maxLength: 3 }),
    baseMinor: fc.option(amount),
    occurredAt: instant,
  },
  { requiredKeys: ['source', 'externalId', 'orderNumber', 'currency', 'occurredAt'] },
);
const refund = fc.record(
  {
    source: text,
    externalId: text,
    saleExternalId: text,
    currency: text,
    full: fc.boolean(),
    lines: fc.array(fc.record({ lineId: optionalText, sku: optionalText, quantity: fc.integer() }), { maxLength: 3 }),
    amountMinor: fc.option(amount),
    takeBack: fc.option(fc.record({ ofLine: fc.option(fc.integer()) })),
    occurredAt: instant,
  },
  { requiredKeys: ['source', 'externalId', 'saleExternalId', 'currency', 'occurredAt'] },
);

describe('the content of an event', () => {
  it('of a sale is the same again when it is read back, so that a replay is known for what it repeats', () => {
    fc.assert(
      fc.property(sale, (event) => {
        const content = saleContent(event);
        expect(saleContent(saleOfContent(content))).toBe(content);
      }),
    );
  });

  it('of a line that claims nothing is what it was before lines could', () => {
    const lines = [{ lineId: 'a', quantity: 1, unitPriceMinor: 5n, code: ' ', clickIds: [''], clickedAt: new Date() }];
    const event = { source: 's', externalId: '1', orderNumber: '1', currency: 'EUR', occurredAt: new Date(0), lines };
    expect(saleContent(event)).toBe(
      '{"source":"s","externalId":"1","orderNumber":"1","codes":[],"linkSlug":null,"clickedAt":null,"currency":"EUR",' +
        '"lines":[{"lineId":"a","sku":null,"quantity":1,"unitPriceMinor":"5","discountMinor":"0","taxMinor":"0",' +
        '"shippingMinor":"0"}],"baseMinor":null,"occurredAt":"1970-01-01T00:00:00.000Z"}',
    );
  });

  it('of a refund too', () => {
    fc.assert(
      fc.property(refund, (event) => {
        const content = refundContent(event);
        const read = refundOfContent(content);
        expect(refundContent(read)).toBe(content);
        expect(read.takeBack ?? null).toEqual(event.takeBack ?? null);
      }),
    );
  });
});
