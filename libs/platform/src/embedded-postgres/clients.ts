import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { DataDirectory } from './data-directory';
import { isAlive } from './processes';

/**
 * Which processes use the server of a data directory, one file each, named by process id: so that the first one to stop
 * does not take the server away from the others. Dead processes do not count. Read and written under the launch lock.
 */
export class Clients {
  private readonly folder: string;

  constructor(directory: DataDirectory) {
    this.folder = directory.file('clients');
    fs.mkdirSync(this.folder, { recursive: true });
  }

  /** Returns the entry to give back on leaving. */
  join(): string {
    const entry = path.join(this.folder, `${process.pid}.${randomBytes(4).toString('hex')}`);
    fs.writeFileSync(entry, '');
    return entry;
  }

  leave(entry: string): void {
    fs.rmSync(entry, { force: true });
  }

  /** Nobody can be using a server that does not run, whatever old entries say. */
  clear(): void {
    for (const name of fs.readdirSync(this.folder)) fs.rmSync(path.join(this.folder, name), { force: true });
  }

  get areLeft(): boolean {
    return fs.readdirSync(this.folder).some((name) => isAlive(Number.parseInt(name, 10)));
  }
}
