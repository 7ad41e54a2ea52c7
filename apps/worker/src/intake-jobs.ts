import { INTAKE_QUEUE } from '@evenhand/platform';
import { WatchIntake } from '@evenhand/sales';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';

export interface IntakeJob {
  readonly brandId: string;
}

const MOST_BRANDS = 1_000;

/**
 * Makes a job for every brand of which webhooks wait. A job is a hint: the webhooks are in the database, and a brand
 * whose job was lost, or did not get through with all, has another one at the next look.
 */
@Injectable()
export class IntakeJobs {
  private readonly logger = new Logger(IntakeJobs.name);

  constructor(
    private readonly watch: WatchIntake,
    @InjectQueue(INTAKE_QUEUE) private readonly queue: Queue<IntakeJob>,
  ) {
    this.queue.on('error', (err) => this.logger.warn({ err }, 'The queue of webhooks could not be reached'));
  }

  async execute(): Promise<void> {
    const brandIds = await this.watch.brandsWithDue(MOST_BRANDS);
    if (brandIds.length === 0) return;
    await this.queue.addBulk(
      brandIds.map((brandId) => ({
        name: 'take-in',
        data: { brandId },
        // One job a brand at a time, or later messages would overtake earlier ones; it is made anew, not kept, when it failed.
        opts: { jobId: `brand-${brandId}`, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }
}
