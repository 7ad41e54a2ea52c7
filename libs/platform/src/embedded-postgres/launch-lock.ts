import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataDirectory } from './data-directory';
import { EmbeddedPostgresFailed } from './errors';
import { isAlive } from './processes';

const RETRY_MS = 25;
const PATIENCE_MS = 180_000;

const heldHere = new Set<string>();

/** Lets one process at a time start or stop the server of a data directory. The lock of a dead process is void. */
export async function withLaunchLock<T>(directory: DataDirectory, work: () => Promise<T>): Promise<T> {
  const lock = directory.file('launch.lock');
  const deadline = Date.now() + PATIENCE_MS;
  while (!tryAcquire(lock)) {
    if (Date.now() > deadline) throw new EmbeddedPostgresFailed(`Another process has held ${lock} for too long.`);
    await sleep(RETRY_MS);
  }
  heldHere.add(lock);
  try {
    return await work();
  } finally {
    heldHere.delete(lock);
    fs.rmSync(lock, { force: true });
  }
}

/** Written aside and linked into place, so that a lock is never seen without its owner in it. */
function tryAcquire(lock: string): boolean {
  const mine = `${lock}.${process.pid}.${randomBytes(4).toString('hex')}`;
  fs.writeFileSync(mine, String(process.pid), { mode: 0o600 });
  try {
    fs.linkSync(mine, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    discardIfAbandoned(lock);
    return false;
  } finally {
    fs.rmSync(mine);
  }
}

/**
 * Takes an abandoned lock away by renaming it, so that of two processes that find it only one removes it. Our own
 * number in a lock that we do not hold is that of a predecessor, as after the restart of a container.
 */
function discardIfAbandoned(lock: string): void {
  const owner = ownerOf(lock);
  if (owner === undefined || (owner === process.pid ? heldHere.has(lock) : isAlive(owner))) return;
  const aside = `${lock}.abandoned-${randomBytes(4).toString('hex')}`;
  try {
    fs.renameSync(lock, aside);
  } catch {
    return; // the other one was faster
  }
  if (ownerOf(aside) !== owner) fs.linkSync(aside, lock); // a new owner slipped in between: give it back
  fs.rmSync(aside);
}

function ownerOf(lock: string): number | undefined {
  try {
    return Number(fs.readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}
