import { type Actor, groupBy, type Page, type PageRequest } from '@evenhand/kernel';
import { CountUnreadMessages, ListMessages, type MessageView } from '@evenhand/messages';
import { Injectable } from '@nestjs/common';
import { LoaderPerActor } from '../graphql';

interface Wanted {
  readonly dealId: string;
  readonly page: PageRequest;
}

/** Conversations of deals; all that are asked for at the same moment are loaded at once. */
@Injectable()
export class MessagesOfDeal {
  private readonly pages = new LoaderPerActor<Wanted, Page<MessageView>>((actor, wanted) => this.load(actor, wanted));
  private readonly unread = new LoaderPerActor<string, number>((actor, dealIds) =>
    this.countUnread.execute({ actor, dealIds }),
  );

  constructor(
    private readonly listMessages: ListMessages,
    private readonly countUnread: CountUnreadMessages,
  ) {}

  pageOf(actor: Actor, dealId: string, page: PageRequest): Promise<Page<MessageView>> {
    return this.pages.load(actor, { dealId, page });
  }

  unreadOf(actor: Actor, dealId: string): Promise<number> {
    return this.unread.load(actor, dealId);
  }

  /** One query for each page that is asked for, which is one unless a document asks for several by aliases. */
  private async load(actor: Actor, wanted: readonly Wanted[]): Promise<readonly Page<MessageView>[]> {
    const found = new Map<Wanted, Page<MessageView>>();
    for (const alike of groupBy(wanted, ({ page }) => JSON.stringify([page.first, page.after])).values()) {
      const [{ page } = { page: { first: 0, after: null } }] = alike;
      const pages = await this.listMessages.execute({ actor, dealIds: alike.map(({ dealId }) => dealId), page });
      for (const [place, one] of pages.entries()) {
        const asked = alike[place];
        if (asked) found.set(asked, one);
      }
    }
    return wanted.map((one) => found.get(one) ?? { rows: [], totalCount: 0, hasNextPage: false });
  }
}
