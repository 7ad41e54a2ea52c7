import { OutboxDispatcher, RelayOutbox } from '@evenhand/platform';
// Deep, for what only the module with queues brings along.
import { OutboxReader } from '../../libs/platform/src/outbox/outbox-reader';
import { JobQueue } from '../../libs/platform/src/queues/job-queue';

/** Keeps the ids of the events that a worker would have jobs for. */
export class KeptJobs extends JobQueue {
  readonly eventIds: string[] = [];

  override async enqueueEvents(eventIds: readonly string[]): Promise<void> {
    this.eventIds.push(...eventIds);
  }
}

/** For a module that imports `DiscoveryModule`: the outbox of a worker without its queue. */
export const RELAY = [OutboxReader, OutboxDispatcher, RelayOutbox, { provide: JobQueue, useClass: KeptJobs }];

/** For the owner of the tables, of event $1: as if the job had been lost before it said that it was done. */
export const REOPENED = `with undone as (delete from platform.outbox_deliveries where event_id = $1)
  update platform.outbox set completed_at = null where event_id = $1`;
