import { ChangeLocale } from '@evenhand/identity';
import type { Actor } from '@evenhand/kernel';
import {
  ChangePreference,
  CountUnreadNotifications,
  ListNotifications,
  MarkNotificationsRead,
  ReadPreferences,
  SecurityNoticesStayOn,
} from '@evenhand/notifications';
import { GetViewer } from '@evenhand/parties';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection } from '../graphql';
import { toViewer, ViewerType } from '../parties/viewer.types';
import {
  ChangeLanguageInput,
  MarkNotificationsReadInput,
  NotificationsArgs,
  SetNotificationPreferenceInput,
} from './notifications.inputs';
import { toNotification } from './notifications.mapper';
import {
  NotificationConnection,
  NotificationPreferencesType,
  NotificationPreferenceType,
  NotificationsReadType,
} from './notifications.types';

const SetNotificationPreferenceResult = resultUnion(
  'SetNotificationPreferenceResult',
  () => NotificationPreferencesType,
  [SecurityNoticesStayOn],
);

@Resolver()
export class NotificationsResolver {
  constructor(
    private readonly list: ListNotifications,
    private readonly countUnread: CountUnreadNotifications,
    private readonly markRead: MarkNotificationsRead,
    private readonly readPreferences: ReadPreferences,
    private readonly changePreference: ChangePreference,
    private readonly changeLocale: ChangeLocale,
    private readonly getViewer: GetViewer,
  ) {}

  @Query(() => NotificationConnection, { description: 'What the viewer was told, newest first.' })
  async notifications(
    @CurrentActor() actor: Actor,
    @Args() { first, after, unreadOnly, language }: NotificationsArgs,
  ): Promise<NotificationConnection> {
    const page = await this.list.execute({ actor, unreadOnly, language, page: { first, after } });
    return toConnection(page, toNotification);
  }

  @Query(() => Int, { description: 'How many notifications the viewer has not read.' })
  unreadNotifications(@CurrentActor() actor: Actor): Promise<number> {
    return this.countUnread.execute({ actor });
  }

  @Query(() => [NotificationPreferenceType], { description: 'Where the viewer is told of what.' })
  async notificationPreferences(@CurrentActor() actor: Actor): Promise<NotificationPreferenceType[]> {
    return [...(await this.readPreferences.execute({ actor }))];
  }

  @Mutation(() => NotificationsReadType, {
    description: 'The viewer has read some, by their ids, or one and all older ones, by its cursor.',
  })
  async markNotificationsRead(
    @CurrentActor() actor: Actor,
    @Input() { throughCursor, ...input }: MarkNotificationsReadInput,
  ): Promise<NotificationsReadType> {
    const notificationIds = input.notificationIds.map((id) => fromGlobalId('notification', id));
    return { unreadNotifications: await this.markRead.execute({ actor, notificationIds, throughCursor }) };
  }

  @Mutation(() => SetNotificationPreferenceResult.type, {
    description: 'From now on the viewer is told so of a group.',
  })
  setNotificationPreference(@CurrentActor() actor: Actor, @Input() input: SetNotificationPreferenceInput) {
    return SetNotificationPreferenceResult.of(async () => ({
      preferences: [...(await this.changePreference.execute({ actor, ...input }))],
    }));
  }

  @Mutation(() => ViewerType, { description: 'The language that the viewer is written to in.' })
  async changeLanguage(@CurrentActor() actor: Actor, @Input() { language }: ChangeLanguageInput): Promise<ViewerType> {
    await this.changeLocale.execute({ actor, locale: language });
    return toViewer(await this.getViewer.execute({ actor }));
  }
}
