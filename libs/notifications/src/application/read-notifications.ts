import { UserProfiles } from '@evenhand/identity';
import {
  type Actor,
  Clock,
  type Page,
  type PageRequest,
  requirePerson,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type Language, languageOf } from '../domain/language';
import { NotificationStore } from './notification-store';
import { NotificationTexts, type NotificationView } from './notification-texts';

export interface ListNotificationsQuery {
  readonly actor: Actor;
  readonly unreadOnly: boolean;
  /** Null for the reader's own. */
  readonly language: Language | null;
  readonly page: PageRequest;
}

/**
 * What the reader was told, newest first, as long as they are as whom they were told: members of a party, those who represent
 * the influencer, staff. Throws InvalidInput for a cursor that is not ours.
 */
@Injectable()
export class ListNotifications {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly users: UserProfiles,
    private readonly store: NotificationStore,
    private readonly texts: NotificationTexts,
  ) {}

  async execute({ actor, unreadOnly, language, page }: ListNotificationsQuery): Promise<Page<NotificationView>> {
    const { userId } = requirePerson(actor);
    return this.uow.read(actor, async (tx) => {
      const found = await this.store.page(tx, userId, { unreadOnly, page, now: this.clock.now() });
      const spoken = language ?? (await this.languageOf(tx, userId));
      const views = await this.texts.viewsOf(
        tx,
        found.rows.map(({ node }) => node),
        spoken,
      );
      const rows = found.rows.flatMap(({ cursor }, place) => {
        const node = views[place];
        return node === undefined ? [] : [{ node, cursor }];
      });
      return { ...found, rows };
    });
  }

  private async languageOf(tx: Transaction, userId: string): Promise<Language> {
    return languageOf((await this.users.profilesOf(tx, [userId])).get(userId)?.locale ?? 'en');
  }
}

/** How many notifications the reader has not read. */
@Injectable()
export class CountUnreadNotifications {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: NotificationStore,
  ) {}

  async execute({ actor }: { readonly actor: Actor }): Promise<number> {
    const { userId } = requirePerson(actor);
    return this.uow.read(actor, (tx) => this.store.unread(tx, userId, this.clock.now()));
  }
}
