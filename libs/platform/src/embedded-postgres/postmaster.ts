import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresBinaries } from './binaries';
import { lastLines, type DataDirectory } from './data-directory';
import { EmbeddedPostgresFailed, EmbeddedPostgresUnavailable } from './errors';
import { findFreePort } from './free-port';
import { markPidFileStale, readPidFile } from './pid-file';
import { isNumberTaken, isPostmasterOf, runCommand, serverEnvironment } from './processes';

const POLL_MS = 10;
/** Long, since after a power cut the server replays its journal first. */
const READY_PATIENCE_MS = 300_000;
const STOP_PATIENCE_SECONDS = 120;
const START_ATTEMPTS = 40;
const BETWEEN_ATTEMPTS_MS = 250;

/**
 * The port of the server that already runs on this data directory, once it is ready; undefined where none runs.
 * Waits for one that is just starting or stopping.
 */
export async function findRunningServer(directory: DataDirectory): Promise<number | undefined> {
  const deadline = Date.now() + READY_PATIENCE_MS;
  for (;;) {
    const pidFile = readPidFile(directory.cluster);
    if (!pidFile) return undefined;
    if (!isPostmasterOf(pidFile.pid, directory.cluster)) {
      // A dead server's file is otherwise left alone: PostgreSQL recognises and replaces it.
      if (isNumberTaken(pidFile.pid)) markPidFileStale(directory.cluster);
      return undefined;
    }
    if (pidFile.isReady) return pidFile.port;
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresFailed(`The server ${pidFile.pid} on ${directory.cluster} does not become ready.`);
    }
    await sleep(POLL_MS);
  }
}

/** Starts the server and returns its port once it accepts connections; the first free one of `wantedPorts`, or any. */
export async function startServer(
  directory: DataDirectory,
  binaries: PostgresBinaries,
  options: { wantedPorts: readonly number[]; settings: Readonly<Record<string, string>> },
): Promise<number> {
  let wantedPorts = options.wantedPorts;
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort(wantedPorts);
    const log = directory.openLog();
    const child = spawnServer(directory, binaries, { port, settings: options.settings, log: log.descriptor });
    fs.closeSync(log.descriptor);
    if (await becomesReady(child, directory)) return port;
    const lines = log.linesSince();
    const isPortTaken = lines.some((line) => line.includes('could not bind'));
    // Backends of a killed server need a moment to notice its death.
    const isPredecessorLeaving = lines.some((line) => line.includes('pre-existing shared memory block'));
    if (attempt === START_ATTEMPTS || !(isPortTaken || isPredecessorLeaving)) {
      throw new EmbeddedPostgresFailed(`PostgreSQL did not start on ${directory.cluster}.`, lines);
    }
    if (isPortTaken) wantedPorts = [];
    else await sleep(BETWEEN_ATTEMPTS_MS);
  }
}

/**
 * Detached: in a process group of its own, so that Ctrl-C in a terminal reaches the application alone, which drains and
 * then stops the server. Not referenced: a running server keeps no process from ending.
 */
function spawnServer(
  directory: DataDirectory,
  binaries: PostgresBinaries,
  options: { port: number; settings: Readonly<Record<string, string>>; log: number },
): ChildProcess {
  const user = directory.serverUser;
  const settings = { ...options.settings, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      directory.serverPathOf(directory.cluster, user),
      '-p',
      String(options.port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      ...user,
      cwd: directory.cluster,
      env: serverEnvironment(),
      stdio: ['ignore', options.log, options.log],
      detached: true,
      windowsHide: true,
    },
  );
  child.unref();
  return child;
}

/** False where it ended instead. */
async function becomesReady(child: ChildProcess, directory: DataDirectory): Promise<boolean> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const deadline = Date.now() + READY_PATIENCE_MS;
  while (Date.now() < deadline) {
    if (failure) throw new EmbeddedPostgresUnavailable(`The PostgreSQL server cannot run here (${failure.message}).`);
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const pidFile = readPidFile(directory.cluster);
    if (pidFile?.pid === child.pid && pidFile?.isReady) return true;
    await sleep(POLL_MS);
  }
  throw new EmbeddedPostgresFailed(`PostgreSQL on ${directory.cluster} did not become ready.`);
}

/**
 * Stops the server if one runs, and waits until its process is gone. `fast` ends all sessions and leaves clean files;
 * `immediate` is for files nobody needs again.
 */
export async function stopServer(
  directory: DataDirectory,
  binaries: PostgresBinaries,
  mode: 'fast' | 'immediate',
): Promise<void> {
  const pid = readPidFile(directory.cluster)?.pid;
  if (pid === undefined || !isPostmasterOf(pid, directory.cluster)) return;
  const user = directory.serverUser;
  const serverPath = directory.serverPathOf(directory.cluster, user);
  const result = await runCommand(
    binaries.pgCtl,
    ['stop', '-D', serverPath, '-m', mode, '-w', '-t', String(STOP_PATIENCE_SECONDS)],
    { user, cwd: directory.cluster },
  );
  if (result.status !== 0 && isPostmasterOf(pid, directory.cluster)) {
    throw new EmbeddedPostgresFailed(`The server ${pid} could not be stopped.`, lastLines(result.output));
  }
  while (process.platform !== 'win32' && isPostmasterOf(pid, directory.cluster)) await sleep(POLL_MS);
}
