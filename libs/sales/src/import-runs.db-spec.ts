import { systemActor } from '@evenhand/kernel';
import { Client } from 'pg';
import { piecesOf } from '../../../test/support/sales/pieces';
import { NOW, type SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';
import { GetImport, MAX_FILE_BYTES, RunImport, SalesFileTooLarge, StartImport, WatchImports } from './index';

const SYSTEM = systemActor('test');
const HEADER = 'external_id,code,currency,occurred_at,unit_price\n';
const CSV = `${HEADER}1,YUKI,EUR,2026-05-10T12:00:00Z,9.99\n`;

describe('an import that something happens to', () => {
  let world: SalesWorld;
  let brandId: string;

  withSalesWorld((made) => (world = made));

  beforeEach(async () => {
    brandId = await world.brand();
  });

  const startWith = (bytes: AsyncIterable<Buffer>) => {
    const given = {
      actor: SYSTEM,
      brandId,
      fileName: 'f',
      mapping: 'csv',
      source: null,
      currency: null,
      dryRun: false,
    };
    return world.get(StartImport).execute({ ...given, bytes });
  };

  const start = async (content: string) => (await startWith(piecesOf(Buffer.from(content), 50_000))).import;

  async function asOwner(sql: string, parameters: readonly unknown[]): Promise<void> {
    const owner = new Client({ connectionString: world.databaseUrl });
    await owner.connect();
    try {
      await owner.query(sql, [...parameters]);
    } finally {
      await owner.end();
    }
  }

  it('goes on where it was killed, over many chunks, and two runs at once record nothing twice', async () => {
    world.deal(brandId, 'YUKI', { commission: { capMinor: 500_00n } });
    const rows = Array.from({ length: 2_500 }, (_, n) => `${n},YUKI,EUR,2026-05-10T12:00:00Z,9.99\n`);
    const { importId } = await start(HEADER + rows.join(''));
    const run = () => world.get(RunImport).execute({ brandId, importId });
    const killed = jest.spyOn(world.clock, 'now');
    let chunks = 0;
    killed.mockImplementation(() => {
      chunks += 1;
      if (chunks > 3) throw new Error('killed');
      return world.clock.at;
    });
    await expect(run()).rejects.toThrow('killed');
    killed.mockRestore();
    const half = await world.get(GetImport).execute({ actor: SYSTEM, importId });
    expect(half).toMatchObject({ state: 'running', rowsTotal: 2_500, rowsRead: 2_000, salesRecorded: 2_000 });
    const both = await Promise.all([run(), run()]);
    expect(both.map((file) => file?.state)).toContain('done');
    const done = await world.get(GetImport).execute({ actor: SYSTEM, importId });
    expect(done).toMatchObject({ state: 'done', rowsRead: 2_500, salesRecorded: 2_500, knownBefore: 0 });
    const page = { first: 1, after: null };
    const { totals } = await world.listSales.execute({ actor: SYSTEM, filter: { brandId }, page });
    expect(totals).toMatchObject([{ count: 2_500, commissionMinor: 500_00n }]);
  }, 60_000);

  it('tries a file again with growing pauses where it could not be read for a reason of ours, then leaves it to a person', async () => {
    const { importId } = await start(CSV);
    await asOwner(`update sales.import_parts set sealed = 'k0.broken' where import_id = $1`, [importId]);
    const get = () => world.get(GetImport).execute({ actor: SYSTEM, importId });
    const isDue = async () => (await world.get(WatchImports).due(100)).some((due) => due.importId === importId);
    for (let attempt = 1; attempt < 12; attempt += 1) {
      expect(await isDue()).toBe(true);
      await expect(world.get(RunImport).execute({ brandId, importId })).rejects.toThrow('No key');
      expect(await isDue()).toBe(false);
      const { dueAt } = await get();
      expect(dueAt.getTime() - world.clock.at.getTime()).toBe(1_000 * 2 ** attempt);
      world.clock.at = dueAt;
    }
    await expect(world.get(RunImport).execute({ brandId, importId })).rejects.toThrow('No key');
    world.clock.at = NOW;
    expect(await get()).toMatchObject({ state: 'failed', reason: { code: 'INTERNAL_ERROR' } });
    expect((await world.importFile(brandId, CSV)).isNew).toBe(true);
  });

  it('forgets what was begun to be received a day ago and never was', async () => {
    async function* cut() {
      yield Buffer.from(CSV);
      throw new Error('cut off');
    }
    await expect(startWith(cut())).rejects.toThrow('cut off');
    const left = () => world.rowsFor(SYSTEM, 'select 1 from sales.imports where brand_id = $1', [brandId]);
    expect(await left()).toEqual([]);
    await asOwner(
      `insert into sales.imports (brand_id, import_id, file_name, mapping_name, mapping, source, dry_run, created_at, due_at)
       values ($1, gen_random_uuid(), 'f', 'csv', '{}', 'csv', false, $2, $2)`,
      [brandId, NOW],
    );
    await world.get(WatchImports).forgetAbandoned();
    expect(await left()).toHaveLength(1);
    world.clock.at = new Date(NOW.getTime() + 25 * 3_600_000);
    await world.get(WatchImports).forgetAbandoned();
    world.clock.at = NOW;
    expect(await left()).toEqual([]);
  });

  it('reads no more than it may, and keeps nothing of what was too much', async () => {
    const piece = Buffer.alloc(8 * 1024 * 1024, 'a');
    async function* endless() {
      for (let sent = 0; sent <= MAX_FILE_BYTES; sent += piece.length) yield piece;
    }
    await expect(startWith(endless())).rejects.toThrow(SalesFileTooLarge);
    const left = await world.rowsFor(SYSTEM, 'select 1 from sales.import_parts where brand_id = $1', [brandId]);
    expect(left).toEqual([]);
  }, 60_000);
});
