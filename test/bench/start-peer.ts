import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const RUN_TYPESCRIPT = path.join(process.cwd(), 'test', 'support', 'run-typescript.cjs');

export interface Peer {
  readonly url: string;
  stop(): void;
}

/** Starts a server as a process of its own, from its file in the folder of the benches; it sends `{url}` when it listens. */
export async function startPeer(file: string, env: NodeJS.ProcessEnv = {}): Promise<Peer> {
  const child = fork(RUN_TYPESCRIPT, [path.join(__dirname, 'benches', file)], { env: { ...process.env, ...env } });
  const [message] = (await once(child, 'message')) as [{ readonly url: string }];
  return { url: message.url, stop: () => void child.kill() };
}
