import type { Actor } from '@evenhand/kernel';
import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DealType } from '../deals/deal.types';
import { CurrentActor, fromGlobalId, PageArgs, toConnection } from '../graphql';
import { MessagesOfDeal } from './messages-of-deal';
import { toMessage } from './messages.mapper';
import { MessageConnection } from './messages.types';

@Resolver(() => DealType)
export class DealMessagesResolver {
  constructor(private readonly messagesOfDeal: MessagesOfDeal) {}

  @ResolveField(() => MessageConnection, { description: 'What its people have written to each other, newest first.' })
  async messages(
    @CurrentActor() actor: Actor,
    @Parent() deal: DealType,
    @Args() { first, after }: PageArgs,
  ): Promise<MessageConnection> {
    const page = await this.messagesOfDeal.pageOf(actor, fromGlobalId('deal', deal.id), { first, after });
    return toConnection(page, toMessage);
  }

  @ResolveField(() => Int, { description: 'What others wrote after what the viewer has marked as read.' })
  unreadMessages(@CurrentActor() actor: Actor, @Parent() deal: DealType): Promise<number> {
    return this.messagesOfDeal.unreadOf(actor, fromGlobalId('deal', deal.id));
  }
}
