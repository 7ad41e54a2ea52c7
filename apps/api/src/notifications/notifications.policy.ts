import { allow, connectionFields, edgeFields, type FieldPolicy, signedIn } from '../graphql';

/** One's own alone. API keys read and write none: what people are told is not for programs, which have webhooks. */
export const notificationsPolicy: FieldPolicy = {
  Query: allow(signedIn, 'notifications', 'unreadNotifications', 'notificationPreferences'),
  Mutation: allow(signedIn, 'markNotificationsRead', 'setNotificationPreference', 'changeLanguage'),
  Notification: allow(
    signedIn,
    'id',
    'kind',
    'group',
    'at',
    'readAt',
    'count',
    'objectId',
    'campaignId',
    'dealId',
    'actorName',
    'title',
    'body',
    'email',
  ),
  NotificationConnection: connectionFields,
  NotificationEdge: edgeFields,
  NotificationsRead: allow(signedIn, 'unreadNotifications'),
  NotificationPreference: allow(signedIn, 'group', 'inProduct', 'email', 'mayChange'),
  NotificationPreferences: allow(signedIn, 'preferences'),
};
