import { WatchIntake } from '@evenhand/sales';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { BacklogGauges } from '../http/backlog-gauges';

/** How far the intake of webhooks lags behind. */
@Injectable()
export class IntakeMetrics implements OnModuleInit, OnModuleDestroy {
  private gauges: BacklogGauges | undefined;

  constructor(private readonly watch: WatchIntake) {}

  onModuleInit(): void {
    this.gauges = new BacklogGauges(
      {
        name: 'evenhand_intake_webhooks',
        help: 'Webhooks that are stored and not taken in yet, and those that wait for a person.',
      },
      { name: 'evenhand_intake_lag_seconds', help: 'Age of the oldest webhook that is not taken in yet.' },
      async () => {
        const { waiting, failed, oldestReceivedAt } = await this.watch.backlog();
        return { counts: { waiting, failed }, waitingSince: oldestReceivedAt };
      },
    );
  }

  onModuleDestroy(): void {
    this.gauges?.close();
  }
}
