import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AuditModule, SealAuditLog } from '@evenhand/audit';
import { Client } from 'pg';
import { DealWorld } from '../../../../test/support/deal-world';
import { eventually } from '../../../../test/support/eventually';

const ROOT = resolve(__dirname, '../../../..');

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

let world: DealWorld;
let owner: Client;
let folder: string;

beforeAll(async () => {
  world = await DealWorld.open(undefined, [AuditModule]);
  owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
  folder = await mkdtemp(join(tmpdir(), 'evenhand-audit-'));
  for (let brands = 0; brands < 2; brands += 1) await world.signUpBrand();
  // The server is shared: what others have under way is waited for.
  await eventually(
    () => world.get(SealAuditLog).execute({ now: new Date(), limit: 1_000 }),
    (sealed) => sealed > 0,
  );
}, 60_000);
afterAll(async () => {
  await owner.end();
  await world.close();
  await rm(folder, { recursive: true });
});

function cli(...words: readonly string[]): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: world.databaseUrl, DATA_DIR: folder };
  const script = ['test/support/run-typescript.cjs', 'apps/cli/src/main.ts', ...words];
  return new Promise((done) => {
    execFile(process.execPath, script, { cwd: ROOT, env }, (error, stdout, stderr) => {
      done({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe('the audit log on the command line', () => {
  it('is found as sealed, and the first entry is named that somebody changed with the rights of the owner', async () => {
    const heads = await file('heads.jsonl', (await cli('audit', 'head')).stdout);
    const sound = await cli('audit', 'verify', '--heads', heads);
    expect(sound).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^All as sealed: \d+ links\.\n$/) });
    await owner.query(`set session_replication_role = 'replica'`);
    const hiding = `update audit.entries set actor_name = 'nobody' where entry_id in (2, 4)`;
    await owner.query(hiding);
    const { exitCode, stdout } = await cli('audit', 'verify');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^BROKEN entry 2, of \w+ [0-9a-f-]+, is not as link 2 sealed it\nBROKEN entry 4,/);
    const invariants = await cli('invariants');
    expect(invariants.exitCode).toBe(1);
    expect(invariants.stdout).toContain('BROKEN every entry of the audit log is as its link sealed it: entry 2, of');
    const other = await file('other.jsonl', `{"link":"1","hash":"${'f'.repeat(64)}"}`);
    expect((await cli('audit', 'verify', '--heads', other)).stdout).toContain(
      'link 1 is not the one that is trusted: the chain was written anew',
    );
  });

  it.each([
    ['heads that are not there', ['verify', '--heads', 'none.jsonl'], 'There is no file none.jsonl.'],
    ['heads that are none', ['verify', '--heads', 'package.json'], 'What is in line 1 of package.json is no head'],
  ])('says plainly: %s', async (_what, words, message) => {
    const { exitCode, stderr } = await cli('audit', ...words);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
