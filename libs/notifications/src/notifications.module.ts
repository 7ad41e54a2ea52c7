import { CampaignsModule } from '@evenhand/campaigns';
import { DealsModule } from '@evenhand/deals';
import { IdentityModule } from '@evenhand/identity';
import { UnitOfWork } from '@evenhand/kernel';
import { PartiesModule } from '@evenhand/parties';
import { type FactoryProvider, Module } from '@nestjs/common';
import { ChangePreference, ReadPreferences, Unsubscribe } from './application/change-preferences';
import { EraseNotifications } from './application/erase-notifications';
import { Mailer } from './application/mailer';
import { MarkNotificationsRead } from './application/mark-notifications-read';
import { NotificationStore } from './application/notification-store';
import { NotificationTexts, TextRenderer } from './application/notification-texts';
import { PreferenceStore } from './application/preference-store';
import { CountUnreadNotifications, ListNotifications } from './application/read-notifications';
import { SendEmail } from './application/send-email';
import { TellPeople } from './application/tell-people';
import { TellPeopleWhenEventRecorded } from './application/tell-people-when-event-recorded.handler';
import { UnsubscribeTokens } from './application/unsubscribe-tokens';
import { WatchEmails } from './application/watch-emails';
import { HEARD_TYPES } from './domain/facts';
import { IcuTextRenderer } from './infrastructure/icu-text-renderer';
import { NodemailerMailer } from './infrastructure/nodemailer-mailer';
import { SignedUnsubscribeTokens } from './infrastructure/signed-unsubscribe-tokens';
import { SqlNotificationStore } from './infrastructure/sql-notification-store';
import { SqlPreferenceStore } from './infrastructure/sql-preference-store';

const USE_CASES = [
  EraseNotifications,
  ListNotifications,
  CountUnreadNotifications,
  MarkNotificationsRead,
  ReadPreferences,
  ChangePreference,
  Unsubscribe,
  SendEmail,
  WatchEmails,
];

/** A handler hears one type of event; this is the same one for each. */
const HANDLERS = HEARD_TYPES.map((eventType): FactoryProvider<TellPeopleWhenEventRecorded> => ({
  provide: `tell people when ${eventType}`,
  inject: [UnitOfWork, TellPeople],
  useFactory: (uow: UnitOfWork, tellPeople: TellPeople) => new TellPeopleWhenEventRecorded(eventType, uow, tellPeople),
}));

/** What people are told of what happens, in the product and by e-mail. */
@Module({
  imports: [CampaignsModule, DealsModule, IdentityModule, PartiesModule],
  providers: [
    ...USE_CASES,
    ...HANDLERS,
    TellPeople,
    NotificationTexts,
    { provide: NotificationStore, useClass: SqlNotificationStore },
    { provide: PreferenceStore, useClass: SqlPreferenceStore },
    { provide: TextRenderer, useClass: IcuTextRenderer },
    { provide: UnsubscribeTokens, useClass: SignedUnsubscribeTokens },
    { provide: Mailer, useClass: NodemailerMailer },
  ],
  exports: [...USE_CASES],
})
export class NotificationsModule {}
