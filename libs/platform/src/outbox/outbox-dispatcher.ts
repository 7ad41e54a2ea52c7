import { OutboxHandler, type RecordedEvent, systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { OutboxReader } from './outbox-reader';

const DISPATCHER = systemActor('outbox dispatcher');

/** Brings an event to every handler of its type, each once as far as the database knows. */
@Injectable()
export class OutboxDispatcher implements OnApplicationBootstrap {
  private readonly handlers = new Map<string, OutboxHandler[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly uow: UnitOfWork,
    private readonly reader: OutboxReader,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (!(instance instanceof OutboxHandler)) continue;
      this.handlers.set(instance.eventType, [...(this.handlers.get(instance.eventType) ?? []), instance]);
    }
  }

  /** Ids of those events that concern a handler. */
  async heardOf(tx: Transaction, events: readonly RecordedEvent[]): Promise<ReadonlySet<string>> {
    const heard = new Set<string>();
    for (const type of new Set(events.map((event) => event.type))) {
      const ofType = events.filter((event) => event.type === type);
      for (const handler of this.handlers.get(type) ?? []) {
        for (const { eventId } of await handler.concerning(tx, ofType)) heard.add(eventId);
      }
    }
    return heard;
  }

  /** Delivers the event to the handlers that have not had it. A failing handler throws; the next attempt goes on there. */
  async dispatch(eventId: string): Promise<void> {
    const event = await this.uow.read(DISPATCHER, (tx) => this.reader.find(tx, eventId));
    if (event === null) return;
    const delivered = await this.uow.read(DISPATCHER, (tx) => this.reader.deliveredTo(tx, eventId));
    for (const handler of this.handlers.get(event.type) ?? []) {
      if (!delivered.has(handler.name)) await this.deliver(event, handler);
    }
    await this.uow.run(DISPATCHER, (tx) => this.reader.complete(tx, [eventId]));
  }

  private async deliver(event: RecordedEvent, handler: OutboxHandler): Promise<void> {
    await handler.handle(event);
    await this.uow.run(DISPATCHER, (tx) => this.reader.recordDelivery(tx, event.eventId, handler.name));
  }
}
