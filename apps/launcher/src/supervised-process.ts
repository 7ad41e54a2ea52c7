import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const STOP_PATIENCE_MS = 15_000;

export class ProcessFailed extends Error {}

/** A Node process of the product that this one started and will not outlive. */
export class SupervisedProcess {
  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {}

  /** Starts `script` in a process group of its own, so that Ctrl-C reaches it through {@link stop} alone. */
  static start(name: string, script: string, env: NodeJS.ProcessEnv): SupervisedProcess {
    const child = fork(script, { env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    return new SupervisedProcess(name, child);
  }

  /** Waits until it reports to be ready; {@link ProcessFailed} where it ends before that. */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.child.once('message', () => resolve());
      this.child.once('error', reject);
      this.child.once('exit', (code) =>
        reject(new ProcessFailed(`${this.name} ended while starting (exit code ${code}).`)),
      );
    });
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

/**
 * Runs `script` to its end, in a process group of its own: Ctrl-C does not leave its work half done. Each line it prints
 * goes to `onLine`; {@link ProcessFailed} where it fails.
 */
export async function runToEnd(
  { name, script, args }: { readonly name: string; readonly script: string; readonly args: readonly string[] },
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Promise<void> {
  const child = fork(script, [...args], { env, detached: true, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  if (child.stdout) createInterface({ input: child.stdout }).on('line', onLine);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new ProcessFailed(`${name} failed (exit code ${code}).`);
}
