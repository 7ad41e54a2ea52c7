import { type Actor, Clock, InvalidInput, NotFound, requirePerson, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { NotificationStore } from './notification-store';

export interface MarkNotificationsReadCommand {
  readonly actor: Actor;
  readonly notificationIds: readonly string[];
  /** A cursor of the list: this one and all that are older; null for none. */
  readonly throughCursor: string | null;
}

/**
 * The reader has read some notifications, or all down from one; their e-mails are sent no more. Answers how many are
 * unread. Throws InvalidInput, NotFound.
 */
@Injectable()
export class MarkNotificationsRead {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: NotificationStore,
  ) {}

  async execute({ actor, notificationIds, throughCursor }: MarkNotificationsReadCommand): Promise<number> {
    const { userId } = requirePerson(actor);
    if (notificationIds.length === 0 && throughCursor === null) {
      throw new InvalidInput('notificationIds', 'Say which notifications were read, by ids or by a cursor.');
    }
    const now = this.clock.now();
    return this.uow.run(actor, async (tx) => {
      const found = await this.store.markRead(tx, userId, notificationIds, now);
      if (found < new Set(notificationIds).size) throw new NotFound('Notification');
      if (throughCursor !== null) await this.store.markReadThrough(tx, userId, throughCursor, now);
      return this.store.unread(tx, userId, now);
    });
  }
}
