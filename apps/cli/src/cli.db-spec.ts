import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { Client } from 'pg';

const ROOT = resolve(__dirname, '../../..');
const BRAND_ID = '01900000-0000-7000-8000-000000000001';
const HEADER = 'external_id,currency,occurred_at,code,base_amount\n';

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const AWIN = 'id,sale_amount,date,voucher_code\n901,12.00,2026-05-10 12:00,NOBODY\n';

describe('the command line', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'evenhand-cli-'));
    await sql(`insert into parties.parties (id, kind, display_name, country)
               values ('${BRAND_ID}', 'brand', 'Maison Test', 'FR')`);
  });

  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  async function sql(statement: string): Promise<unknown[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<object>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  function cli(...words: string[]): Promise<Ended> {
    const script = ['test/support/run-typescript.cjs', 'apps/cli/src/main.ts', ...words];
    const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: folder };
    return new Promise((done) => {
      execFile(process.execPath, script, { cwd: ROOT, env }, (error, stdout, stderr) => {
        done({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      });
    });
  }

  async function file(name: string, content: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  it('imports a file, tells what waits and what is bad, and the second time changes nothing', async () => {
    const row = 'EUR,2026-05-01T10:00:00Z,NOBODY';
    const path = await file('sales.csv', `${HEADER}1,${row},10.00\n2,${row},"1,00"\n`);
    const first = await cli('sales', 'import', path, '--brand', 'maison test');
    expect(first).toMatchObject({ exitCode: 2, stderr: '' });
    expect(first.stdout).toContain('1 unattributed, 0 waiting for their sale, 0 refused, 1 bad row.');
    expect(first.stdout).toContain('line 2: 1 unattributed, UNKNOWN_CODE_OR_LINK');
    expect(first.stdout).toContain('line 3, base_amount: bad row, INVALID_AMOUNT');
    const second = await cli('sales', 'import', path, '--brand', BRAND_ID);
    expect(second.stdout).toContain('This file was imported before: nothing is done again.');
    const report = await cli('sales', 'import', await file('awin.csv', AWIN), '--brand', BRAND_ID, '--format', 'awin');
    expect(report.stderr).toContain('UNREADABLE_SALES_FILE: The header lacks: currency');
    const again = ['--brand', BRAND_ID, '--format', 'awin', '--currency', 'EUR'];
    const told = await cli('sales', 'import', await file('awin.csv', AWIN), ...again);
    expect(told.stdout).toContain('line 2: 901 unattributed');
    expect(await sql('select count(*)::integer as count from sales.intake_events')).toEqual([{ count: 2 }]);
  });

  it('records nothing in a dry run', async () => {
    const path = await file('dry.csv', `${HEADER}dry,EUR,2026-05-01T10:00:00Z,NOBODY,10.00\n`);
    const { exitCode, stdout } = await cli('sales', 'import', path, '--brand', BRAND_ID, '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('A dry run: nothing was recorded.');
    expect(await sql(`select from sales.intake_events where external_id = 'dry'`)).toEqual([]);
  });

  it.each([
    ['a file that is not there', ['none.csv', '--brand', BRAND_ID], 'There is no file none.csv.'],
    [
      'a file that is no CSV of sales',
      ['package.json', '--brand', BRAND_ID],
      'UNREADABLE_SALES_FILE: The header lacks',
    ],
    ['no brand of that name', ['package.json', '--brand', 'Nobody'], 'There is no brand with the id or name "Nobody".'],
    ['an unknown format', ['package.json', '--brand', BRAND_ID, '--format', 'xml'], 'There is no format "xml"'],
    ['no brand at all', ['package.json'], "required option '--brand"],
  ])('says plainly: %s', async (_what, words, message) => {
    const { exitCode, stderr } = await cli('sales', 'import', ...words);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('finds the ledger in order, and names what is not', async () => {
    expect(await cli('invariants')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('hold.') });
  });

  it('rebuilds the ledger from the raw events of sales', async () => {
    const none = '0 deals: 0 sales and 0 refunds replayed, 0 shares, 0 bonus grants; 0 differ.\n';
    expect(await cli('replay')).toMatchObject({ exitCode: 0, stdout: none });
    const unknown = await cli('replay', '--campaign', BRAND_ID);
    expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('NOT_FOUND') });
    expect((await cli('replay', '--deal', 'nothing')).stderr).toContain('"nothing" is no id of a deal.');
  });

  it('replays the earnings of all books, or of one', async () => {
    const none = { exitCode: 0, stdout: '0 earnings replayed, 0 differ.\n' };
    expect(await cli('earnings', 'replay')).toMatchObject(none);
    await sql(`insert into ledger.books (brand_id) values ('${BRAND_ID}') on conflict do nothing`);
    expect(await cli('earnings', 'replay', '--brand', 'maison test')).toMatchObject(none);
  }, 60_000);

  it('says which earning its rule does not give again', async () => {
    const id = '01900000-0000-7000-8000-0000000000aa';
    const forge = (statement: string) => sql(`set session_replication_role = 'replica'; ${statement}`);
    await forge(`insert into ledger.earnings (book_id, earning_id, rule_id, kind, source_type, source_id, deal_id,
        campaign_id, influencer_id, currency, base_minor, gross_minor, from_escrow_minor, earned_at)
      select book_id, 7, 1, 'cash', 'deliverable', '${id}', '${id}', '${id}', '${id}', 'EUR', 100, 100, 0, now()
      from ledger.books where brand_id = '${BRAND_ID}'`);
    const { exitCode, stdout } = await cli('earnings', 'replay');
    await forge('delete from ledger.earnings where earning_id = 7');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^DIFFERS earning 7 of book \d+ \(deliverable 01900000\S+, EUR\): its rule is not stored\n/);
    expect(stdout).toContain('1 earning replayed, 1 differ.');
  });

  it('closes a period of a book once, forward, and says what is open', async () => {
    await sql(`insert into ledger.books (brand_id) values ('${BRAND_ID}') on conflict do nothing`);
    const close = (period: string, timeZone = 'Europe/Paris') =>
      cli('periods', 'close', '--brand', 'maison test', '--period', period, '--time-zone', timeZone);
    const closed = {
      exitCode: 0,
      stdout: 'Maison Test: closed to the end of 2025-10 in Europe/Paris; open from 2025-10-31T23:00:00.000Z on.\n',
    };
    expect(await close('2025-10')).toMatchObject(closed);
    expect(await close('2025-10')).toMatchObject(closed);
    expect(await sql('select period, closed_by from ledger.closed_periods')).toEqual([
      { period: '2025-10', closed_by: null },
    ]);
    for (const [period, timeZone, code] of [
      ['2025-09', 'Europe/Paris', 'PERIOD_ALREADY_CLOSED'],
      ['2999-01', 'Europe/Paris', 'PERIOD_NOT_OVER'],
      ['2025-11', '+01:00', 'UNKNOWN_TIME_ZONE'],
      ['November', 'UTC', 'INVALID_INPUT'],
    ] as const) {
      const { exitCode, stderr } = await close(period, timeZone);
      expect({ exitCode, code: stderr.split(':')[0] }).toEqual({ exitCode: 1, code });
    }
  }, 60_000);

  it('has exchange rates imported', async () => {
    expect((await cli('fx', 'import')).stdout).toMatch(/^\d+ rates added\.\n$/);
    const path = await file('eurofxref-hist.csv', 'Date,USD,JPY,\n2026-06-02,1.2,180,\n2026-04-13,1.1684,186.75,\n');
    expect(await cli('fx', 'import', path)).toMatchObject({ exitCode: 0, stdout: '2 rates added.\n' });
    const bad = await cli('fx', 'import', await file('rates.csv', 'Date,USD\nyesterday,1.2\n'));
    expect(bad).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('UNREADABLE_RATES: Line 2') });
  }, 60_000);
});
