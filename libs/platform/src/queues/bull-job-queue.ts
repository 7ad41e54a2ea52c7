import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { JobQueue } from './job-queue';
import { EVENTS_QUEUE, type EventJob } from './queue-names';

const ATTEMPTS = 8;
const FIRST_RETRY_MS = 500;

@Injectable()
export class BullJobQueue extends JobQueue {
  private readonly logger = new Logger(BullJobQueue.name);

  constructor(@InjectQueue(EVENTS_QUEUE) private readonly queue: Queue<EventJob>) {
    super();
    this.queue.on('error', (err) => this.logger.warn({ err }, 'The queue of events could not be reached'));
  }

  override async enqueueEvents(eventIds: readonly string[]): Promise<void> {
    if (eventIds.length === 0) return;
    await this.queue.addBulk(
      eventIds.map((eventId) => ({
        name: 'deliver',
        data: { eventId },
        opts: {
          jobId: `event-${eventId}`,
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: FIRST_RETRY_MS },
          removeOnComplete: true,
        },
      })),
    );
  }
}
