import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
// Deep, since the whole platform would bring Nest and TypeORM into every run, also of tests that need neither.
import { isAlive, stopEmbeddedPostgres } from '../../../platform/src/embedded-postgres';
import { asAdministrator } from '../postgres/administrator';
import { dropTestDatabases } from '../postgres/test-databases';
import { currentTestRun, enterTestRun, leaveTestRun, serverFolderOf } from './test-run';

const FOLDER_PREFIX = 'evenhand-test-';
const MEMORY_FOLDER = '/dev/shm';
const ROOM_NEEDED_BYTES = 2 * 1024 ** 3;

/** Opens a run for this process and all it starts. The database server itself starts with the first test that asks. */
export async function beginTestRun(): Promise<void> {
  await removeAbandonedRuns();
  const random = randomBytes(4).toString('hex');
  const folder = path.join(chooseBaseFolder(), `${FOLDER_PREFIX}${process.pid}-${random}-${os.hostname()}`);
  fs.mkdirSync(folder, { mode: 0o711 });
  enterTestRun({ id: `${Date.now().toString(36)}_${random}`, folder });
}

/** Stops the run's server and removes all that the run has made. */
export async function endTestRun(): Promise<void> {
  const run = currentTestRun();
  const givenServer = process.env['TEST_DATABASE_URL'];
  if (givenServer) await asAdministrator(givenServer, (administrator) => dropTestDatabases(administrator, run));
  await removeRunFolder(run.folder);
  leaveTestRun();
}

/** Memory, where there is enough of it: containers often have 64 MB there, which a cluster fills at once. */
function chooseBaseFolder(): string {
  try {
    fs.accessSync(MEMORY_FOLDER, fs.constants.W_OK);
    const { bavail, bsize } = fs.statfsSync(MEMORY_FOLDER);
    return bavail * bsize >= ROOM_NEEDED_BYTES ? MEMORY_FOLDER : os.tmpdir();
  } catch {
    return os.tmpdir();
  }
}

/** What killed runs left behind. The host's name keeps containers that share a folder out of each other's way. */
async function removeAbandonedRuns(): Promise<void> {
  for (const base of new Set([MEMORY_FOLDER, os.tmpdir()])) {
    for (const name of fs.existsSync(base) ? fs.readdirSync(base) : []) {
      if (!name.startsWith(FOLDER_PREFIX) || !name.endsWith(`-${os.hostname()}`)) continue;
      if (isAlive(Number.parseInt(name.slice(FOLDER_PREFIX.length), 10))) continue;
      // Another user's leavings, or those that a run at our side is just removing, are no reason to fail.
      await removeRunFolder(path.join(base, name)).catch(() => undefined);
    }
  }
}

async function removeRunFolder(folder: string): Promise<void> {
  await stopEmbeddedPostgres(serverFolderOf(folder), 'immediate');
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
