import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PostgresBinaries } from './binaries';
import { lastLines, type DataDirectory } from './data-directory';
import { EmbeddedPostgresFailed } from './errors';
import { runCommand } from './processes';
import { canReach, type ServerUser } from './server-user';

/** The owner of the embedded cluster, and the name of its database. */
export const DATABASE_NAME = 'evenhand';

/**
 * Makes `cluster/` with UTF-8 text, sorted by code point, the same on every platform. It is built aside and renamed, so
 * that a process killed half-way leaves no half cluster.
 */
export async function initialiseCluster(
  directory: DataDirectory,
  binaries: PostgresBinaries,
  options: { password: string; durable: boolean },
): Promise<void> {
  const user = directory.serverUser;
  const partial = directory.file('cluster.partial');
  fs.rmSync(partial, { recursive: true, force: true });
  fs.mkdirSync(partial, { mode: 0o700 });
  if (user) fs.chownSync(partial, user.uid, user.gid);
  const result = await withPasswordFile(options.password, user, (passwordFile) =>
    runCommand(
      binaries.initdb,
      [
        `--pgdata=${directory.serverPathOf(partial, user)}`,
        `--username=${DATABASE_NAME}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(options.durable ? [] : ['--no-sync']),
      ],
      { user, cwd: partial },
    ),
  );
  if (result.status !== 0) {
    throw new EmbeddedPostgresFailed(
      `PostgreSQL's files could not be created in ${partial}.`,
      lastLines(result.output),
    );
  }
  fs.renameSync(partial, directory.cluster);
}

async function withPasswordFile<T>(
  password: string,
  user: ServerUser | undefined,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const temporary = [os.tmpdir(), '/tmp'].find((folder) => canReach(user, folder)) ?? os.tmpdir();
  const folder = fs.mkdtempSync(path.join(temporary, 'evenhand-initdb-'));
  const file = path.join(folder, 'password');
  try {
    fs.writeFileSync(file, `${password}\n`, { mode: 0o600 });
    for (const entry of user ? [file, folder] : []) fs.chownSync(entry, user?.uid ?? 0, user?.gid ?? 0);
    return await use(file);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
