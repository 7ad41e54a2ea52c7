import { type NotificationView, ruleOf } from '@evenhand/notifications';
import { toGlobalId } from '../graphql';
import type { NotificationType } from './notifications.types';

export function toNotification({ notification, actorName, title, body }: NotificationView): NotificationType {
  const { notificationId, kind, objectId, campaignId, dealId, count, lastAt, readAt, emailState } = notification;
  const { group, object } = ruleOf(kind);
  return {
    id: toGlobalId('notification', notificationId),
    kind,
    group,
    at: lastAt,
    readAt,
    count,
    objectId: toGlobalId(object, objectId),
    campaignId: campaignId && toGlobalId('campaign', campaignId),
    dealId: dealId && toGlobalId('deal', dealId),
    actorName,
    title,
    body,
    email: emailState,
  };
}
