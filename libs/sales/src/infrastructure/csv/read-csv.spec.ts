import { UnreadableSalesFile } from '../../domain/errors';
import { readCsv } from './read-csv';

const HEADER = 'external_id,currency,occurred_at,code,line_id,quantity,unit_price,discount\n';
const AT = '2026-05-10T12:00:00+02:00';

describe('a CSV of sales', () => {
  it('reads exact decimals in the currency of the row', () => {
    const { sales } = readCsv(`${HEADER}1,EUR,${AT},YUKI,,2,12.34,0.68\n2,JPY,${AT},YUKI,,1,12000,\n`, 'csv');
    expect(sales.map(({ event }) => event.lines?.[0])).toMatchObject([
      { quantity: 2, unitPriceMinor: 12_34n, discountMinor: 68n },
      { quantity: 1, unitPriceMinor: 12_000n },
    ]);
    expect(sales[0]?.event.occurredAt.toISOString()).toBe('2026-05-10T10:00:00.000Z');
  });

  it.each([
    ['1e3', 'INVALID_AMOUNT'],
    ['"1,00"', 'INVALID_AMOUNT'],
    ['-1.00', 'INVALID_AMOUNT'],
    ['NaN', 'INVALID_AMOUNT'],
    ['1.001', 'INVALID_AMOUNT'],
    ['99999999999999999999', 'INVALID_AMOUNT'],
    ['', 'INVALID_INPUT'],
  ])('tells the line of the price %s and reads the others', (price, code) => {
    const content = readCsv(
      `${HEADER}1,EUR,${AT},A,,1,5.00,\n2,EUR,${AT},A,,1,${price},\n3,EUR,${AT},A,,1,5.00,\n`,
      'csv',
    );
    expect(content.badRows).toMatchObject([{ line: 3, code }]);
    expect(content.sales.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('refuses a time without its zone and a day that does not exist', () => {
    const rows = `1,EUR,2026-05-10 12:00:00,A,,1,5.00,\n2,EUR,2026-02-30T12:00:00Z,A,,1,5.00,\n`;
    expect(readCsv(HEADER + rows, 'csv').badRows.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('makes rows that name their lines one order', () => {
    const rows = `1,EUR,${AT},A,x,1,5.00,\n2,EUR,${AT},A,,1,1.00,\n1,EUR,${AT},A,y,1,7.00,\n1,EUR,${AT},A,x,1,5.00,\n`;
    const { sales, badRows } = readCsv(HEADER + rows, 'csv');
    expect(badRows).toEqual([]);
    expect(sales.map(({ event }) => [event.externalId, event.lines?.length])).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
  });

  it('records no half order', () => {
    const rows = `1,EUR,${AT},A,x,1,5.00,\n1,USD,${AT},A,y,1,7.00,\n`;
    const { sales, badRows } = readCsv(HEADER + rows, 'csv');
    expect(sales).toEqual([]);
    expect(badRows.map(({ line, code }) => [line, code])).toEqual([
      [2, 'INCOMPLETE_ORDER'],
      [3, 'ROWS_DISAGREE'],
    ]);
  });

  it('tells rows of a wrong length and a quote that never closes', () => {
    const rows = `1,EUR,${AT},A\n2,EUR,${AT},"A"b,,1,5.00,\n3,EUR,${AT},"A,,1,5.00,\n4,EUR,${AT},A,,1,5.00,\n`;
    const { sales, badRows } = readCsv(HEADER + rows, 'csv');
    expect(badRows.map(({ line, code }) => [line, code])).toEqual([
      [2, 'WRONG_NUMBER_OF_VALUES'],
      [4, 'QUOTE_NOT_CLOSED'],
    ]);
    expect(sales.map(({ line }) => line)).toEqual([3]);
  });

  it('reads a byte order mark, semicolons and Windows lines', () => {
    const text = `\uFEFFExternal ID;Currency;Occurred At;Base Amount\r\n1;EUR;${AT};10.00\r\n`;
    expect(readCsv(text, 'csv').sales[0]?.event).toMatchObject({ externalId: '1', baseMinor: 10_00n });
  });

  it('reads refunds by amount, by units and in full', () => {
    const header = 'type,external_id,sale_external_id,currency,occurred_at,sku,quantity,refund_amount,full_refund\n';
    const rows = `refund,r1,1,EUR,${AT},,,2.50,\nrefund,r2,1,EUR,${AT},PURSE,1,,\nrefund,r3,1,EUR,${AT},,,,yes\n`;
    expect(readCsv(header + rows, 'csv').refunds.map(({ event }) => event)).toMatchObject([
      { amountMinor: 2_50n, full: false, lines: [] },
      { amountMinor: null, lines: [{ sku: 'PURSE', quantity: 1 }] },
      { full: true },
    ]);
  });

  it('names the columns that are missing', () => {
    expect(() => readCsv('order,amount\n1,2\n', 'csv')).toThrow(UnreadableSalesFile);
    expect(() => readCsv('', 'csv')).toThrow('external_id, currency, occurred_at');
  });
});
