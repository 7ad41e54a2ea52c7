import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphqlClient } from './graphql-client';

const APPS = join(process.cwd(), 'dist', 'apps');

export interface RunningProduct {
  readonly url: string;
  /** A browser that nobody is signed in to. */
  client(): GraphqlClient;
  /** A browser with somebody signed in. */
  signedIn(email: string, password: string): Promise<GraphqlClient>;
  withKey(apiKey: string): GraphqlClient;
  /** What one command of the command line printed, on the same database. */
  cli(...args: readonly string[]): Promise<string>;
  startWorker(): Promise<void>;
  stopWorker(signal: NodeJS.Signals): Promise<void>;
  /** Ends the worker by `signal` and starts another one. */
  replaceWorker(signal: NodeJS.Signals): Promise<void>;
  /** What API and worker hold in memory. Linux only. */
  residentMegabytes(): readonly number[];
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  /** Loads the demo world before API and worker start. */
  readonly demoWorld?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** False where nothing but requests may change anything. */
  readonly withWorker?: boolean;
}

/** Starts the built API and, unless told otherwise, the worker as processes on the given database, as in production. */
export async function startProduct(options: ProductOptions): Promise<RunningProduct> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'evenhand-product-'));
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    NODE_ENV: 'test',
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl ?? '',
    DATA_DIR: dataDirectory,
    PORT: '0',
    LOG_LEVEL: 'error',
    ...options.env,
  };
  await runCli(['migrate'], env);
  if (options.demoWorld === true) await runCli(['demo', 'load'], env);
  const withWorker = options.withWorker ?? true;
  const [api, firstWorker] = await Promise.all([start('api', env), withWorker ? start('worker', env) : null]);
  let worker = firstWorker;
  const url = api.url ?? '';
  const startWorker = async (): Promise<void> => {
    worker = await start('worker', env);
  };
  const stopWorker = async (signal: NodeJS.Signals): Promise<void> => {
    if (worker !== null) await stop(worker.child, signal);
    worker = null;
  };
  return {
    url,
    client: () => new GraphqlClient(url),
    withKey: (apiKey) => new GraphqlClient(url, apiKey),
    cli: (...args) => runCli(args, env),
    async signedIn(email, password) {
      const client = new GraphqlClient(url);
      await client.succeed('signIn', 'SignedIn', { email, password }, 'viewer { id }');
      return client;
    },
    startWorker,
    stopWorker,
    async replaceWorker(signal) {
      await stopWorker(signal);
      await startWorker();
    },
    residentMegabytes: () => [api, worker].flatMap((running) => (running ? residentMegabytes(running.child) : [])),
    async stop() {
      await Promise.all([stop(api.child), worker === null ? null : stop(worker.child)]);
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** Runs one command of the command line; fails with what it printed where it does not exit 0. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = fork(join(APPS, 'cli', 'src', 'main.js'), [...args], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`cli ${args.join(' ')} exited with ${code}:\n${printed}`);
  return printed;
}

async function start(app: 'api' | 'worker', env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; url?: string }> {
  const child = fork(join(APPS, app, 'src', 'main.js'), [], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (message: { url?: string }) => resolve({ child, ...message }));
    child.once('exit', (code) => reject(new Error(`The ${app} ended while starting (exit code ${code}).`)));
  });
}

function residentMegabytes({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1]) / 1_024;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
