import { UserProfiles } from '@evenhand/identity';
import type { Transaction } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { AmountOf } from '../domain/fact';
import type { NotificationKind } from '../domain/kinds';
import type { Language } from '../domain/language';
import type { TextValues } from '../domain/texts';
import type { Notification } from './notification-store';

/** Who does what no person does. */
const PLATFORM_NAME = 'Evenhand';

/** Values with what a language writes in its own way. */
export interface RawValues extends Omit<TextValues, 'amount' | 'date' | 'hasDate'> {
  readonly amount: AmountOf | null;
  readonly date: Date | null;
}

export interface RenderedText {
  readonly title: string;
  readonly body: string;
}

/** Texts with their values, in one line each. */
export abstract class TextRenderer {
  abstract render(language: Language, kind: NotificationKind, values: RawValues): RenderedText;
}

/** A notification as somebody reads it. */
export interface NotificationView extends RenderedText {
  readonly notification: Notification;
  /** Empty where it was no person, or they are gone. */
  readonly actorName: string;
}

/** Notifications in the words of a language, with the names of now. */
@Injectable()
export class NotificationTexts {
  constructor(
    private readonly users: UserProfiles,
    private readonly parties: PartyDirectory,
    private readonly renderer: TextRenderer,
  ) {}

  /** In two queries, however many. */
  async viewsOf(
    tx: Transaction,
    notifications: readonly Notification[],
    language: Language,
  ): Promise<readonly NotificationView[]> {
    if (notifications.length === 0) return [];
    const actorIds = notifications.flatMap(({ actorId }) => actorId ?? []);
    const actors = await this.users.profilesOf(tx, [...new Set(actorIds)]);
    const names = await this.parties.namesOf(
      tx,
      notifications.flatMap(({ data }) => partiesIn(data)),
    );
    return notifications.map((notification) => {
      const { kind, data, count, actorId } = notification;
      const nameOf = (id: string | undefined) => (id === undefined ? '' : (names.get(id)?.name ?? ''));
      const actorName = actorId === null ? '' : (actors.get(actorId)?.displayName ?? '');
      const text = this.renderer.render(language, kind, {
        brand: nameOf(data.brandId),
        influencer: nameOf(data.influencerId),
        agency: nameOf(data.agencyId),
        party: nameOf(data.partyId),
        campaign: data.campaign ?? '',
        name: data.name ?? '',
        actor: actorName === '' ? PLATFORM_NAME : actorName,
        count,
        amount: data.amount ?? null,
        date: data.date === undefined ? null : new Date(data.date),
      });
      return { notification, actorName, ...text };
    });
  }
}

function partiesIn({ brandId, influencerId, agencyId, partyId }: Notification['data']): readonly string[] {
  return [brandId, influencerId, agencyId, partyId].flatMap((id) => id ?? []);
}
