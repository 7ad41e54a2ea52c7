import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
// Deep, since the whole platform would bring Nest into every test file with Redis.
import { findFreePort } from '../../../platform/src/embedded-postgres';
import { findOnPath } from '../run/find-on-path';
import { describeWith } from '../run/needs';
import { currentTestRun } from '../run/test-run';

const READY_PATIENCE_MS = 20_000;
const POLL_MS = 10;

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** `describe` for tests that call `startTestRedis`. */
export function describeWithRedis(name: string, tests: () => void): void {
  const isMet = findOnPath('redis-server') !== undefined;
  describeWith({ what: 'redis-server', isMet, howToGet: 'apt-get install redis-server' }, name, tests);
}

/** A Redis of one's own on 127.0.0.1, append-only as in production, in the folder of the run. */
export async function startTestRedis(): Promise<TestRedis> {
  const program = findOnPath('redis-server');
  if (!program) throw new Error('redis-server is not on PATH; wrap the tests in describeWithRedis.');
  const folder = fs.mkdtempSync(path.join(currentTestRun().folder, 'redis-'));
  const port = await findFreePort();
  const log = fs.openSync(path.join(folder, 'redis.log'), 'a');
  const child = spawn(
    program,
    ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'yes'],
    { stdio: ['ignore', log, log] },
  );
  fs.closeSync(log);
  const killWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  await untilReady(child, port, folder);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      process.off('exit', killWithUs);
      if (hasEnded(child)) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, port: number, folder: string): Promise<void> {
  const deadline = Date.now() + READY_PATIENCE_MS;
  while (!(await answersPing(port))) {
    if (hasEnded(child) || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`redis-server did not start:\n${fs.readFileSync(path.join(folder, 'redis.log'), 'utf8')}`);
    }
    await sleep(POLL_MS);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });
}
