import { MessagesModule } from '@evenhand/messages';
import { Module } from '@nestjs/common';
import { DealMessagesResolver } from './deal-messages.resolver';
import { MessagesOfDeal } from './messages-of-deal';
import { MessagesResolver } from './messages.resolver';

@Module({
  imports: [MessagesModule],
  providers: [MessagesResolver, DealMessagesResolver, MessagesOfDeal],
})
export class MessagesApiModule {}
