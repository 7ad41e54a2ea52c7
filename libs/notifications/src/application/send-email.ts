import { UserProfiles } from '@evenhand/identity';
import { Clock, type PersonActor, systemActor, type Transaction, Unauthenticated, UnitOfWork } from '@evenhand/kernel';
import { LoadActor } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { decideEmail, type EmailDecision } from '../domain/email';
import { type Group, ruleOf } from '../domain/kinds';
import { languageOf } from '../domain/language';
import { channelsOf } from '../domain/preferences';
import { stillStands } from '../domain/recipients';
import { type Mail, Mailer } from './mailer';
import { type ClaimedEmail, type Notification, NotificationStore } from './notification-store';
import { NotificationTexts } from './notification-texts';
import { PreferenceStore } from './preference-store';
import { UnsubscribeTokens } from './unsubscribe-tokens';

const ACTOR = systemActor('send e-mails');
/** More than an attempt takes: one that is not over by then was interrupted. */
const LEASE_MS = 120_000;

/**
 * Sends one e-mail that is due, unless its reader has read the notification meanwhile, wants no e-mails of its group any
 * more, or is no longer as whom they were told. Claimed in one transaction and concluded in another, so that a killed worker
 * loses none; where it dies between sending and saying so the e-mail leaves twice, under one Message-ID.
 */
@Injectable()
export class SendEmail {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: NotificationStore,
    private readonly preferences: PreferenceStore,
    private readonly users: UserProfiles,
    private readonly loadActor: LoadActor,
    private readonly texts: NotificationTexts,
    private readonly tokens: UnsubscribeTokens,
    private readonly mailer: Mailer,
  ) {}

  async execute({ notificationId }: { readonly notificationId: string }): Promise<void> {
    const at = this.clock.now();
    const until = new Date(at.getTime() + LEASE_MS);
    const claimed = await this.uow.run(ACTOR, (tx) => this.store.claimEmail(tx, notificationId, at, until));
    if (!claimed) return;
    const decision = await this.decide(claimed, at);
    await this.uow.run(ACTOR, (tx) => this.store.concludeEmail(tx, claimed, decision, this.clock.now()));
  }

  private async decide({ notification, attempt }: ClaimedEmail, at: Date): Promise<EmailDecision> {
    const mail = await this.mailFor(notification, at);
    if (mail === null) return { state: 'skipped', dueAt: at, error: null };
    return decideEmail(attempt, await this.mailer.send(mail), this.clock.now());
  }

  private async mailFor(notification: Notification, at: Date): Promise<Mail | null> {
    const { userId, readAt } = notification;
    const actor = await this.actorOf(userId);
    if (readAt !== null || actor === null || !stillStands(actor, notification)) return null;
    return this.uow.read(ACTOR, (tx) => this.compose(tx, notification, at));
  }

  private async compose(tx: Transaction, notification: Notification, at: Date): Promise<Mail | null> {
    const { notificationId, userId, kind, objectId } = notification;
    const { group, object } = ruleOf(kind);
    const user = (await this.users.profilesOf(tx, [userId])).get(userId);
    const chosen = await this.preferences.chosenFor(tx, [userId], group);
    if (user === undefined || !channelsOf(group, chosen.get(userId)).email) return null;
    const language = languageOf(user.locale);
    const [view] = await this.texts.viewsOf(tx, [notification], language);
    if (view === undefined) return null;
    return {
      notificationId,
      to: { name: user.displayName, address: user.email },
      language,
      kind,
      title: view.title,
      body: view.body,
      about: { kind: object, id: objectId },
      unsubscribeToken: this.tokenFor(userId, group),
      at,
    };
  }

  private tokenFor(userId: string, group: Group): string | null {
    return group === 'security' ? null : this.tokens.make({ userId, group });
  }

  /** With the rights of now; null for somebody who is gone. */
  private async actorOf(userId: string): Promise<PersonActor | null> {
    try {
      return await this.loadActor.forUser(userId, null);
    } catch (error) {
      if (error instanceof Unauthenticated) return null;
      throw error;
    }
  }
}
