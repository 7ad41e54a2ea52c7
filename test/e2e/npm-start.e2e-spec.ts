import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { GraphqlClient } from '../support/graphql-client';

const LAUNCHER = join(process.cwd(), 'dist', 'apps', 'launcher', 'src', 'main.js');

let dataDirectory: string;

beforeAll(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'evenhand-start-'));
});

afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly databaseUrl: string;
  readonly printed: () => string;
}

async function start(): Promise<Started> {
  const env = { ...process.env, NODE_OPTIONS: '', DATA_DIR: dataDirectory, DATABASE_URL: '', REDIS_URL: '', PORT: '0' };
  const child = spawn(process.execPath, [LAUNCHER], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('Ctrl-C stops everything')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`The launcher ended with ${code}:\n${printed}`)));
  });
  const find = (pattern: RegExp) => pattern.exec(printed)?.[1] ?? '';
  return {
    child,
    url: find(/Evenhand\s+(http\S+)/),
    databaseUrl: find(/DATABASE_URL (\S+)/),
    printed: () => printed,
  };
}

async function interrupt({ child }: Started): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const [code] = (await ended) as [number | null];
  return code;
}

async function isReachable(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

/** The first demo login that the welcome text shows. */
function firstLogin(printed: string): { email: string; password: string } {
  const [, email = '', password = ''] = /^\s+(\S+@\S+)\s+(\S+)\s/m.exec(printed) ?? [];
  return { email, password };
}

describe('npm start', () => {
  it('runs everything, lets the demo people sign in, stops without a trace and keeps the data', async () => {
    const first = await start();
    const login = firstLogin(first.printed());
    const client = new GraphqlClient(first.url);
    await client.succeed('signIn', 'SignedIn', login, 'viewer { id }');
    expect(await isReachable(first.databaseUrl)).toBe(true);

    expect(await interrupt(first)).toBe(0);
    expect(await isReachable(first.databaseUrl)).toBe(false);
    await expect(fetch(`${first.url}/health/live`)).rejects.toThrow();

    const second = await start();
    const again = await new GraphqlClient(second.url).mutate('signIn', 'SignedIn', login, 'viewer { id }');
    expect(again.__typename).toBe('SignedIn');
    expect(await interrupt(second)).toBe(0);
  }, 120_000);

  it('finishes the demo world before it stops, where Ctrl-C comes while it is being loaded', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'evenhand-interrupted-'));
    const env = { ...process.env, NODE_OPTIONS: '', DATA_DIR: directory, DATABASE_URL: '', REDIS_URL: '', PORT: '0' };
    // A group of its own, all of which gets the signal, as from a terminal.
    const launcher = spawn(process.execPath, [LAUNCHER], { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    launcher.stdout.on('data', (chunk: Buffer) => {
      const wasLoading = printed.includes('Loading the demo world');
      printed += chunk.toString();
      if (!wasLoading && printed.includes('Loading the demo world')) process.kill(-(launcher.pid ?? 0), 'SIGINT');
    });
    const [code] = (await once(launcher, 'close')) as [number | null];
    rmSync(directory, { recursive: true, force: true });
    expect(code).toBe(0);
    expect(printed).toMatch(/Stopping …[\s\S]*The demo world is loaded\./);
  }, 60_000);
});
