import { type MessageBacklog, WatchMessages } from '@evenhand/webhooks';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Gauge, register } from 'prom-client';

const MESSAGES = 'evenhand_webhook_messages';
const LAG = 'evenhand_webhook_lag_seconds';

/** How far outgoing webhooks lag behind, asked for when the metrics are. */
@Injectable()
export class WebhookMetrics implements OnModuleInit, OnModuleDestroy {
  constructor(private readonly watch: WatchMessages) {}

  onModuleInit(): void {
    const { watch } = this;
    // `this` is the gauge in `collect`.
    new Gauge({
      name: MESSAGES,
      help: 'Outgoing webhooks that are still to be sent, and those that failed for good.',
      labelNames: ['state'],
      async collect() {
        const backlog = await unlessUnavailable(watch);
        this.set({ state: 'pending' }, backlog?.pending ?? NaN);
        this.set({ state: 'failed' }, backlog?.failed ?? NaN);
      },
    });
    new Gauge({
      name: LAG,
      help: 'For how long the outgoing webhook that waits longest has been due.',
      async collect() {
        const backlog = await unlessUnavailable(watch);
        const dueAt = backlog?.oldestDueAt?.getTime() ?? Date.now();
        this.set(backlog ? (Date.now() - dueAt) / 1_000 : NaN);
      },
    });
  }

  onModuleDestroy(): void {
    for (const name of [MESSAGES, LAG]) register.removeSingleMetric(name);
  }
}

/** Null where the database does not answer: what the process itself measures is told all the same. */
function unlessUnavailable(watch: WatchMessages): Promise<MessageBacklog | null> {
  return watch.backlog().catch(() => null);
}
