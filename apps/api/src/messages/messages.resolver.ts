import { type Actor, IdempotencyConflict } from '@evenhand/kernel';
import { CountAllUnreadMessages, DealNotDisputed, MarkMessagesRead, SendMessage } from '@evenhand/messages';
import { Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import { MarkMessagesReadInput, SendMessageInput } from './messages.inputs';
import { toMessage } from './messages.mapper';
import { MessagesReadType, MessageType } from './messages.types';

const SendMessageResult = resultUnion('SendMessageResult', () => MessageType, [DealNotDisputed, IdempotencyConflict]);

@Resolver()
export class MessagesResolver {
  constructor(
    private readonly send: SendMessage,
    private readonly markRead: MarkMessagesRead,
    private readonly countAll: CountAllUnreadMessages,
  ) {}

  @Query(() => Int, { description: 'Unread messages over all deals of the viewer.' })
  unreadMessages(@CurrentActor() actor: Actor): Promise<number> {
    return this.countAll.execute({ actor });
  }

  @Mutation(() => SendMessageResult.type, { description: 'Writes to all who see the conversation of the deal.' })
  sendMessage(@CurrentActor() actor: Actor, @Input() { partyId, ...input }: SendMessageInput) {
    return SendMessageResult.of(async () => {
      const ids = {
        dealId: fromGlobalId('deal', input.dealId),
        partyId: partyId === null ? null : fromGlobalId('party', partyId),
      };
      return toMessage(await this.send.execute({ actor, ...input, ...ids }));
    });
  }

  @Mutation(() => MessagesReadType, {
    description: 'The viewer has read the messages of a deal through one of them; their mark moves forward only.',
  })
  async markMessagesRead(
    @CurrentActor() actor: Actor,
    @Input() input: MarkMessagesReadInput,
  ): Promise<MessagesReadType> {
    const dealId = fromGlobalId('deal', input.dealId);
    const throughMessageId = fromGlobalId('message', input.throughMessageId);
    const { unread } = await this.markRead.execute({ actor, dealId, throughMessageId });
    return { dealId: input.dealId, unreadMessages: unread };
  }
}
