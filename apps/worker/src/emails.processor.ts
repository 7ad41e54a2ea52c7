import { SendEmail } from '@evenhand/notifications';
import { EMAILS_QUEUE, TAKE_OVER } from '@evenhand/platform';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { EmailJob } from './email-jobs';

/** As many as nodemailer keeps connections: more would only wait there. */
const AT_ONCE = 5;

/** Sends one e-mail a job. */
@Processor(EMAILS_QUEUE, { concurrency: AT_ONCE, ...TAKE_OVER })
export class EmailsProcessor extends WorkerHost {
  private readonly logger = new Logger(EmailsProcessor.name);

  constructor(private readonly sendEmail: SendEmail) {
    super();
  }

  override async process({ data: { notificationId } }: Job<EmailJob>): Promise<void> {
    try {
      await this.sendEmail.execute({ notificationId });
    } catch (err) {
      this.logger.error({ err, notificationId }, 'E-mail could not be sent');
      throw err;
    }
  }

  @OnWorkerEvent('error')
  onQueueError(err: Error): void {
    this.logger.warn({ err }, 'The queue of e-mails could not be reached');
  }
}
