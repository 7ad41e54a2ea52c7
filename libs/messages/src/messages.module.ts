import { DealsModule } from '@evenhand/deals';
import { IdentityModule } from '@evenhand/identity';
import { PartiesModule } from '@evenhand/parties';
import { Module } from '@nestjs/common';
import { EraseMessages, MessageEraser } from './application/erase-messages';
import { SqlMessageEraser } from './infrastructure/sql-message-eraser';
import { CountAllUnreadMessages, CountUnreadMessages } from './application/count-unread-messages';
import { ListMessages } from './application/list-messages';
import { MarkMessagesRead } from './application/mark-messages-read';
import { MessageStore } from './application/message-store';
import { SendMessage } from './application/send-message';
import { SqlMessageStore } from './infrastructure/sql-message-store';

const USE_CASES = [
  EraseMessages,
  SendMessage,
  MarkMessagesRead,
  ListMessages,
  CountUnreadMessages,
  CountAllUnreadMessages,
];

/** Needs the platform's providers (unit of work, outbox, ids, clock), which are global. */
@Module({
  imports: [DealsModule, IdentityModule, PartiesModule],
  providers: [
    ...USE_CASES,
    { provide: MessageEraser, useClass: SqlMessageEraser },
    { provide: MessageStore, useClass: SqlMessageStore },
  ],
  exports: [...USE_CASES],
})
export class MessagesModule {}
