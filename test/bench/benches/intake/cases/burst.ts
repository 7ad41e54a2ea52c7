import { setTimeout as pause } from 'node:timers/promises';
import type { Measurement } from '../../../bench';
import { sendAll } from '../shop';
import type { Stage } from '../stage';

const EVENTS = { large: 200_000, small: 20_000 };
const PART = 5_000;
const CONNECTIONS = 20;
const LOOK_EVERY_MS = 500;
const MOST_MEGABYTES = 512;

/** A livestream that sells faster than anything else happens: webhooks on one deal come in while the worker takes them in. */
export async function* burst(stage: Stage): AsyncGenerator<Measurement> {
  const events = stage.isLarge ? EVENTS.large : EVENTS.small;
  const name = `burst of ${events.toLocaleString('en')} webhooks on one deal`;
  await stage.product.startWorker();
  const watch = new Watch(stage);
  const startedAt = performance.now();
  for (let sent = 0; sent < events; sent += PART) {
    await sendAll(stage.shop.url, stage.shop.orders(PART), CONNECTIONS);
  }
  const sentAt = performance.now();
  while ((await stage.waiting()) > 0) await pause(LOOK_EVERY_MS);
  const drainedAt = performance.now();
  const { megabytes, lagSeconds } = await watch.stop();
  await stage.product.stopWorker('SIGTERM');
  const rate = (ms: number): number => (events / ms) * 1_000;
  const plain = { limit: null, goal: null, better: 'more' } as const;
  yield { case: `${name}, stored`, value: rate(sentAt - startedAt), unit: 'webhooks/s', ...plain };
  yield { case: `${name}, posted`, value: rate(drainedAt - startedAt), unit: 'sales/s', ...plain };
  yield { case: `${name}, longest lag in /metrics`, value: lagSeconds, unit: 's', ...plain, better: 'less' };
  const memory = { limit: MOST_MEGABYTES, goal: 1, better: 'less' } as const;
  yield { case: `${name}, memory of the larger process`, value: megabytes, unit: 'MB', ...memory };
}

/** Looks again and again how much memory the processes hold, and how far behind the worker says it is. */
class Watch {
  private isOver = false;
  private megabytes = 0;
  private lagSeconds = 0;
  private readonly watching: Promise<void>;

  constructor(private readonly stage: Stage) {
    this.watching = this.watch();
  }

  async stop(): Promise<{ readonly megabytes: number; readonly lagSeconds: number }> {
    this.isOver = true;
    await this.watching;
    const { megabytes, lagSeconds } = this;
    return { megabytes, lagSeconds };
  }

  private async watch(): Promise<void> {
    while (!this.isOver) {
      const { product } = this.stage;
      this.megabytes = Math.max(this.megabytes, ...product.residentMegabytes());
      const text = await (await fetch(`${product.url}/metrics`)).text();
      const lag = text.split('\n').find((line) => line.startsWith('evenhand_intake_lag_seconds'));
      this.lagSeconds = Math.max(this.lagSeconds, Number(lag?.split(' ').at(-1)));
      await pause(LOOK_EVERY_MS);
    }
  }
}
