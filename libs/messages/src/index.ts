export { CountAllUnreadMessages, CountUnreadMessages } from './application/count-unread-messages';
export { ListMessages, type ListMessagesQuery } from './application/list-messages';
export { MarkMessagesRead, type MarkMessagesReadCommand, type MessagesRead } from './application/mark-messages-read';
export type { MessageView } from './application/message-view';
export { SendMessage, type SendMessageCommand } from './application/send-message';
export { DealNotDisputed } from './domain/errors';
export { MAX_TEXT_LENGTH, type Message } from './domain/message';
export { MessagesModule } from './messages.module';
export { EraseMessages } from './application/erase-messages';
