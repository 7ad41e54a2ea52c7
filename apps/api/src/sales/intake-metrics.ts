import { type IntakeBacklog, WatchIntake } from '@evenhand/sales';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Gauge, register } from 'prom-client';

const MESSAGES = 'evenhand_intake_webhooks';
const LAG = 'evenhand_intake_lag_seconds';

/** How far the intake of webhooks lags behind, asked for when the metrics are. */
@Injectable()
export class IntakeMetrics implements OnModuleInit, OnModuleDestroy {
  constructor(private readonly watch: WatchIntake) {}

  onModuleInit(): void {
    const { watch } = this;
    // `this` is the gauge in `collect`.
    new Gauge({
      name: MESSAGES,
      help: 'Webhooks that are stored and not taken in yet, and those that wait for a person.',
      labelNames: ['state'],
      async collect() {
        const backlog = await unlessUnavailable(watch);
        this.set({ state: 'waiting' }, backlog?.waiting ?? NaN);
        this.set({ state: 'failed' }, backlog?.failed ?? NaN);
      },
    });
    new Gauge({
      name: LAG,
      help: 'Age of the oldest webhook that is not taken in yet.',
      async collect() {
        const backlog = await unlessUnavailable(watch);
        const receivedAt = backlog?.oldestReceivedAt?.getTime() ?? Date.now();
        this.set(backlog ? (Date.now() - receivedAt) / 1_000 : NaN);
      },
    });
  }

  onModuleDestroy(): void {
    for (const name of [MESSAGES, LAG]) register.removeSingleMetric(name);
  }
}

/** Null where the database does not answer: what the process itself measures is told all the same. */
function unlessUnavailable(watch: WatchIntake): Promise<IntakeBacklog | null> {
  return watch.backlog().catch(() => null);
}
