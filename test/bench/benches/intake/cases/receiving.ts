import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Measurement } from '../../../bench';
import { contest, timed } from '../../../contest';
import { sendAll } from '../shop';
import type { Stage } from '../stage';

const ROUNDS = 5;
/** The product may take so many times as long as the bare server. */
const TIMES_AS_LONG = 3;
const RUN_TYPESCRIPT = path.join(process.cwd(), 'test', 'support', 'run-typescript.cjs');

/** HTTP webhook to stored, against a bare server that inserts one row, both over the same connections. */
export async function* receiving(stage: Stage): AsyncGenerator<Measurement> {
  const bare = await startBareServer(await stage.server.create('bare'));
  try {
    yield* measure(stage, bare.url, { connections: 20, count: 3_000 });
    yield* measure(stage, bare.url, { connections: 1, count: 500 });
  } finally {
    bare.child.kill();
  }
}

interface Load {
  readonly connections: number;
  readonly count: number;
}

async function* measure({ shop }: Stage, bareUrl: string, { connections, count }: Load): AsyncGenerator<Measurement> {
  const turn = (url: string) => (): ReturnType<typeof timed> => {
    const messages = shop.orders(count);
    return timed(async () => {
      await sendAll(url, messages, connections);
      return count;
    });
  };
  const { product: value, bare: limit } = await contest({ product: turn(shop.url), bare: turn(bareUrl) }, ROUNDS);
  const name = `webhooks stored, ${connections} connection${connections === 1 ? '' : 's'}, of a bare server`;
  yield { case: name, value, unit: 'webhooks/s', limit, goal: 1 / TIMES_AS_LONG, better: 'more' };
}

async function startBareServer(databaseUrl: string): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const script = path.join(__dirname, '..', 'bare-server.ts');
  const child = fork(RUN_TYPESCRIPT, [script], { env: { ...process.env, DATABASE_URL: databaseUrl } });
  const [message] = (await once(child, 'message')) as [{ readonly url: string }];
  return { child, url: message.url };
}
