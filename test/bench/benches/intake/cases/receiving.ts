import type { Measurement } from '../../../bench';
import { contest, timed } from '../../../contest';
import { sendAll } from '../shop';
import { startPeer } from '../../../start-peer';
import type { Stage } from '../stage';

const ROUNDS = 5;
/** The product may take so many times as long as the bare server. */
const TIMES_AS_LONG = 3;

/** HTTP webhook to stored, against a bare server that inserts one row, both over the same connections. */
export async function* receiving(stage: Stage): AsyncGenerator<Measurement> {
  const bare = await startPeer('intake/bare-server.ts', { DATABASE_URL: await stage.server.create('bare') });
  try {
    yield* measure(stage, bare.url, { connections: 20, count: 3_000 });
    yield* measure(stage, bare.url, { connections: 1, count: 500 });
  } finally {
    bare.stop();
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
