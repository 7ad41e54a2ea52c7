import type { FileRow } from '../../application/files/sales-file-reader';
import type { FileMapping } from '../../domain/file-mapping';
import { PRESET_MAPPINGS } from '../../domain/preset-mappings';
import { SalesFileReaders } from './sales-file-readers';

const reader = new SalesFileReaders();

function read(preset: string, rows: readonly Record<string, string>[], change: Partial<FileMapping> = {}) {
  const mapping = PRESET_MAPPINGS[preset];
  if (!mapping) throw new Error(`There is no preset ${preset}.`);
  const records = rows.map((values, index): FileRow => ({ line: index + 2, values }));
  return reader.readRows({ ...mapping, ...change }, preset, records);
}

const awin = (values: Record<string, string> = {}) => ({
  id: '901',
  sale_amount: '1,234.50',
  commission: '60.00',
  date: '2026-05-10 12:00:00',
  commission_status: 'pending',
  extra: '#1001',
  voucher_code: 'YUKI',
  ...values,
});

describe('a transaction report', () => {
  it('of Awin tells sales by their own words, whatever their status is until they are declined', () => {
    for (const commission_status of ['pending', 'approved', '0', '1', '']) {
      expect(read('awin', [awin({ commission_status })], { currency: 'EUR' }).sales).toMatchObject([
        {
          line: 2,
          event: {
            source: 'awin',
            externalId: '901',
            orderNumber: '#1001',
            code: 'YUKI',
            currency: 'EUR',
            baseMinor: 1_234_50n,
            occurredAt: new Date('2026-05-10T12:00:00Z'),
          },
        },
      ]);
    }
    for (const commission_status of ['declined', 'deleted', '2']) {
      const { sales, refunds } = read('awin', [awin({ commission_status })], { currency: 'EUR' });
      expect(sales).toEqual([]);
      expect(refunds).toMatchObject([{ event: { externalId: '901:declined', saleExternalId: '901', full: true } }]);
    }
  });

  it('tells corrections of one transaction apart, and the same one again by whatever status', () => {
    const rows = [
      awin({ sale_amount: '-10.00', date: '2026-05-12 09:00:00' }),
      awin({ sale_amount: '-10.00', date: '2026-05-13 09:00:00' }),
      awin({ sale_amount: '-11.00', date: '2026-05-12 09:00:00' }),
      awin({ sale_amount: '-10.00', date: '2026-05-12 09:00:00', commission_status: 'approved', extra: '' }),
    ];
    const refunds = read('awin', rows, { currency: 'EUR' }).refunds.map(({ event }) => event);
    expect(refunds.map(({ saleExternalId, amountMinor }) => [saleExternalId, amountMinor])).toEqual([
      ['901', 10_00n],
      ['901', 10_00n],
      ['901', 11_00n],
      ['901', 10_00n],
    ]);
    expect(new Set(refunds.map(({ externalId }) => externalId)).size).toBe(3);
    expect(refunds[3]).toEqual(refunds[0]);
  });

  it('of CJ names the transaction that a row corrects; one that states no sale takes it back whole', () => {
    const row = (id: string, of: string, amount: string, commission: string) => ({
      'Commission ID': id,
      'Action Status': 'new',
      'Event Date': '2026-05-11T03:12:44Z',
      'Posting Date': '2026-05-18T11:00:00Z',
      Original: of === '' ? 'true' : 'false',
      'Original Action ID': of,
      'Publisher Commission USD': commission,
      'Sale Amount USD': amount,
    });
    const told = read('cj', [
      row('111', '', '92.00', '18.40'),
      row('112', '111', '-30.00', '-6.00'),
      row('113', '111', '0', '-12.40'),
      row('114', '111', '5.00', '1.00'),
    ]);
    expect(told.sales).toMatchObject([{ event: { externalId: '111', currency: 'USD', baseMinor: 92_00n } }]);
    expect(told.refunds.map(({ event }) => event)).toMatchObject([
      { externalId: '112', saleExternalId: '111', amountMinor: 30_00n, occurredAt: new Date('2026-05-18T11:00:00Z') },
      { externalId: '113', saleExternalId: '111', full: true },
    ]);
    expect(told.badRows).toMatchObject([{ line: 5, column: 'Sale Amount USD', code: 'INVALID_INPUT' }]);
  });

  it('of impact.com takes reversed actions back and leaves out what its media source does not answer for', () => {
    const row = (status: string, amount = '80.00') => ({
      'Action Id': '77.1.2',
      Status: status,
      'Action Date': '2026-05-10 14:30:00',
      'Modification Date': status === 'REVERSED' ? '2026-05-20 08:00:00' : '',
      'Sale Amount': amount,
      Currency: 'USD',
      OID: 'A-1',
      'Promo Code': 'YUKI',
    });
    const told = read('impact', [row('APPROVED'), row('REVERSED'), row('N/A (Media Source)'), row('PENDING', '-5.00')]);
    expect(told.sales).toMatchObject([{ event: { orderNumber: 'A-1', code: 'YUKI', baseMinor: 80_00n } }]);
    expect(told.refunds.map(({ event }) => event)).toMatchObject([
      { externalId: '77.1.2:declined', full: true, occurredAt: new Date('2026-05-20T08:00:00Z') },
      { saleExternalId: '77.1.2', amountMinor: 5_00n },
    ]);
    expect(told.ignored).toBe(1);
  });

  it.each([
    ['1.234,50', { decimal: ',', thousands: '.' }, 1_234_50n],
    ['1 234 567,50', { decimal: ',', thousands: ' ' }, 1_234_567_50n],
    ["1'234.50", { thousands: "'" }, 1_234_50n],
    ['12,5', { decimal: ',', thousands: null }, 12_50n],
  ] as const)('reads %s as the mapping says', (sale_amount, change, baseMinor) => {
    expect(read('awin', [awin({ sale_amount })], { currency: 'EUR', ...change }).sales).toMatchObject([
      { event: { baseMinor } },
    ]);
  });

  it('reads yen with decimals that are zeros', () => {
    const told = read('awin', [awin({ sale_amount: '12,000.00' }), awin({ sale_amount: '12.50' })], {
      currency: 'JPY',
    });
    expect(told.sales).toMatchObject([{ event: { baseMinor: 12_000n } }]);
    expect(told.badRows).toMatchObject([{ line: 3, code: 'INVALID_AMOUNT' }]);
  });

  it('reads a bracketed amount as negative', () => {
    const told = read('awin', [awin({ sale_amount: '(12.00)' })], { currency: 'EUR' });
    expect(told.refunds).toMatchObject([{ event: { amountMinor: 12_00n } }]);
  });

  it.each(['12,34.50', '1,23', '1.234.5', '1e3', '', '€5', '12.345'])(
    'refuses the amount “%s” by its column',
    (text) => {
      expect(read('awin', [awin({ sale_amount: text })], { currency: 'EUR' }).badRows).toMatchObject([
        { line: 2, column: 'sale_amount', code: 'INVALID_AMOUNT', externalId: '901' },
      ]);
    },
  );

  it.each([
    ['2026-05-10 12:00', 'year_first', '2026-05-10T03:00:00.000Z'],
    ['10/05/2026 12:00:30', 'day_first', '2026-05-10T03:00:30.000Z'],
    ['5/10/2026 12:15 AM', 'month_first', '2026-05-09T15:15:00.000Z'],
    ['10.05.2026', 'day_first', '2026-05-09T15:00:00.000Z'],
    ['2026-05-10T12:00:00+02:00', 'day_first', '2026-05-10T10:00:00.000Z'],
  ] as const)('reads the date %s %s in the zone of the mapping', (date, dates, instant) => {
    const { sales } = read('awin', [awin({ date })], { currency: 'EUR', dates, timeZone: 'Asia/Tokyo' });
    expect(sales[0]?.event.occurredAt.toISOString()).toBe(instant);
  });

  it.each(['2026-02-30 12:00', '31/12/2026', 'yesterday', '2026-05-10 25:00'])('refuses the date %s', (date) => {
    expect(read('awin', [awin({ date })], { currency: 'EUR' }).badRows).toMatchObject([{ column: 'date' }]);
  });
});
