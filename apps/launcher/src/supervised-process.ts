import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

const STOP_PATIENCE_MS = 15_000;

export class ProcessFailed extends Error {}

/** A Node process of the product that this one started and will not outlive. */
export class SupervisedProcess {
  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {}

  /**
   * Starts `script` in a process group of its own, so that Ctrl-C reaches it through {@link stop} alone, and waits until
   * it reports to be ready. {@link ProcessFailed} where it ends before that.
   */
  static async start(name: string, script: string, env: NodeJS.ProcessEnv): Promise<SupervisedProcess> {
    const child = fork(script, { env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('error', reject);
      child.once('exit', (code) => reject(new ProcessFailed(`${name} ended while starting (exit code ${code}).`)));
    });
    return new SupervisedProcess(name, child);
  }

  /** Calls back when the process ends by itself. */
  onUnexpectedExit(callback: (code: number | null) => void): void {
    this.child.once('exit', callback);
  }

  /** Lets the process finish what it is doing; ends it by force after 15 s. */
  async stop(): Promise<void> {
    this.child.removeAllListeners('exit');
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const force = setTimeout(() => this.child.kill('SIGKILL'), STOP_PATIENCE_MS);
    await ended;
    clearTimeout(force);
  }
}

/** Runs `script` to its end, its output going to `onLine`; {@link ProcessFailed} where it fails. */
export async function runToEnd(
  name: string,
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const child = fork(script, [...args], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new ProcessFailed(`${name} failed (exit code ${code}).`);
}
