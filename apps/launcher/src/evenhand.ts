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
const DEMO = { name: 'The demo world', script: join(APPS, 'cli', 'src', 'main.js'), args: ['demo', 'load'] };

export interface Started {
  readonly url: string;
  readonly databaseUrl: string;
  /** True where the demo people can sign in. */
  readonly isDemo: boolean;
}

class StoppedWhileStarting extends Error {}

/** The whole product on this machine: database (embedded unless `DATABASE_URL` is set), API, worker; embedded, the demo world too. */
export class Evenhand {
  private readonly processes: SupervisedProcess[] = [];
  private database: EmbeddedPostgres | null = null;
  private step: Promise<unknown> = Promise.resolve();
  private stopping: Promise<void> | null = null;

  /**
   * Starts everything, says what it is doing, and answers where to find it. It fails where {@link stop} is called before
   * it is done.
   */
  async start(): Promise<Started> {
    const given = process.env['DATABASE_URL'];
    // People with a published password belong into nobody's real database.
    const isDemo = !given && process.env['NODE_ENV'] !== 'production';
    const databaseUrl = given || (await this.finish(this.startDatabase()));
    say('Bringing the database to the present schema …');
    await this.finish(runMigrations(databaseUrl));
    const port = await firstFreePort(portOf(process.env));
    const env = {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    };
    if (!process.env['REDIS_URL']) await this.finish(migrateQueues(databaseUrl));
    if (isDemo) await this.finish(runToEnd(DEMO, env, say));
    await this.startProcesses(env);
    return { url: `http://localhost:${port}`, databaseUrl, isDemo };
  }

  /** Calls back when a part ends by itself: the rest should then stop too. */
  onFailure(callback: (message: string) => void): void {
    for (const part of this.processes) {
      part.onUnexpectedExit((code) => callback(`${part.name} ended unexpectedly (exit code ${code}).`));
    }
  }

  /** Stops API and worker first, then the database, whatever has been started; further calls wait for the same stop. */
  stop(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  /** A step that is done as a whole or not at all: a demo world left half told would never be told to its end. */
  private async finish<T>(step: Promise<T>): Promise<T> {
    this.step = step;
    const result = await step;
    if (this.stopping !== null) throw new StoppedWhileStarting();
    return result;
  }

  private async startProcesses(env: NodeJS.ProcessEnv): Promise<void> {
    say('Starting API and worker …');
    this.processes.push(
      SupervisedProcess.start('The API', API, env),
      SupervisedProcess.start('The worker', WORKER, env),
    );
    await Promise.all(this.processes.map((part) => part.ready()));
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
    await Promise.allSettled([this.step]);
    await Promise.all(this.processes.map((part) => part.stop()));
    await this.database?.stop();
  }
}
