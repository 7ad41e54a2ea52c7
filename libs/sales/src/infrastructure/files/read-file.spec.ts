import { piecesOf } from '../../../../../test/support/sales/pieces';
import type { FileChunk } from '../../application/files/sales-file-reader';
import { UnreadableSalesFile } from '../../domain/errors';
import type { FileMapping } from '../../domain/file-mapping';
import { PRESET_MAPPINGS } from '../../domain/preset-mappings';
import { SalesFileReaders } from './sales-file-readers';

const reader = new SalesFileReaders();

/** All that a file tells, read in pieces of a few bytes. */
async function read(name: string, text: string | Buffer, change: Partial<FileMapping> = {}): Promise<FileChunk> {
  const preset = PRESET_MAPPINGS[name];
  if (!preset) throw new Error(`There is no preset ${name}.`);
  const mapping = { ...preset, ...change };
  const bytes = () => piecesOf(Buffer.from(text), 7);
  const survey = await reader.survey(mapping, name, bytes());
  const told: FileChunk[] = [];
  for await (const chunk of reader.chunks(mapping, name, bytes(), survey, 0)) told.push(chunk);
  const all = <Key extends 'sales' | 'refunds' | 'badRows'>(key: Key) => told.flatMap((chunk) => [...chunk[key]]);
  return {
    rowsRead: told.at(-1)?.rowsRead ?? 0,
    sales: all('sales') as FileChunk['sales'],
    refunds: all('refunds') as FileChunk['refunds'],
    badRows: all('badRows') as FileChunk['badRows'],
    ignored: told.reduce((sum, { ignored }) => sum + ignored, 0),
  };
}

const readCsv = (text: string) => read('csv', text);

const HEADER = 'external_id,currency,occurred_at,code,line_id,quantity,unit_price,discount\n';
const AT = '2026-05-10T12:00:00+02:00';

describe('a CSV of sales', () => {
  it('reads exact decimals in the currency of the row', async () => {
    const { sales } = await readCsv(`${HEADER}1,EUR,${AT},YUKI,,2,12.34,0.68\n2,JPY,${AT},YUKI,,1,12000,\n`);
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
  ])('tells the line of the price %s and reads the others', async (price, code) => {
    const content = await readCsv(
      `${HEADER}1,EUR,${AT},A,,1,5.00,\n2,EUR,${AT},A,,1,${price},\n3,EUR,${AT},A,,1,5.00,\n`,
    );
    expect(content.badRows).toMatchObject([{ line: 3, code }]);
    expect(content.sales.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('refuses a time without its zone and a day that does not exist', async () => {
    const rows = `1,EUR,2026-05-10 12:00:00,A,,1,5.00,\n2,EUR,2026-02-30T12:00:00Z,A,,1,5.00,\n`;
    expect((await readCsv(HEADER + rows)).badRows.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('makes rows that name their lines one order', async () => {
    const rows = `1,EUR,${AT},A,x,1,5.00,\n2,EUR,${AT},A,,1,1.00,\n1,EUR,${AT},A,y,1,7.00,\n1,EUR,${AT},A,x,1,5.00,\n`;
    const { sales, badRows } = await readCsv(HEADER + rows);
    expect(badRows).toEqual([]);
    expect(sales.map(({ event }) => [event.externalId, event.lines?.length])).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
  });

  it('says of each line by whom it came', async () => {
    const header =
      'external_id,currency,occurred_at,line_id,unit_price,line_code,line_link,line_click_ids,line_clicked_at\n';
    const rows = `1,EUR,${AT},x,5.00,MEI,,,\n1,EUR,${AT},y,7.00,,yuki,click_1 click_2,${AT}\n1,EUR,${AT},z,1.00,,,,\n`;
    const { sales, badRows } = await readCsv(header + rows);
    expect(badRows).toEqual([]);
    expect(sales[0]?.event.lines).toMatchObject([
      { lineId: 'x', code: 'MEI', clickIds: [], linkSlug: null, clickedAt: null },
      { lineId: 'y', code: null, clickIds: ['click_1', 'click_2'], linkSlug: 'yuki', clickedAt: new Date(AT) },
      { lineId: 'z', code: null, clickIds: [], linkSlug: null },
    ]);
  });

  it('has no line of which to say by whom it came, where a base stands for all of them', async () => {
    const header = 'external_id,currency,occurred_at,base_amount,line_code,line_clicked_at\n';
    const { badRows } = await readCsv(`${header}1,EUR,${AT},5.00,MEI,\n2,EUR,${AT},5.00,,${AT}\n3,EUR,${AT},5.00,,\n`);
    expect(badRows.map(({ line, column }) => [line, column])).toEqual([
      [2, 'line_code'],
      [3, 'line_clicked_at'],
    ]);
  });

  it('records no half order', async () => {
    const rows = `1,EUR,${AT},A,x,1,5.00,\n1,USD,${AT},A,y,1,7.00,\n`;
    const { sales, badRows } = await readCsv(HEADER + rows);
    expect(sales).toEqual([]);
    expect(badRows.map(({ line, code }) => [line, code])).toEqual([[3, 'ROWS_DISAGREE']]);
  });

  it('tells rows of a wrong length and a quote that never closes', async () => {
    const rows = `1,EUR,${AT},A\n2,EUR,${AT},"A"b,,1,5.00,\n3,EUR,${AT},"A,,1,5.00,\n4,EUR,${AT},A,,1,5.00,\n`;
    const { sales, badRows } = await readCsv(HEADER + rows);
    expect(badRows.map(({ line, code }) => [line, code])).toEqual([
      [2, 'WRONG_NUMBER_OF_VALUES'],
      [4, 'QUOTE_NOT_CLOSED'],
    ]);
    expect(sales.map(({ line }) => line)).toEqual([3]);
  });

  it('reads a byte order mark, semicolons and Windows lines', async () => {
    const text = `\uFEFFExternal ID;Currency;Occurred At;Base Amount\r\n1;EUR;${AT};10.00\r\n`;
    expect((await readCsv(text)).sales[0]?.event).toMatchObject({ externalId: '1', baseMinor: 10_00n });
  });

  it('reads refunds by amount, by units and in full', async () => {
    const header = 'type,external_id,sale_external_id,currency,occurred_at,sku,quantity,refund_amount,full_refund\n';
    const rows = `refund,r1,1,EUR,${AT},,,2.50,\nrefund,r2,1,EUR,${AT},PURSE,1,,\nrefund,r3,1,EUR,${AT},,,,yes\n`;
    expect((await readCsv(header + rows)).refunds.map(({ event }) => event)).toMatchObject([
      { amountMinor: 2_50n, full: false, lines: [] },
      { amountMinor: null, lines: [{ sku: 'PURSE', quantity: 1 }] },
      { full: true },
    ]);
  });

  it('names the columns that are missing', async () => {
    await expect(readCsv('order,amount\n1,2\n')).rejects.toThrow(UnreadableSalesFile);
    await expect(readCsv('')).rejects.toThrow('external_id, currency, occurred_at');
  });
});
