import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Forbidden, NotFound, systemActor } from '@evenhand/kernel';
import { person, type SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';
import { piecesOf } from '../../../test/support/sales/pieces';
import {
  GetImport,
  ListFileMappings,
  ListImports,
  RemoveFileMapping,
  SaveFileMapping,
  StartImport,
  UnreadableSalesFile,
} from './index';
import { PRESET_MAPPINGS } from './domain/preset-mappings';

const SYSTEM = systemActor('test');
const CSV = `type,external_id,sale_external_id,order_number,code,currency,occurred_at,quantity,unit_price,refund_amount
sale,1,,#1,YUKI,EUR,2026-05-10T12:00:00+08:00,2,49.95,
sale,2,,#2,YUKI,EUR,2026-05-10T12:00:00+08:00,1,"1,00",
sale,3,,#3,TYPO,EUR,2026-05-10T12:00:00+08:00,1,10.00,
refund,r1,1,,,EUR,2026-05-12T12:00:00+08:00,,,9.99
`;
const AWIN_HEADER = 'id,publisher_id,sale_amount,commission,date,commission_status,extra,voucher_code\n';

describe('importing a file', () => {
  let world: SalesWorld;
  let brandId: string;

  withSalesWorld((made) => (world = made));

  beforeEach(async () => {
    brandId = await world.brand();
  });

  const sample = (name: string) => readFileSync(join(__dirname, '..', 'test-data', 'shopify', `${name}.json`));

  async function salesOf() {
    const page = { first: 10, after: null };
    return world.listSales.execute({ actor: SYSTEM, filter: { brandId }, page });
  }

  async function start(content: string | Buffer) {
    const bytes = piecesOf(Buffer.from(content), 50_000);
    const given = {
      actor: SYSTEM,
      brandId,
      fileName: 'f',
      mapping: 'csv',
      source: null,
      currency: null,
      dryRun: false,
    };
    return (await world.get(StartImport).execute({ ...given, bytes })).import;
  }

  it('records the good rows and tells the others with line, column and reason; the same file again changes nothing', async () => {
    world.deal(brandId, 'YUKI');
    const { file, isNew, rows } = await world.importFile(brandId, CSV, { pieceBytes: 11 });
    expect(isNew).toBe(true);
    expect(file).toMatchObject({
      state: 'done',
      rowsTotal: 4,
      rowsRead: 4,
      salesRecorded: 1,
      refundsRecorded: 1,
      unattributed: 1,
      badRows: 1,
      refused: 0,
    });
    expect(rows).toMatchObject([
      { line: 3, column: 'unit_price', outcome: 'unreadable', externalId: '2', reason: { code: 'INVALID_AMOUNT' } },
      { line: 4, column: null, outcome: 'unattributed', externalId: '3', reason: { code: 'UNKNOWN_CODE_OR_LINK' } },
    ]);
    const { totals } = await salesOf();
    expect(totals).toMatchObject([
      { count: 1, baseMinor: 99_90n, refundedBaseMinor: 9_99n, commissionMinor: 9_99n, commissionReversedMinor: 1_00n },
    ]);
    const again = await world.importFile(brandId, CSV);
    expect(again).toMatchObject({ isNew: false, file: { importId: file.importId, state: 'done' } });
    const resaved = await world.importFile(brandId, `${CSV}\n`);
    expect(resaved.file).toMatchObject({
      salesRecorded: 0,
      refundsRecorded: 0,
      knownBefore: 2,
      unattributed: 1,
      badRows: 1,
    });
    expect((await salesOf()).totals).toEqual(totals);
  });

  it('says in a dry run what would become of each row and writes no sale', async () => {
    world.deal(brandId, 'YUKI');
    const { file, rows } = await world.importFile(brandId, CSV, { dryRun: true });
    expect(file).toMatchObject({ state: 'done', salesRecorded: 1, refundsRecorded: 1, unattributed: 1, badRows: 1 });
    expect(rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [3, 'unreadable'],
      [4, 'unattributed'],
    ]);
    expect((await salesOf()).totalCount).toBe(0);
    const inbox = await world.listIntakeProblems.execute({
      actor: SYSTEM,
      filter: { brandId },
      page: { first: 10, after: null },
    });
    expect(inbox.totalCount).toBe(0);
    expect((await world.importFile(brandId, CSV)).file).toMatchObject({ salesRecorded: 1, refundsRecorded: 1 });
  });

  it('takes corrections of a network back from the sale they name, each once, and those that come first when it comes', async () => {
    world.deal(brandId, 'YUKI');
    const row = (amount: string, day: number, status: string, id = '901') =>
      `${id},7,${amount},1.00,2026-05-${day} 12:00:00,${status},#1001,YUKI\n`;
    const options = { mapping: 'awin', currency: 'EUR' };
    const early = await world.importFile(brandId, AWIN_HEADER + row('-10.00', 12, 'approved'), options);
    expect(early.file).toMatchObject({ parked: 1, refundsRecorded: 0 });
    const sale = row('100.00', 10, 'pending');
    const [first, second] = [row('-10.00', 12, 'approved'), row('-10.00', 13, 'pending')];
    await world.importFile(brandId, AWIN_HEADER + sale + first + first + second, options);
    const totals = { count: 1, baseMinor: 100_00n, refundedBaseMinor: 20_00n, commissionReversedMinor: 2_00n };
    expect((await salesOf()).totals).toMatchObject([totals]);
    const later = row('100.00', 10, 'approved') + first + second.replace('pending', 'approved');
    await world.importFile(brandId, AWIN_HEADER + later, options);
    expect((await salesOf()).totals).toMatchObject([totals]);
    const declined = await world.importFile(brandId, AWIN_HEADER + row('100.00', 10, 'declined'), options);
    expect(declined.file).toMatchObject({ refundsRecorded: 1 });
    expect((await salesOf()).totals).toMatchObject([{ refundedBaseMinor: 100_00n, commissionReversedMinor: 10_00n }]);
    const saleId = (await salesOf()).rows[0]?.node.saleId ?? '';
    expect(await world.earningOf(saleId)).toEqual({ base: '0', gross: '0', shares: ['0', '0', '0'] });
    const much = await world.importFile(brandId, AWIN_HEADER + row('-1.00', 20, 'approved'), options);
    expect(much.rows).toMatchObject([{ outcome: 'refused', reason: { code: 'REFUND_MORE_THAN_SALE' } }]);
  });

  it('reads by a mapping of the brand’s own, and keeps it with the import', async () => {
    world.deal(brandId, 'YUKI');
    const preset = PRESET_MAPPINGS['awin'];
    if (!preset) throw new Error('There is Awin.');
    const mapping = {
      ...preset,
      columns: { external_id: ['Nr'], amount: ['Umsatz'], occurred_at: ['Datum'], code: ['Gutschein'] },
      currency: 'EUR',
      decimal: ',' as const,
      thousands: '.' as const,
      dates: 'day_first' as const,
      timeZone: 'Europe/Berlin',
    };
    await world.get(SaveFileMapping).execute({ actor: SYSTEM, brandId, name: 'partner', mapping });
    const text = 'Nr;Datum;Umsatz;Gutschein\n1;10.05.2026 12:00;1.234,50;YUKI\n';
    const { file } = await world.importFile(brandId, text, { mapping: 'partner' });
    expect(file).toMatchObject({ salesRecorded: 1, source: 'partner', mapping: { timeZone: 'Europe/Berlin' } });
    expect((await salesOf()).totals).toMatchObject([{ baseMinor: 1_234_50n }]);
    expect((await salesOf()).rows[0]?.node.occurredAt).toEqual(new Date('2026-05-10T10:00:00Z'));
    const bad = { ...mapping, columns: { external_id: ['Nr'] } };
    const save = world.get(SaveFileMapping);
    await expect(save.execute({ actor: SYSTEM, brandId, name: 'partner', mapping: bad })).rejects.toThrow(
      'amount, occurred_at',
    );
    await expect(save.execute({ actor: SYSTEM, brandId, name: 'awin', mapping })).rejects.toThrow('has this name');
    const names = (await world.get(ListFileMappings).execute({ actor: SYSTEM, brandId })).map(({ name }) => name);
    expect(names).toEqual(['csv', 'shopify', 'awin', 'impact', 'cj', 'partner']);
    const remove = world.get(RemoveFileMapping);
    expect(await remove.execute({ actor: SYSTEM, brandId, name: 'partner' })).toEqual({ removed: true });
    expect(await remove.execute({ actor: SYSTEM, brandId, name: 'partner' })).toEqual({ removed: false });
    await expect(world.importFile(brandId, text, { mapping: 'partner' })).rejects.toThrow(NotFound);
  });

  it('leaves out orders whose rows stand far apart, whole', async () => {
    world.deal(brandId, 'YUKI');
    const line = (id: string, lineId: string) => `${id},YUKI,EUR,2026-05-10T12:00:00Z,${lineId},9.99\n`;
    const others = Array.from({ length: 1_200 }, (_, n) => line(`o${n}`, ''));
    const text = `external_id,code,currency,occurred_at,line_id,unit_price\n${line('apart', 'a')}${others.join('')}${line('apart', 'b')}`;
    const { file, rows } = await world.importFile(brandId, text);
    expect(file).toMatchObject({ salesRecorded: 1_200, badRows: 2 });
    expect(rows.map(({ line: at, reason }) => [at, reason.code])).toEqual([
      [2, 'ROWS_APART'],
      [1_203, 'ROWS_APART'],
    ]);
  });

  it("records Shopify's sample order and its refund, each once, and stores nothing of the customer", async () => {
    world.deal(brandId, 'TENOFF', { currency: 'USD', activeFrom: new Date('2008-01-01T00:00:00Z') });
    const shopify = { mapping: 'shopify' };
    expect((await world.importFile(brandId, sample('order'), shopify)).file).toMatchObject({ salesRecorded: 1 });
    expect((await world.importFile(brandId, sample('refund'), shopify)).file).toMatchObject({ refundsRecorded: 1 });
    const [sale] = (await salesOf()).rows;
    expect(sale?.node).toMatchObject({ baseMinor: 597_00n, refundedBaseMinor: 398_00n, commissionMinor: 59_70n });
    expect(await world.earningOf(sale?.node.saleId ?? '')).toMatchObject({ base: '19900', gross: '1990' });
    expect((await world.importFile(brandId, sample('order'), shopify)).isNew).toBe(false);
    const [withoutLines] = (await world.importFile(brandId, sample('orders'), shopify)).rows;
    expect(withoutLines).toMatchObject({ outcome: 'refused', reason: { code: 'SALE_CONFLICT' } });
    const kept = await world.rowsFor(
      SYSTEM,
      `select content from sales.intake_events where brand_id = $1
       union all select records from sales.import_rows where brand_id = $1`,
      [brandId],
    );
    expect(JSON.stringify(kept)).not.toMatch(/bob|norman|hostmail|chestnut|4242/i);
    const parts = await world.rowsFor<{ sealed: string }>(
      SYSTEM,
      'select sealed from sales.import_parts where brand_id = $1',
      [brandId],
    );
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.filter(({ sealed }) => !/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(sealed))).toEqual([]);
  });

  it('says why a file as a whole cannot be read, and lets it be sent again', async () => {
    const missing = await world.importFile(brandId, 'order,amount\n1,2\n');
    expect(missing.file).toMatchObject({ state: 'failed', reason: { code: 'UNREADABLE_SALES_FILE' } });
    expect((await world.importFile(brandId, 'order,amount\n1,2\n')).isNew).toBe(true);
    const latin = Buffer.concat([Buffer.from('external_id,currency,occurred_at\n'), Buffer.from([0xe9, 0x0a])]);
    expect((await world.importFile(brandId, latin)).file.reason?.message).toBe('The file is not UTF-8 text.');
    await expect(start('')).rejects.toThrow(UnreadableSalesFile);
    await expect(start(Buffer.from('504b030414', 'hex'))).rejects.toThrow('a workbook or an archive');
    await expect(start('a\u0000b')).rejects.toThrow('This is no text.');
    const unbooked = randomUUID();
    world.deal(unbooked, 'YUKI');
    expect((await world.importFile(unbooked, CSV)).file).toMatchObject({ reason: { code: 'BOOK_NOT_OPEN' } });
  });

  it('is for the brand alone: managers import, viewers look', async () => {
    const member = (role: 'manager' | 'viewer', partyId = brandId) =>
      person({ memberships: [{ partyId, kind: 'brand', role }] });
    const { file } = await world.importFile(brandId, CSV);
    const importId = file.importId;
    const page = { first: 10, after: null };
    const bytes = () => piecesOf(Buffer.from(CSV), 100);
    const given = { brandId, fileName: 'f', mapping: 'csv', source: 'other', currency: null, dryRun: false };
    const viewer = member('viewer');
    expect(await world.get(GetImport).execute({ actor: viewer, importId })).toMatchObject({ importId });
    expect((await world.get(GetImport).rows({ actor: viewer, importId, page })).totalCount).toBe(4);
    expect((await world.get(ListImports).execute({ actor: viewer, brandId, page })).totalCount).toBe(1);
    await expect(world.get(StartImport).execute({ actor: viewer, ...given, bytes: bytes() })).rejects.toThrow(
      Forbidden,
    );
    const rival = member('manager', await world.brand());
    await expect(world.get(GetImport).execute({ actor: rival, importId })).rejects.toThrow(NotFound);
    await expect(world.get(ListImports).execute({ actor: rival, brandId, page })).rejects.toThrow(NotFound);
    await expect(world.get(StartImport).execute({ actor: rival, ...given, bytes: bytes() })).rejects.toThrow(NotFound);
    await expect(
      world.get(StartImport).execute({ actor: member('manager'), ...given, bytes: bytes() }),
    ).resolves.toMatchObject({ isNew: true });
    for (const table of ['imports', 'import_rows', 'import_parts', 'mends', 'file_mappings']) {
      expect(await world.rowsFor(rival, `select 1 from sales.${table}`)).toEqual([]);
    }
    expect(await world.rowsFor(viewer, 'select 1 from sales.import_parts')).toEqual([]);
  });
});
