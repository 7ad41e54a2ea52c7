import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { JobQueue } from '../queues/job-queue';
import { OutboxDispatcher } from './outbox-dispatcher';
import { OutboxReader } from './outbox-reader';

const BATCH = 500;
/** A relayed event whose job has not completed it by then is taken as lost and relayed again. */
const STALE_AFTER_MS = 120_000;
const RELAY = systemActor('outbox relay');

/** Turns open outbox events into jobs. The job is a hint: when it is lost, the event is still open and comes again. */
@Injectable()
export class RelayOutbox {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reader: OutboxReader,
    private readonly dispatcher: OutboxDispatcher,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** Relays until nothing is open; answers how many events it took. */
  async execute(): Promise<number> {
    let relayed = 0;
    for (;;) {
      const taken = await this.relayBatch();
      relayed += taken;
      if (taken < BATCH) return relayed;
    }
  }

  private relayBatch(): Promise<number> {
    const staleBefore = new Date(this.clock.now().getTime() - STALE_AFTER_MS);
    return this.uow.run(RELAY, async (tx) => {
      const events = await this.reader.takeOpen(tx, BATCH, staleBefore);
      const heard = await this.dispatcher.heardOf(tx, events);
      const ids = events.map((event) => event.eventId);
      const unheard = ids.filter((id) => !heard.has(id));
      if (unheard.length > 0) await this.reader.complete(tx, unheard);
      await this.queue.enqueueEvents(ids.filter((id) => heard.has(id)));
      return events.length;
    });
  }
}
