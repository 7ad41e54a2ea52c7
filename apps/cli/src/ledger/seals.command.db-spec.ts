import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { type DealInTest, dealInTest, fund, saleOf } from '../../../../test/invariants/deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { sealingOf } from '../../../../test/invariants/sealed-books';
import { eventually } from '../../../../test/support/eventually';

const ROOT = resolve(__dirname, '../../../..');

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

let ledger: LedgerUnderTest;
let owner: Client;
let folder: string;
let deal: DealInTest;

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
  folder = await mkdtemp(join(tmpdir(), 'evenhand-seals-'));
  deal = await dealInTest(ledger);
  await fund(ledger, deal, 100n, 'commission_reserve');
  await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 200n), saleOf(deal, 20n)]));
  // The server is shared: what others have under way is waited for.
  await eventually(
    () => sealingOf(ledger).settleAndSeal(),
    (sealed) => sealed > 0,
  );
}, 60_000);
afterAll(async () => {
  await owner.end();
  await ledger.close();
  await rm(folder, { recursive: true });
});

function node(...words: readonly string[]): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: ledger.url, DATA_DIR: folder };
  return new Promise((done) => {
    execFile(process.execPath, words, { cwd: ROOT, env }, (error, stdout, stderr) => {
      done({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}
const seals = (...words: readonly string[]) =>
  node('test/support/run-typescript.cjs', 'apps/cli/src/main.ts', 'seals', ...words);

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe('the seals on the command line', () => {
  it('give a receipt that verifies, and does not once it is tampered with', async () => {
    const sale = (await owner.query<{ id: string }>(`select min(earning_id) as id from ledger.earnings`)).rows[0]?.id;
    const { exitCode, stdout } = await seals('receipt', `txn_${deal.bookId}_${sale}`);
    expect(exitCode).toBe(0);
    const good = await node('apps/cli/verify-receipt.mjs', await file('receipt.json', stdout));
    expect(good).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`VALID: transaction ${sale} of book`) });
    const written = await seals('receipt', `txn_${deal.bookId}_${sale}`, '--out', join(folder, 'written.json'));
    expect(written.stdout).toContain('written.json written');
    expect((await node('apps/cli/verify-receipt.mjs', join(folder, 'written.json'))).exitCode).toBe(0);
    const head = (await seals('heads')).stdout.match(/"hash":"([0-9a-f]{64})"/)?.[1];
    const trusting = await node('apps/cli/verify-receipt.mjs', join(folder, 'receipt.json'), '--head', head ?? '');
    expect(trusting.exitCode).toBe(0);
    const tampered = await file('tampered.json', stdout.replace('"amountMinor": "100"', '"amountMinor": "900"'));
    expect(await node('apps/cli/verify-receipt.mjs', tampered)).toEqual({
      exitCode: 1,
      stdout: 'NOT VALID: The transaction is not the one that was sealed.\n',
      stderr: '',
    });
  });

  it('find all as sealed, and name what somebody changed with the rights of the owner', async () => {
    const heads = await file('heads.jsonl', (await seals('heads')).stdout);
    expect(await seals('verify', '--heads', heads)).toMatchObject({
      exitCode: 0,
      stdout: 'All as sealed: 4 transactions in 1 seal of 1 book.\n',
    });
    await owner.query(`set session_replication_role = 'replica'`);
    const changed = await owner.query<{ id: string }>(
      `update ledger.shares set amount_minor = amount_minor + 1
       where share_id = (select max(share_id) from ledger.shares) returning share_id >> 6 as id`,
    );
    const words = `transaction ${changed.rows[0]?.id} of book ${deal.bookId}, sealed in seal 1, does not have the content`;
    expect(await seals('verify')).toMatchObject({
      exitCode: 1,
      stdout: `BROKEN ${words} it was sealed with: its shares changed\n1 finding in 4 transactions in 1 seal of 1 book.\n`,
    });
    await owner.query(
      'update ledger.shares set amount_minor = amount_minor - 1 where share_id = (select max(share_id) from ledger.shares)',
    );
    const other = await file('other.jsonl', JSON.stringify({ bookId: deal.bookId, sealNo: 1, hash: 'f'.repeat(64) }));
    expect((await seals('verify', '--heads', other)).stdout).toContain(
      'seal 1 of book 1 is not the one that is trusted',
    );
  });

  it.each([
    ['an id that is none', ['receipt', 'sale_1'], '"sale_1" is not the id of a transaction.'],
    ['a transaction that is not there', ['receipt', 'txn_1_999'], 'NOT_FOUND: Transaction was not found.'],
    ['a head that is no number', ['receipt', 'txn_1_1', '--head', 'x'], '"x" is not the number of a seal.'],
    ['heads that are not there', ['verify', '--heads', 'none.jsonl'], 'There is no file none.jsonl.'],
    ['heads that are none', ['verify', '--heads', 'package.json'], 'What is in line 1 of package.json is no head'],
  ])('say plainly: %s', async (_what, words, message) => {
    const { exitCode, stderr } = await seals(...words);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
