import type { Actor } from '@evenhand/kernel';
import {
  EndpointDisabled,
  ListMessages,
  MessageForgotten,
  ReplayFailedMessages,
  ReplayMessages,
  SendTestEvent,
} from '@evenhand/webhooks';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection, toGlobalId } from '../graphql';
import {
  ReplayFailedWebhookMessagesInput,
  ReplayWebhookMessagesInput,
  SendTestEventInput,
  WebhookMessagesArgs,
} from './webhooks.inputs';
import { toMessage } from './webhooks.mapper';
import { WebhookMessageConnection, WebhookMessagesReplayed, WebhookTestSent } from './webhooks.types';

const ReplayResult = resultUnion('ReplayWebhookMessagesResult', () => WebhookMessagesReplayed, [
  EndpointDisabled,
  MessageForgotten,
]);
const ReplayFailedResult = resultUnion('ReplayFailedWebhookMessagesResult', () => WebhookMessagesReplayed, [
  EndpointDisabled,
]);
const SendTestResult = resultUnion('SendTestEventResult', () => WebhookTestSent, [EndpointDisabled]);

@Resolver()
export class WebhookMessagesResolver {
  constructor(
    private readonly listMessages: ListMessages,
    private readonly replay: ReplayMessages,
    private readonly replayFailed: ReplayFailedMessages,
    private readonly sendTest: SendTestEvent,
  ) {}

  @Query(() => WebhookMessageConnection, { description: 'The log of an endpoint, newest message first.' })
  async webhookMessages(
    @CurrentActor() actor: Actor,
    @Args() { endpointId, state, ...page }: WebhookMessagesArgs,
  ): Promise<WebhookMessageConnection> {
    const query = { actor, endpointId: fromGlobalId('endpoint', endpointId), state, page };
    return toConnection(await this.listMessages.execute(query), toMessage);
  }

  @Mutation(() => ReplayResult.type, {
    description: 'Sends messages again, with the same ids and bytes; those that are pending are sent anyway.',
  })
  replayWebhookMessages(@CurrentActor() actor: Actor, @Input() input: ReplayWebhookMessagesInput) {
    return ReplayResult.of(() => {
      const endpointId = fromGlobalId('endpoint', input.endpointId);
      const messageIds = input.messageIds.map((id) => fromGlobalId('msg', id));
      return this.replay.execute({ actor, endpointId, messageIds });
    });
  }

  @Mutation(() => ReplayFailedResult.type, {
    description: 'Sends again what failed of an endpoint since an instant, 10,000 messages at most.',
  })
  replayFailedWebhookMessages(
    @CurrentActor() actor: Actor,
    @Input() { endpointId, since }: ReplayFailedWebhookMessagesInput,
  ) {
    return ReplayFailedResult.of(() =>
      this.replayFailed.execute({ actor, endpointId: fromGlobalId('endpoint', endpointId), since }),
    );
  }

  @Mutation(() => SendTestResult.type, {
    description: 'Sends an endpoint a `webhook.test`; while one is pending there is no second.',
  })
  sendTestEvent(@CurrentActor() actor: Actor, @Input() { endpointId }: SendTestEventInput) {
    return SendTestResult.of(async () => {
      const sent = await this.sendTest.execute({ actor, endpointId: fromGlobalId('endpoint', endpointId) });
      return { messageId: toGlobalId('msg', sent.messageId) };
    });
  }
}
