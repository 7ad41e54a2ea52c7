import { type Actor, groupBy, type Page, type PageRequest } from '@evenhand/kernel';
import { CountUnreadMessages, ListMessages, type MessageView } from '@evenhand/messages';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';

interface Wanted {
  readonly dealId: string;
  readonly page: PageRequest;
}

interface Loaders {
  readonly messages: DataLoader<Wanted, Page<MessageView>>;
  readonly unread: DataLoader<string, number>;
}

/** Conversations of deals; all that are asked for at the same moment are loaded at once. */
@Injectable()
export class MessagesOfDeal {
  // The actor is an object of its own in every request.
  private readonly loaders = new WeakMap<Actor, Loaders>();

  constructor(
    private readonly listMessages: ListMessages,
    private readonly countUnread: CountUnreadMessages,
  ) {}

  pageOf(actor: Actor, dealId: string, page: PageRequest): Promise<Page<MessageView>> {
    return this.loadersOf(actor).messages.load({ dealId, page });
  }

  unreadOf(actor: Actor, dealId: string): Promise<number> {
    return this.loadersOf(actor).unread.load(dealId);
  }

  private loadersOf(actor: Actor): Loaders {
    const loaders = this.loaders.get(actor) ?? {
      messages: new DataLoader((wanted: readonly Wanted[]) => this.load(actor, wanted), { cache: false }),
      unread: new DataLoader((dealIds: readonly string[]) => this.countUnread.execute({ actor, dealIds }), {
        cache: false,
      }),
    };
    this.loaders.set(actor, loaders);
    return loaders;
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
