import { ClickLog } from '@evenhand/sales';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';

const WAITING = 'evenhand_clicks_waiting';
const LOST = 'evenhand_clicks_lost_total';

/** Clicks that this process has not stored yet, and those that it gave up. */
@Injectable()
export class ClickMetrics implements OnModuleInit, OnModuleDestroy {
  constructor(private readonly clicks: ClickLog) {}

  onModuleInit(): void {
    const { clicks } = this;
    // `this` is the metric in `collect`.
    new Gauge({
      name: WAITING,
      help: 'Clicks on links that are not stored yet.',
      collect() {
        this.set(clicks.state().waiting);
      },
    });
    new Counter({
      name: LOST,
      help: 'Clicks given up because too many waited for the database.',
      collect() {
        this.reset();
        this.inc(clicks.state().lost);
      },
    });
  }

  onModuleDestroy(): void {
    for (const name of [WAITING, LOST]) register.removeSingleMetric(name);
  }
}
