import type { EmailState, Group, NotificationKind } from '@evenhand/notifications';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql';
import { EmailStateEnum, NotificationGroupEnum, NotificationKindEnum } from './notifications.enums';

@ObjectType('Notification', { description: 'Something that the viewer was told.' })
export class NotificationType {
  @Field(() => ID)
  id: string;

  @Field(() => NotificationKindEnum)
  kind: NotificationKind;

  @Field(() => NotificationGroupEnum, { description: 'What preferences are kept for.' })
  group: Group;

  @Field(() => GraphQLISODateTime, { description: 'Of the latest of those that were folded into it.' })
  at: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  readAt: Date | null;

  @Field(() => Int, { description: 'How many were folded into it.' })
  count: number;

  @Field(() => ID, { description: 'What it is about; its prefix says of which type.' })
  objectId: string;

  @Field(() => ID, { nullable: true })
  campaignId: string | null;

  @Field(() => ID, { nullable: true })
  dealId: string | null;

  @Field(() => String, { description: 'Who did it; empty where it was no person.' })
  actorName: string;

  @Field(() => String)
  title: string;

  @Field(() => String)
  body: string;

  @Field(() => EmailStateEnum, { nullable: true, description: 'What became of its e-mail; null where there is none.' })
  email: EmailState | null;
}

@ObjectType()
export class NotificationConnection extends connectionOf(NotificationType, 'Notification') {}

@ObjectType('NotificationsRead')
export class NotificationsReadType {
  @Field(() => Int, { description: 'Those that are left.' })
  unreadNotifications: number;
}

@ObjectType('NotificationPreference')
export class NotificationPreferenceType {
  @Field(() => NotificationGroupEnum)
  group: Group;

  @Field(() => Boolean)
  inProduct: boolean;

  @Field(() => Boolean)
  email: boolean;

  @Field(() => Boolean, { description: 'False for security notices, which cannot be switched off.' })
  mayChange: boolean;
}

@ObjectType('NotificationPreferences')
export class NotificationPreferencesType {
  @Field(() => [NotificationPreferenceType])
  preferences: NotificationPreferenceType[];
}
