import { UserProfiles } from '@evenhand/identity';
import {
  type Actor,
  cursorOf,
  groupBy,
  isInteger,
  type Page,
  pageOf,
  type PageRequest,
  requirePerson,
  UnitOfWork,
} from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { MessageStore } from './message-store';
import { type MessageView, viewsOf } from './message-view';

export interface ListMessagesQuery {
  readonly actor: Actor;
  readonly dealIds: readonly string[];
  /** The same of each deal. */
  readonly page: PageRequest;
}

/**
 * A page of the conversation of each of these deals, newest message first, in as many statements as for one. Members of
 * the brand see it, the influencer, members of agencies that hold her mandate right now, and operators; to anybody else,
 * finance among them, it has no messages. Throws InvalidInput for a cursor that is not ours.
 */
@Injectable()
export class ListMessages {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: MessageStore,
    private readonly users: UserProfiles,
    private readonly parties: PartyDirectory,
  ) {}

  /** In the order of `dealIds`. */
  async execute({ actor, dealIds, page }: ListMessagesQuery): Promise<readonly Page<MessageView>[]> {
    const { userId } = requirePerson(actor);
    const [number] = cursorOf(page, [isInteger]) ?? [];
    const before = number === undefined ? null : Number(number);
    return this.uow.read(actor, async (tx) => {
      const pages = await this.store.pagesOf(tx, userId, dealIds, page.first + 1, before);
      const messages = [...pages.values()].flatMap((one) => one.messages);
      const views = await viewsOf(tx, { users: this.users, parties: this.parties }, userId, messages);
      const byDeal = groupBy(views, ({ message }) => message.dealId);
      return dealIds.map((dealId) =>
        pageOf(byDeal.get(dealId) ?? [], page, pages.get(dealId)?.totalCount ?? 0, ({ message }) => [
          String(message.number),
        ]),
      );
    });
  }
}
