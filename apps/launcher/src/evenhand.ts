import {
  dataDirectoryOf,
  type EmbeddedPostgres,
  migrateQueues,
  portOf,
  runMigrations,
  startEmbeddedPostgres,
} from '@evenhand/platform';
import { join } from 'node:path';
import { firstFreePort } from './first-free-port';
import { say } from './progress';
import { runToEnd, SupervisedProcess } from './supervised-process';

const APPS = join(__dirname, '..', '..');
const API = join(APPS, 'api', 'src', 'main.js');
const WORKER = join(APPS, 'worker', 'src', 'main.js');
const CLI = join(APPS, 'cli', 'src', 'main.js');

/** The whole product on this machine: database (embedded unless `DATABASE_URL` is set), API, worker, demo world. */
export class Evenhand {
  private readonly processes: SupervisedProcess[] = [];
  private database: EmbeddedPostgres | null = null;
  private stopping: Promise<void> | null = null;

  /** Starts everything, says what it is doing, and answers where to find it. */
  async start(): Promise<{ readonly url: string; readonly databaseUrl: string }> {
    const databaseUrl = process.env['DATABASE_URL'] || (await this.startDatabase());
    say('Bringing the database to the present schema …');
    await runMigrations(databaseUrl);
    const port = await firstFreePort(portOf(process.env));
    const env = {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    };
    if (!process.env['REDIS_URL']) await migrateQueues(databaseUrl);
    await runToEnd('The demo world', CLI, ['demo', 'load'], env);
    say('Starting API and worker …');
    this.processes.push(
      ...(await Promise.all([
        SupervisedProcess.start('The API', API, env),
        SupervisedProcess.start('The worker', WORKER, env),
      ])),
    );
    return { url: `http://localhost:${port}`, databaseUrl };
  }

  /** Calls back when a part ends by itself: the rest should then stop too. */
  onFailure(callback: (message: string) => void): void {
    for (const part of this.processes) {
      part.onUnexpectedExit((code) => callback(`${part.name} ended unexpectedly (exit code ${code}).`));
    }
  }

  /** Stops API and worker first, then the database; further calls wait for the same stop. */
  stop(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  private async startDatabase(): Promise<string> {
    say('Starting the embedded PostgreSQL …');
    this.database = await startEmbeddedPostgres({
      dataDirectory: join(dataDirectoryOf(process.env), 'postgres'),
      onProgress: say,
    });
    return this.database.url;
  }

  private async stopInOrder(): Promise<void> {
    await Promise.all(this.processes.map((part) => part.stop()));
    await this.database?.stop();
  }
}
