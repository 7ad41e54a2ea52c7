import type { AttemptOutcome } from '../domain/email';
import type { NotificationKind, ObjectKind } from '../domain/kinds';
import type { Language } from '../domain/language';

export interface Mail {
  /** Of the notification: the same at every attempt. */
  readonly notificationId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly language: Language;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string;
  readonly about: { readonly kind: ObjectKind; readonly id: string };
  /** Null for what cannot be switched off. */
  readonly unsubscribeToken: string | null;
  readonly at: Date;
}

/** Sends an e-mail once. Whatever goes wrong is the outcome; it does not throw. */
export abstract class Mailer {
  abstract send(mail: Mail): Promise<AttemptOutcome>;
  /** Deletes the letters of these notifications, as far as it kept them. */
  abstract forget(notificationIds: readonly string[]): Promise<void>;
}
