import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Client } from 'pg';
import { EmbeddedPostgresFailed } from './errors';
import { findFreePort } from './free-port';
import { isAlive } from './processes';
import { startEmbeddedPostgres, stopEmbeddedPostgres, type EmbeddedPostgres } from './start-embedded-postgres';

const REPOSITORY = path.resolve(__dirname, '../../../..');
const FAST = { fsync: 'off' };

let folder: string;
const used: string[] = [];

/** Made once with a row in it; tests take copies, since making one costs a second. */
let prototype: string;

function newDirectory(): string {
  const directory = path.join(folder, `data-${used.length}`);
  used.push(directory);
  return directory;
}

function copyOfPrototype(): string {
  const directory = newDirectory();
  fs.cpSync(prototype, directory, { recursive: true });
  const { uid, gid } = fs.statSync(path.join(prototype, 'cluster'));
  if (process.getuid?.() === 0) chownAll(path.join(directory, 'cluster'), uid, gid);
  return directory;
}

function chownAll(target: string, uid: number, gid: number): void {
  fs.chownSync(target, uid, gid);
  if (!fs.statSync(target).isDirectory()) return;
  for (const name of fs.readdirSync(target)) chownAll(path.join(target, name), uid, gid);
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const start = (dataDirectory: string, port = 0): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDirectory, port, settings: FAST });

const pidFileOf = (directory: string): string => path.join(directory, 'cluster', 'postmaster.pid');

const serverPid = (directory: string): number => Number.parseInt(fs.readFileSync(pidFileOf(directory), 'utf8'), 10);

/** Another process that starts the server on this folder; resolves when it has. */
async function launchElsewhere(directory: string): Promise<{ launcher: ChildProcess; url: string }> {
  const launcher = spawn(
    process.execPath,
    ['test/support/run-typescript.cjs', 'test/support/launch-embedded-postgres.ts', directory],
    { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: launcher.stdout });
  const [url] = (await once(lines, 'line')) as [string];
  return { launcher, url };
}

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'embedded-postgres-spec-'));
  fs.chmodSync(folder, 0o711);
  prototype = newDirectory();
  const server = await start(prototype);
  await query(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await server.stop();
});

afterAll(async () => {
  for (const directory of used) await stopEmbeddedPostgres(directory, 'immediate');
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('a cluster', () => {
  it('keeps its data and its url over a restart', async () => {
    const directory = copyOfPrototype();
    const first = await startEmbeddedPostgres({ dataDirectory: directory, settings: FAST });
    await query(first.url, 'UPDATE kept SET answer = 43');
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDirectory: directory, settings: FAST });
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 43 }]);
    await second.stop();
  });

  it('holds UTF-8 text, sorted by code point on every platform', async () => {
    const server = await start(copyOfPrototype());
    const [row] = await query(
      server.url,
      `SELECT pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider, datlocale AS locale
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' });
    await server.stop();
  });

  it('has a password of its own that only its user can read', () => {
    const file = path.join(prototype, 'password');
    expect(fs.readFileSync(file, 'utf8')).toMatch(/^[\w-]{32}$/);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is durable unless settings say otherwise', async () => {
    const server = await startEmbeddedPostgres({ dataDirectory: copyOfPrototype(), port: 0 });
    expect(await query(server.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    await server.stop();
  });

  it('says what the server said when it cannot start', async () => {
    const starting = startEmbeddedPostgres({
      dataDirectory: copyOfPrototype(),
      settings: { no_such_setting: '1' },
    });
    await expect(starting).rejects.toThrow(EmbeddedPostgresFailed);
    await expect(starting).rejects.toThrow('unrecognized configuration parameter "no_such_setting"');
  });
});

describe('the port', () => {
  it('is another one where the wanted one is taken, and stays that one', async () => {
    const directory = copyOfPrototype();
    const taken = net.createServer().listen(await findFreePort(), '127.0.0.1');
    await once(taken, 'listening');
    const wanted = (taken.address() as net.AddressInfo).port;
    const first = await start(directory, wanted);
    expect(first.port).not.toBe(wanted);
    await first.stop();
    const second = await start(directory, wanted);
    expect(second.port).toBe(first.port);
    await second.stop();
    taken.close();
  });

  it('is open on 127.0.0.1 only', async () => {
    const server = await start(copyOfPrototype());
    expect(await query(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(server.url, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    await server.stop();
  });
});

describe('several at once', () => {
  it('starts two servers on two folders', async () => {
    const [first, second] = await Promise.all([start(copyOfPrototype()), start(copyOfPrototype())]);
    expect(first.port).not.toBe(second.port);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('gives two who start on one new folder the same server, and the last to stop shuts it down', async () => {
    const directory = newDirectory();
    const [first, second] = await Promise.all([start(directory), start(directory)]);
    expect(second.url).toBe(first.url);
    const pid = serverPid(directory);
    await first.stop();
    expect(isAlive(pid)).toBe(true);
    await query(second.url, 'SELECT 1');
    await second.stop();
    expect(isAlive(pid)).toBe(false);
  });
});

describe('a process that dies', () => {
  it('leaves its server running, which the next start takes over with all data, and stops', async () => {
    const directory = copyOfPrototype();
    const { launcher, url } = await launchElsewhere(directory);
    await query(url, 'UPDATE kept SET answer = 44');
    const pid = serverPid(directory);
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    const successor = await start(directory);
    expect(serverPid(directory)).toBe(pid);
    expect(await query(successor.url, 'SELECT answer FROM kept')).toEqual([{ answer: 44 }]);
    await successor.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('does not take the server away from a process that still uses it', async () => {
    const directory = copyOfPrototype();
    const { launcher } = await launchElsewhere(directory);
    const guest = await start(directory);
    launcher.kill('SIGTERM');
    await once(launcher, 'exit');
    await query(guest.url, 'SELECT 1');
    await guest.stop();
    expect(fs.existsSync(pidFileOf(directory))).toBe(false);
  });

  it('leaves a server that Ctrl-C in its terminal does not reach', async () => {
    const directory = copyOfPrototype();
    const server = await start(directory);
    const processGroup = fs
      .readFileSync(`/proc/${serverPid(directory)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ')[2];
    expect(Number(processGroup)).toBe(serverPid(directory));
    await server.stop();
  });
});

describe('a server that died', () => {
  it('is replaced, and what was committed is there', async () => {
    const directory = copyOfPrototype();
    const first = await startEmbeddedPostgres({ dataDirectory: directory, port: 0 });
    await query(first.url, 'UPDATE kept SET answer = 45');
    process.kill(serverPid(directory), 'SIGKILL');
    const second = await start(directory);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 45 }]);
    await second.stop();
  });

  it('is replaced also where a stranger has its process id now', async () => {
    const directory = copyOfPrototype();
    const first = await start(directory);
    const pidFile = fs.readFileSync(pidFileOf(directory), 'utf8');
    await first.stop();
    const { uid, gid } = fs.statSync(path.join(directory, 'cluster'));
    const stranger = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid, cwd: '/' } : {});
    fs.writeFileSync(pidFileOf(directory), pidFile.replace(/^\d+/, String(stranger.pid)));
    fs.chownSync(pidFileOf(directory), uid, gid);
    const second = await start(directory);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });

  it('is started anew where the lock of a killed process is left', async () => {
    const directory = copyOfPrototype();
    const dead = spawn('true');
    await once(dead, 'exit');
    fs.writeFileSync(path.join(directory, 'launch.lock'), String(dead.pid));
    const server = await start(directory);
    await server.stop();
    expect(fs.existsSync(path.join(directory, 'launch.lock'))).toBe(false);
  });
});
