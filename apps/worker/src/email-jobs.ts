import { WatchEmails } from '@evenhand/notifications';
import { EMAILS_QUEUE } from '@evenhand/platform';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';

export interface EmailJob {
  readonly notificationId: string;
}

const MOST_EMAILS = 1_000;

/** Makes a job for every e-mail that is due. The job is a hint: what is due is in the database, and found again there. */
@Injectable()
export class EmailJobs {
  private readonly logger = new Logger(EmailJobs.name);

  constructor(
    private readonly watch: WatchEmails,
    @InjectQueue(EMAILS_QUEUE) private readonly queue: Queue<EmailJob>,
  ) {
    this.queue.on('error', (err) => this.logger.warn({ err }, 'The queue of e-mails could not be reached'));
  }

  async execute(): Promise<void> {
    const due = await this.watch.due(MOST_EMAILS);
    if (due.length === 0) return;
    await this.queue.addBulk(
      due.map((notificationId) => ({
        name: 'send',
        data: { notificationId },
        // One job an e-mail at a time; it is made anew, not kept, when it failed.
        opts: { jobId: `email-${notificationId}`, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }
}
