import { saleEvent } from '../../../../test/support/sales/tracked-deal';
import { checkIdentity, checkRefund, checkSale } from './validation';

const NOW = new Date('2026-06-01T00:00:00Z');
const line = { quantity: 1, unitPriceMinor: 10n };

describe('what no shop can mean', () => {
  it.each([
    ['a negative price', { lines: [{ ...line, unitPriceMinor: -1n }] }],
    ['more discount than price', { lines: [{ ...line, discountMinor: 11n }] }],
    ['no units', { lines: [{ ...line, quantity: 0 }] }],
    ['half a unit', { lines: [{ ...line, quantity: 0.5 }] }],
    ['NaN units', { lines: [{ ...line, quantity: Number.NaN }] }],
    ['2^63 in one line', { lines: [{ quantity: 2, unitPriceMinor: 2n ** 62n }] }],
    ['no lines', { lines: [] }],
    ['lines and a base', { lines: [line], baseMinor: 1n }],
    ['a negative base', { baseMinor: -1n }],
    ['U+0000 in a code', { code: 'YU\u0000KI' }],
    ['half a character in the order number', { orderNumber: '\udc00' }],
    ['no order number', { orderNumber: ' ' }],
    ['no currency of this world', { currency: 'EURO' }],
    ['an instant that is none', { occurredAt: new Date('nonsense') }],
    ['U+0000 in the code of a line', { lines: [{ ...line, code: 'YU\u0000KI' }] }],
    [
      'a click of next week on the link of a line',
      { lines: [{ ...line, linkSlug: 'a', clickedAt: new Date('2026-06-08') }] },
    ],
    ['21 clicks of a line', { lines: [{ ...line, clickIds: Array.from({ length: 21 }, (_, n) => `click_${n}`) }] }],
    ['lines that came by 51 ways', { lines: Array.from({ length: 51 }, (_, n) => ({ ...line, code: `CODE-${n}` })) }],
    ['next week', { occurredAt: new Date('2026-06-08T00:00:00Z') }],
  ])('is refused: %s', (_what, change) => {
    expect(() => checkSale(saleEvent(change), NOW)).toThrow();
  });

  it('lets a plain sale pass, and many lines that came by few ways', () => {
    expect(() => checkSale(saleEvent(), NOW)).not.toThrow();
    const lines = Array.from({ length: 500 }, (_, n) => ({ ...line, code: `CODE-${n % 50}` }));
    expect(() => checkSale(saleEvent({ lines }), NOW)).not.toThrow();
  });

  it.each([
    ['nothing given back', {}],
    ['full and a part', { full: true, amountMinor: 1n }],
    ['zero', { amountMinor: 0n }],
    ['a line without a name', { lines: [{ quantity: 1 }] }],
    ['U+0000 in the name of a line', { lines: [{ sku: 'a\u0000', quantity: 1 }] }],
    ['half a character in the id of a line', { lines: [{ lineId: '\ud83d', quantity: 1 }] }],
    ['a line whose name is 10 kB', { lines: [{ sku: 'x'.repeat(10_240), quantity: 1 }] }],
  ])('is refused in a refund: %s', (_what, change) => {
    const occurredAt = new Date('2026-05-20T00:00:00Z');
    const refund = { source: 'shop', externalId: 'r1', saleExternalId: '1', currency: 'EUR', occurredAt, ...change };
    expect(() => checkRefund(refund, NOW)).toThrow();
  });

  it.each([
    ['Shopify', '1'],
    ['shop', ''],
    ['shop', 'a\nb'],
    ['shop', 'x'.repeat(201)],
  ])('has no name: %s %s', (source, externalId) => {
    expect(() => checkIdentity({ source, externalId })).toThrow();
  });
});
