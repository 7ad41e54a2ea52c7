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

/** Every endpoint that wants an event of one type, and may know of it, gets one message. */
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
      const [body, createdAt] = [bodyOf({ ...event, data: event.data() }), this.clock.now()];
      const messages = (listeners.get(event.eventId) ?? []).map(({ endpoint, representedId }): NewMessage => {
        const { endpointId, partyId } = endpoint;
        const { eventId, type } = event;
        return { messageId: this.ids.next(), endpointId, partyId, eventId, type, representedId, body, createdAt };
      });
      await this.messages.add(tx, messages);
    });
  }
}
