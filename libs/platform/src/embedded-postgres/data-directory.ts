import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresFailed } from './errors';
import { canReach, chooseServerUser, type ServerUser } from './server-user';

const LOG_KEPT_BYTES = 10 * 1024 * 1024;
const LOG_LINES_SHOWN = 15;

/**
 * The folder given to the embedded server. PostgreSQL's own files are in `cluster/`, which belongs to the server's user;
 * beside it lie `password`, `port`, `server.log`, `clients/` and `launch.lock`, which belong to whoever runs Evenhand.
 */
export class DataDirectory {
  readonly path: string;

  private constructor(directory: string) {
    this.path = directory;
  }

  /** Makes the folder if need be. Others may pass through it (the server's user must), but not list it. */
  static open(directory: string): DataDirectory {
    try {
      if (fs.mkdirSync(directory, { recursive: true, mode: 0o711 })) fs.chmodSync(directory, 0o711);
      fs.accessSync(directory, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    } catch (error) {
      throw new EmbeddedPostgresFailed(`The data directory cannot be used: ${(error as Error).message}.`);
    }
    return new DataDirectory(fs.realpathSync(directory));
  }

  get cluster(): string {
    return path.join(this.path, 'cluster');
  }

  get serverUser(): ServerUser | undefined {
    return chooseServerUser(this.cluster);
  }

  get hasCluster(): boolean {
    return fs.existsSync(this.cluster);
  }

  get logFile(): string {
    return path.join(this.path, 'server.log');
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  /**
   * What to pass as `-D`, with `folder` as the working directory. Below a folder closed to the server's user (a checkout
   * in /root), Linux still lets a process into its own working directory, which `/proc/self/cwd` names.
   */
  serverPathOf(folder: string, user: ServerUser | undefined): string {
    if (canReach(user, folder)) return folder;
    if (process.platform === 'linux') return '/proc/self/cwd';
    throw new EmbeddedPostgresFailed(`The server's user cannot reach ${folder}: put DATA_DIR elsewhere.`);
  }

  /** The password that the cluster was or will be created with: `wanted`, or a random one, in a file of mode 0600. */
  password(wanted?: string): string {
    const file = this.file('password');
    if (!fs.existsSync(file)) {
      if (this.hasCluster) throw new EmbeddedPostgresFailed(`${file} is gone, so nobody can sign in to the database.`);
      fs.writeFileSync(file, wanted ?? randomBytes(24).toString('base64url'), { mode: 0o600 });
    }
    return fs.readFileSync(file, 'utf8').trim();
  }

  get rememberedPort(): number | undefined {
    const file = this.file('port');
    return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : undefined;
  }

  rememberPort(port: number): void {
    if (this.rememberedPort !== port) fs.writeFileSync(this.file('port'), `${port}\n`);
  }

  /** Opens the log for appending; past 10 MB it first becomes `server.log.1`. */
  openLog(): { descriptor: number; linesSince: () => string[] } {
    const size = fs.statSync(this.logFile, { throwIfNoEntry: false })?.size ?? 0;
    const isFull = size > LOG_KEPT_BYTES;
    if (isFull) fs.renameSync(this.logFile, `${this.logFile}.1`);
    const start = isFull ? 0 : size;
    return {
      descriptor: fs.openSync(this.logFile, 'a', 0o600),
      linesSince: () => lastLines(fs.readFileSync(this.logFile).subarray(start).toString()),
    };
  }
}

export function lastLines(text: string): string[] {
  return text.trimEnd().split('\n').slice(-LOG_LINES_SHOWN);
}
