import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import type { ServerUser } from './server-user';

export interface CommandResult {
  /** Null where a signal ended the command. */
  readonly status: number | null;
  /** What it wrote to stdout and stderr, in order of arrival. */
  readonly output: string;
}

/** Runs a PostgreSQL program to its end. Rejects only where it could not be started at all. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { user: ServerUser | undefined; cwd: string },
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options.user,
      cwd: options.cwd,
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}

/** The few variables the server needs: the application's secrets and the PG* variables of a shell must not reach it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const passedOn = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];
  const entries = passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(entries), LC_ALL: 'C', TZ: 'UTC' };
}

/** Whether a process is running; one that has ended but that its parent has not yet buried is not. */
export function isAlive(pid: number): boolean {
  return isNumberTaken(pid) && !/\) Z /.test(readOrEmpty(`/proc/${pid}/stat`));
}

/** Whether the system still knows a process of this number, be it a dead one. */
export function isNumberTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether `pid` is the main process of the server on `clusterDirectory` (a real path), and not another process that was
 * given the same number later, as happens at every restart of a container.
 */
export function isPostmasterOf(pid: number, clusterDirectory: string): boolean {
  if (!isAlive(pid)) return false;
  switch (process.platform) {
    case 'linux':
      return readOrEmpty(`/proc/${pid}/comm`).trim() === 'postgres' && workingDirectory(pid) === clusterDirectory;
    case 'win32':
      return true; // Windows tells us no more cheaply; the connection with our password decides there
    default:
      return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)])
        .stdout?.toString()
        .includes(`postgres -D ${clusterDirectory}`);
  }
}

function workingDirectory(pid: number): string | undefined {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function readOrEmpty(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
