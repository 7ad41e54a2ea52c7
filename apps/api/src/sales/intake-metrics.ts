import { WatchIntake } from '@evenhand/sales';
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
        const { waiting, failed } = await watch.backlog();
        this.set({ state: 'waiting' }, waiting);
        this.set({ state: 'failed' }, failed);
      },
    });
    new Gauge({
      name: LAG,
      help: 'Age of the oldest webhook that is not taken in yet.',
      async collect() {
        const { oldestReceivedAt } = await watch.backlog();
        this.set(oldestReceivedAt ? (Date.now() - oldestReceivedAt.getTime()) / 1_000 : 0);
      },
    });
  }

  onModuleDestroy(): void {
    for (const name of [MESSAGES, LAG]) register.removeSingleMetric(name);
  }
}
