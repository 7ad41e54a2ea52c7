import {
  IdGenerator,
  Clock,
  OutboxHandler,
  type RecordedEvent,
  systemActor,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Audience } from './audience';
import { MessageStore, type NewMessage } from './message-store';
import { bodyOf, PublicEvents } from './public-events';

const ACTOR = systemActor('queue messages when event recorded');

/** Every endpoint that wants an event of one type, and may know of it, gets one message of each thing that it tells. */
export class QueueMessagesWhenEventRecorded extends OutboxHandler {
  readonly name = 'queue-messages-when-event-recorded';

  constructor(
    readonly eventType: string,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly events: PublicEvents,
    private readonly audience: Audience,
    private readonly messages: MessageStore,
  ) {
    super();
  }

  /** Most events are wanted by nobody: then a burst of them makes no jobs. */
  override async concerning(tx: Transaction, recorded: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    const events = recorded.flatMap((event) => this.events.describe(event) ?? []);
    const listeners = await this.audience.listenersOf(tx, events, { lock: false });
    return recorded.filter(({ eventId }) => (listeners.get(eventId) ?? []).length > 0);
  }

  override async handle(recorded: RecordedEvent): Promise<void> {
    const event = this.events.describe(recorded);
    if (!event) return;
    await this.uow.run(ACTOR, async (tx) => {
      const listeners = await this.audience.listenersOf(tx, [event], { lock: true });
      const { eventId, type } = event;
      const createdAt = this.clock.now();
      const bodies = event.data().map((data) => bodyOf({ ...event, data }));
      const messages = (listeners.get(eventId) ?? []).flatMap(({ endpoint: { endpointId, partyId }, representedId }) =>
        bodies.map((body, place): NewMessage => {
          const messageId = this.ids.next();
          return { messageId, endpointId, partyId, eventId, place, type, representedId, body, createdAt };
        }),
      );
      await this.messages.add(tx, messages);
    });
  }
}
