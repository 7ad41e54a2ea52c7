import { WatchMessages } from '@evenhand/webhooks';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { BacklogGauges } from '../http/backlog-gauges';

/** How far outgoing webhooks lag behind. */
@Injectable()
export class WebhookMetrics implements OnModuleInit, OnModuleDestroy {
  private gauges: BacklogGauges | undefined;

  constructor(private readonly watch: WatchMessages) {}

  onModuleInit(): void {
    this.gauges = new BacklogGauges(
      {
        name: 'evenhand_webhook_messages',
        help: 'Outgoing webhooks that are still to be sent, and those that failed for good.',
      },
      {
        name: 'evenhand_webhook_lag_seconds',
        help: 'For how long the outgoing webhook that waits longest has been due.',
      },
      async () => {
        const { pending, failed, oldestDueAt } = await this.watch.backlog();
        return { counts: { pending, failed }, waitingSince: oldestDueAt };
      },
    );
  }

  onModuleDestroy(): void {
    this.gauges?.close();
  }
}
