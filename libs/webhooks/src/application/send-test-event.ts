import { type Actor, Clock, IdGenerator } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { EndpointDisabled } from '../domain/errors';
import { TEST_EVENT_TYPE } from '../domain/event-types';
import { EndpointAccess } from './endpoint-access';
import { MessageStore } from './message-store';
import { bodyOf, PublicEvents } from './public-events';

/**
 * Sends an endpoint a message that tells of nothing, to try it; while one is pending there is no second. Throws `NotFound`,
 * `Forbidden`, `EndpointDisabled`.
 */
@Injectable()
export class SendTestEvent {
  constructor(
    private readonly access: EndpointAccess,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly messages: MessageStore,
    private readonly events: PublicEvents,
  ) {}

  execute(command: { readonly actor: Actor; readonly endpointId: string }): Promise<{ readonly messageId: string }> {
    return this.access.change(command.actor, command.endpointId, async (tx, endpoint) => {
      if (endpoint.state !== 'enabled') throw new EndpointDisabled();
      const { endpointId, partyId } = endpoint;
      const pending = await this.messages.pendingTest(tx, endpointId);
      if (pending !== undefined) return { messageId: pending };
      const [messageId, createdAt] = [this.ids.next(), this.clock.now()];
      const data = this.events.testData(endpointId, partyId);
      const body = bodyOf({ type: TEST_EVENT_TYPE, occurredAt: createdAt, data });
      const test = {
        messageId,
        endpointId,
        partyId,
        eventId: null,
        place: 0,
        type: TEST_EVENT_TYPE,
        representedId: null,
      };
      await this.messages.add(tx, [{ ...test, body, createdAt }]);
      return { messageId };
    });
  }
}
