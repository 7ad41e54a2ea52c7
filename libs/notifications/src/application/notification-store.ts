import type { Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { EmailDecision, EmailState } from '../domain/email';
import type { AmountOf } from '../domain/fact';
import type { NotificationKind } from '../domain/kinds';
import type { Standing } from '../domain/recipients';

/** What a text may need, without names, which are looked up when it is read. */
export interface NotificationData {
  readonly brandId?: string;
  readonly influencerId?: string;
  readonly agencyId?: string;
  readonly partyId?: string;
  readonly campaign?: string;
  readonly name?: string;
  readonly amount?: AmountOf;
  /** ISO 8601. */
  readonly date?: string;
}

/** One fact for all whom it is told to. */
export interface Notice {
  readonly kind: NotificationKind;
  readonly objectId: string;
  /** One notification of each user for each key. */
  readonly key: string;
  readonly actorId: string | null;
  readonly campaignId: string | null;
  readonly dealId: string | null;
  readonly data: NotificationData;
  readonly count: number;
  readonly from: Date;
  /** Counted on an unread notification of the same kind and object made after this; null where it folds with nothing. */
  readonly foldsAfter: Date | null;
  readonly emailDueAt: Date;
  readonly told: readonly Told[];
}

export interface Told extends Standing {
  readonly notificationId: string;
  readonly userId: string;
  readonly inProduct: boolean;
  readonly email: boolean;
}

export interface Notification extends Standing {
  readonly notificationId: string;
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly objectId: string;
  readonly actorId: string | null;
  readonly campaignId: string | null;
  readonly dealId: string | null;
  readonly data: NotificationData;
  /** How many were folded into it. */
  readonly count: number;
  /** When the latest of them happened. */
  readonly lastAt: Date;
  readonly readAt: Date | null;
  /** Null where none was to be sent. */
  readonly emailState: EmailState | null;
}

/** An e-mail that somebody is about to send. */
export interface ClaimedEmail {
  readonly notification: Notification;
  /** The number of this attempt: whoever claims it later has a higher one. */
  readonly attempt: number;
}

export interface EmailBacklog {
  readonly pending: number;
  readonly failed: number;
  /** Since when the oldest one is due; null where none is. */
  readonly oldestDueAt: Date | null;
}

/** Notifications and their e-mails. `page`, `unread` and what marks as read have the actor's rights, all else the system's. */
export abstract class NotificationStore {
  /** Tells each user once for each key, however often and in whatever order it is called. */
  abstract tell(tx: Transaction, notice: Notice, now: Date): Promise<void>;

  /** Newest first; only what is shown at `now`. */
  abstract page(
    tx: Transaction,
    userId: string,
    query: { readonly unreadOnly: boolean; readonly page: PageRequest; readonly now: Date },
  ): Promise<Page<Notification>>;

  abstract unread(tx: Transaction, userId: string, now: Date): Promise<number>;

  /** Answers how many of the ids are the user's and shown, read before or not. */
  abstract markRead(tx: Transaction, userId: string, notificationIds: readonly string[], now: Date): Promise<number>;

  /** The one at the cursor and all that are older. Throws InvalidInput for a cursor that is not ours. */
  abstract markReadThrough(tx: Transaction, userId: string, cursor: string, now: Date): Promise<void>;

  /** Ids of e-mails that are due, longest waiting first. */
  abstract emailsDue(tx: Transaction, now: Date, limit: number): Promise<readonly string[]>;

  /** Begins an attempt, which is nobody else's until `until`; undefined where it is not due. */
  abstract claimEmail(
    tx: Transaction,
    notificationId: string,
    now: Date,
    until: Date,
  ): Promise<ClaimedEmail | undefined>;

  /** Ends the attempt, unless somebody has claimed the e-mail since. */
  abstract concludeEmail(tx: Transaction, claimed: ClaimedEmail, decision: EmailDecision, now: Date): Promise<void>;

  abstract emailBacklog(tx: Transaction, now: Date): Promise<EmailBacklog>;

  /** Ids of notifications that were to be told somebody by e-mail. */
  abstract emailedTo(tx: Transaction, userId: string): Promise<readonly string[]>;

  /** Everything a user was told, and how they wanted to be told; only in an erasure of that user. */
  abstract eraseOf(tx: Transaction, userId: string): Promise<void>;
}
