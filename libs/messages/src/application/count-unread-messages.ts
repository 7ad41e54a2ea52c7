import { type Actor, requirePerson, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { MessageStore } from './message-store';

/**
 * How many messages of each deal wait for the actor: what others wrote after the actor's read mark. Nothing waits for who is
 * on neither side: operators look on.
 */
@Injectable()
export class CountUnreadMessages {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: MessageStore,
  ) {}

  /** In the order of `dealIds`. */
  async execute(query: { readonly actor: Actor; readonly dealIds: readonly string[] }): Promise<readonly number[]> {
    const { actor, dealIds } = query;
    const { userId } = requirePerson(actor);
    const unread = await this.uow.read(actor, (tx) => this.store.unreadOf(tx, userId, dealIds));
    return dealIds.map((dealId) => unread.get(dealId) ?? 0);
  }
}

/** The same over all deals of the actor, in one number. */
@Injectable()
export class CountAllUnreadMessages {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: MessageStore,
  ) {}

  async execute({ actor }: { readonly actor: Actor }): Promise<number> {
    const { userId } = requirePerson(actor);
    const unread = await this.uow.read(actor, (tx) => this.store.unreadOf(tx, userId, null));
    return [...unread.values()].reduce((sum, count) => sum + count, 0);
  }
}
