import { INTAKE_QUEUE, TAKE_OVER } from '@evenhand/platform';
import { TakeInDeliveries } from '@evenhand/sales';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import { type Job, WaitingError } from 'bullmq';
import type { IntakeJob } from './intake-jobs';

/** Then the job goes to the end of the queue, and other brands have their turn. */
const LIMIT = 5_000;

/** Takes in the webhooks of one brand a job, several brands at once, so that none waits behind another one's burst. */
@Processor(INTAKE_QUEUE, { concurrency: 4, ...TAKE_OVER })
export class IntakeProcessor extends WorkerHost {
  private readonly logger = new Logger(IntakeProcessor.name);

  constructor(private readonly takeIn: TakeInDeliveries) {
    super();
  }

  override async process(job: Job<IntakeJob>, token?: string): Promise<void> {
    if ((await this.takeInSome(job.data.brandId)) < LIMIT) return;
    await job.moveToWait(token);
    throw new WaitingError();
  }

  private async takeInSome(brandId: string): Promise<number> {
    try {
      return (await this.takeIn.execute({ brandId, limit: LIMIT })).decided;
    } catch (err) {
      this.logger.error({ err, brandId }, 'Webhooks could not be taken in');
      throw err;
    }
  }

  @OnWorkerEvent('error')
  onQueueError(err: Error): void {
    this.logger.warn({ err }, 'The queue of webhooks could not be reached');
  }
}
