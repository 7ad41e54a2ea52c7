import fs from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresFailed } from './errors';

/** What the running server says of itself in `postmaster.pid`. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

const PORT_LINE = 3;
const STATUS_LINE = 7;

/** Undefined where no server has run since the last orderly stop. */
export function readPidFile(clusterDirectory: string): PidFile | undefined {
  let lines: string[];
  try {
    lines = fs.readFileSync(path.join(clusterDirectory, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new EmbeddedPostgresFailed(
      `${clusterDirectory} cannot be read: it was probably created by another user (${(error as Error).message}).`,
    );
  }
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!pid) return undefined;
  return { pid, port: Number(lines[PORT_LINE]), isReady: lines[STATUS_LINE]?.trim() === 'ready' };
}

/**
 * Tells the next server that the old one is gone although a stranger has its process id now. Its parent's id is one that
 * a starting server never takes for a rival; removing the file instead would also remove the mark (a shared memory key)
 * by which it notices backends of the old server that still write.
 */
export function markPidFileStale(clusterDirectory: string): void {
  const file = path.join(clusterDirectory, 'postmaster.pid');
  const [, ...rest] = fs.readFileSync(file, 'utf8').split('\n');
  const noFollow = fs.constants.O_NOFOLLOW ?? 0; // the folder belongs to a less trusted user
  const descriptor = fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_TRUNC | noFollow);
  try {
    fs.writeSync(descriptor, [process.pid, ...rest].join('\n'));
  } finally {
    fs.closeSync(descriptor);
  }
}
