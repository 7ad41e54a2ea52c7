import type { Actor, Page, PageRequest } from '@evenhand/kernel';
import { CountUnreadMessages, ListMessages, type MessageView } from '@evenhand/messages';
import { Injectable } from '@nestjs/common';
import { LoaderPerActor, PagesPerActor } from '../graphql';

/** Conversations of deals; all that are asked for at the same moment are loaded at once. */
@Injectable()
export class MessagesOfDeal {
  private readonly pages = new PagesPerActor<string, MessageView>((actor, dealIds, page) =>
    this.listMessages.execute({ actor, dealIds, page }),
  );
  private readonly unread = new LoaderPerActor<string, number>((actor, dealIds) =>
    this.countUnread.execute({ actor, dealIds }),
  );

  constructor(
    private readonly listMessages: ListMessages,
    private readonly countUnread: CountUnreadMessages,
  ) {}

  pageOf(actor: Actor, dealId: string, page: PageRequest): Promise<Page<MessageView>> {
    return this.pages.load(actor, dealId, page);
  }

  unreadOf(actor: Actor, dealId: string): Promise<number> {
    return this.unread.load(actor, dealId);
  }
}
