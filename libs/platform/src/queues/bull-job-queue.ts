import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { JobQueue } from './job-queue';
import { EVENTS_QUEUE, type EventJob } from './queue-names';

const ATTEMPTS = 8;
const FIRST_RETRY_MS = 500;

@Injectable()
export class BullJobQueue extends JobQueue {
  constructor(@InjectQueue(EVENTS_QUEUE) private readonly queue: Queue<EventJob>) {
    super();
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
