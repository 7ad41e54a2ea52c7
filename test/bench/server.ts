import { startEmbeddedPostgres } from '@evenhand/platform';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

const PREFIX = 'evenhand_bench';
/** What "committed" means on a server as PostgreSQL ships it; without these every figure is of another product. */
const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;

/** A server with databases of the benchmark's own; all of it is gone after `close`. */
export interface BenchServer {
  readonly version: string;
  /** The url of a new database; a copy of the `template` (whose sessions must have ended), or empty. */
  create(name: string, template?: string): Promise<string>;
  drop(name: string): Promise<void>;
  /** Writes all dirty pages, so that what comes after pays for its own full-page images, whoever it is. */
  checkpoint(): Promise<void>;
  /** Bytes of journal written so far, over all databases. */
  walBytes(): Promise<bigint>;
  close(): Promise<void>;
}

/** An embedded server in a temporary folder, or the one of BENCH_DATABASE_URL; both have to be durable. */
export async function openServer(onProgress: (step: string) => void): Promise<BenchServer> {
  const given = process.env['BENCH_DATABASE_URL'];
  const embedded = given === undefined ? await startTemporary(onProgress) : undefined;
  const url = given ?? embedded?.url ?? '';
  const administrator = new Client({ connectionString: url });
  try {
    await administrator.connect();
    await assertDurable(administrator);
    const version = await settingOf(administrator, 'server_version');
    return { version, ...commandsOf(administrator, url), close: () => close(administrator, embedded) };
  } catch (error) {
    await close(administrator, embedded);
    throw error;
  }
}

interface TemporaryServer {
  readonly url: string;
  stop(): Promise<void>;
}

async function startTemporary(onProgress: (step: string) => void): Promise<TemporaryServer> {
  const dataDirectory = path.join(os.tmpdir(), `evenhand-bench-${process.pid}`);
  const server = await startEmbeddedPostgres({ dataDirectory, port: 0, onProgress });
  const stop = async (): Promise<void> => {
    await server.stop();
    fs.rmSync(dataDirectory, { recursive: true, force: true });
  };
  const interrupted = (): void => {
    // Every connection of the benchmark is about to lose its server, which is no reason to leave the folder behind.
    process.on('uncaughtException', () => undefined);
    void stop().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  return { url: server.url, stop };
}

async function assertDurable(administrator: Client): Promise<void> {
  for (const name of DURABLE) {
    const value = await settingOf(administrator, name);
    if (value !== 'on') throw new Error(`The server has ${name} = ${value}; measured is only what is durable.`);
  }
}

async function settingOf(client: Client, name: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>('select current_setting($1) as value', [name]);
  return rows[0]?.value ?? '';
}

function commandsOf(administrator: Client, url: string): Omit<BenchServer, 'version' | 'close'> {
  const drop = async (name: string): Promise<void> => {
    await administrator.query(`drop database if exists ${PREFIX}_${name} with (force)`);
  };
  return {
    drop,
    create: async (name, template) => {
      await drop(name);
      const copied = template === undefined ? '' : ` template ${PREFIX}_${template} strategy file_copy`;
      await administrator.query(`create database ${PREFIX}_${name}${copied}`);
      const created = new URL(url);
      created.pathname = `/${PREFIX}_${name}`;
      return created.toString();
    },
    checkpoint: async () => {
      await administrator.query('checkpoint');
    },
    walBytes: async () => {
      const sql = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text as bytes`;
      const { rows } = await administrator.query<{ bytes: string }>(sql);
      return BigInt(rows[0]?.bytes ?? 0);
    },
  };
}

async function close(administrator: Client, embedded: TemporaryServer | undefined): Promise<void> {
  const databases = await administrator
    .query<{ datname: string }>(`select datname from pg_database where datname like '${PREFIX}\\_%'`)
    .catch(() => ({ rows: [] }));
  for (const { datname } of embedded ? [] : databases.rows) {
    await administrator.query(`drop database if exists ${datname} with (force)`);
  }
  await administrator.end().catch(() => undefined);
  await embedded?.stop();
}
