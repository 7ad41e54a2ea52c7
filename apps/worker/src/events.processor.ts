import { EVENTS_QUEUE, type EventJob, OutboxDispatcher, TAKE_OVER } from '@evenhand/platform';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';

/** Brings outbox events to their handlers; a failure is tried again with growing pauses, then kept as a dead letter. */
@Processor(EVENTS_QUEUE, { concurrency: 8, ...TAKE_OVER })
export class EventsProcessor extends WorkerHost {
  private readonly logger = new Logger(EventsProcessor.name);

  constructor(private readonly dispatcher: OutboxDispatcher) {
    super();
  }

  override async process(job: Job<EventJob>): Promise<void> {
    const { eventId } = job.data;
    try {
      await this.dispatcher.dispatch(eventId);
    } catch (err) {
      this.logger.error({ err, eventId, attempt: job.attemptsMade + 1 }, 'Event could not be handled');
      throw err;
    }
  }

  @OnWorkerEvent('error')
  onQueueError(err: Error): void {
    this.logger.warn({ err }, 'The queue of events could not be reached');
  }
}
