import { WatchEmails } from '@evenhand/notifications';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { BacklogGauges } from '../http/backlog-gauges';

/** How far e-mails lag behind. */
@Injectable()
export class EmailMetrics implements OnModuleInit, OnModuleDestroy {
  private gauges: BacklogGauges | undefined;

  constructor(private readonly watch: WatchEmails) {}

  onModuleInit(): void {
    this.gauges = new BacklogGauges(
      { name: 'evenhand_emails', help: 'E-mails that are still to be sent, and those that failed for good.' },
      { name: 'evenhand_email_lag_seconds', help: 'For how long the e-mail that waits longest has been due.' },
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
