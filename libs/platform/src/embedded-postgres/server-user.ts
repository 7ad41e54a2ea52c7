import fs from 'node:fs';
import path from 'node:path';

/** Numeric ids that the server's processes run under. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who the server runs as: PostgreSQL refuses to run as root, so root hands it to the owner of an existing cluster,
 * or to `nobody`. Undefined means: as whoever runs this process.
 */
export function chooseServerUser(clusterDirectory: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = fs.statSync(clusterDirectory, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
}

/**
 * Whether the server's user may enter each folder above `target` and enter or execute `target` itself.
 * Judged by the permission bits, since asking as another user would cost a process for each question.
 */
export function canReach(user: ServerUser | undefined, target: string): boolean {
  if (!user) return isAccessible(target);
  const parent = path.dirname(target);
  return (parent === target || canReach(user, parent)) && mayEnter(user, target);
}

function mayEnter(user: ServerUser, target: string): boolean {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (!stat) return false;
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

function isAccessible(target: string): boolean {
  try {
    fs.accessSync(target, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function nobody(): ServerUser {
  const unsigned32 = (text: string | undefined): number => Number(text) >>> 0; // macOS writes nobody's ids as -2
  const entry = fs.existsSync('/etc/passwd')
    ? fs
        .readFileSync('/etc/passwd', 'utf8')
        .split('\n')
        .find((line) => line.startsWith('nobody:'))
    : undefined;
  if (!entry) return { uid: 65534, gid: 65534 };
  const [, , uid, gid] = entry.split(':');
  return { uid: unsigned32(uid), gid: unsigned32(gid) };
}
