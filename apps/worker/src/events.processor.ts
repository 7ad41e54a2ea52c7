import { EVENTS_QUEUE, type EventJob, OutboxDispatcher } from '@evenhand/platform';
import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';

/** Brings outbox events to their handlers; a failure is tried again with growing pauses, then kept as a dead letter. */
@Processor(EVENTS_QUEUE, { concurrency: 8 })
export class EventsProcessor extends WorkerHost {
  constructor(private readonly dispatcher: OutboxDispatcher) {
    super();
  }

  override process(job: Job<EventJob>): Promise<void> {
    return this.dispatcher.dispatch(job.data.eventId);
  }
}
