import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { prepareBinaries } from './binaries';
import { Clients } from './clients';
import { DataDirectory } from './data-directory';
import { EmbeddedPostgresFailed } from './errors';
import { DATABASE_NAME, initialiseCluster } from './initialise-cluster';
import { withLaunchLock } from './launch-lock';
import { findRunningServer, startServer, stopServer } from './postmaster';

/** Below the range from which systems give out ports by themselves, so that it is rarely taken. */
const DEFAULT_PORT = 15432;

const JOIN_ATTEMPTS = 10;
const BETWEEN_JOINS_MS = 100;

const DEFAULT_SETTINGS = {
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

export interface EmbeddedPostgresOptions {
  /** Folder that belongs to this server alone; it is made if it does not exist. */
  readonly dataDirectory: string;
  /** Wanted port; 0 means any. Not given or taken: the one used last, else 15432, else any. */
  readonly port?: number;
  /** Of the cluster's owner, looked at only when the cluster is created. Default: random. */
  readonly password?: string;
  /** PostgreSQL settings by name, such as `{ fsync: 'off' }`. Default: PostgreSQL's own, hence durable. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told in a few words what takes time. */
  readonly onProgress?: (step: string) => void;
}

export interface EmbeddedPostgres {
  /** Of the owner of the cluster and its database, both called `evenhand`; the password is in it. */
  readonly url: string;
  /** On 127.0.0.1, the only address it listens on. */
  readonly port: number;
  /** Fast shutdown, and waits for its end; only gives up this use where other processes still use the same server. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a data directory, or joins the server that already runs there. Such a server is one that another
 * process of ours uses right now (it must not lose it), or one whose process was killed: it is healthy, its settings
 * were ours, and stopping it first would only cost time. The last process to stop shuts it down.
 * @throws EmbeddedPostgresUnavailable, EmbeddedPostgresFailed
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = DataDirectory.open(options.dataDirectory);
  return withLaunchLock(directory, async () => {
    const password = directory.password(options.password);
    const clients = new Clients(directory);
    const port = (await join(directory, password, options)) ?? (await launch(directory, password, options));
    const url = urlOf(port, password, DATABASE_NAME);
    directory.rememberPort(port);
    const entry = clients.join();
    let stopping: Promise<void> | undefined;
    return { url, port, stop: () => (stopping ??= leave(directory, clients, entry)) };
  });
}

/** Stops whatever server runs on a data directory, whoever uses it. */
export async function stopEmbeddedPostgres(dataDirectory: string, mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
  if (!fs.existsSync(dataDirectory)) return;
  const directory = DataDirectory.open(dataDirectory);
  if (!directory.hasCluster) return;
  await withLaunchLock(directory, async () => stopServer(directory, await prepareBinaries(directory.serverUser), mode));
}

/** The port of the server that already runs there. A server may be dying when it is found, hence several attempts. */
async function join(
  directory: DataDirectory,
  password: string,
  options: EmbeddedPostgresOptions,
): Promise<number | undefined> {
  for (let attempt = 1; ; attempt++) {
    const port = await findRunningServer(directory);
    if (port === undefined) return undefined;
    options.onProgress?.(`joining the PostgreSQL server on port ${port}`);
    try {
      await ensureDatabase(port, password);
      return port;
    } catch (error) {
      if (attempt === JOIN_ATTEMPTS) throw error;
      await sleep(BETWEEN_JOINS_MS);
    }
  }
}

async function launch(directory: DataDirectory, password: string, options: EmbeddedPostgresOptions): Promise<number> {
  new Clients(directory).clear();
  const binaries = await prepareBinaries(directory.serverUser);
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  if (!directory.hasCluster) {
    options.onProgress?.(`creating a PostgreSQL ${binaries.version} cluster in ${directory.path}`);
    await initialiseCluster(directory, binaries, { password, durable: options.settings?.['fsync'] !== 'off' });
  }
  options.onProgress?.('starting PostgreSQL');
  const wantedPorts = [options.port, directory.rememberedPort, DEFAULT_PORT].filter((port) => port !== undefined);
  const port = await startServer(directory, binaries, { wantedPorts, settings });
  await ensureDatabase(port, password);
  return port;
}

function leave(directory: DataDirectory, clients: Clients, entry: string): Promise<void> {
  return withLaunchLock(directory, async () => {
    clients.leave(entry);
    if (clients.areLeft) return;
    await stopServer(directory, await prepareBinaries(directory.serverUser), 'fast');
  });
}

async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new Client({ connectionString: urlOf(port, password, 'postgres'), connectionTimeoutMillis: 30_000 });
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } catch (error) {
    throw new EmbeddedPostgresFailed(`The server on port ${port} does not let us in: ${(error as Error).message}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(port: number, password: string, database: string): string {
  return `postgresql://${DATABASE_NAME}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}
