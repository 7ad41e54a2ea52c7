import type { NotificationKind } from '../kinds';

/** ICU MessageFormat, with the values of {@link TextValues}. */
export interface Text {
  readonly title: string;
  readonly body: string;
}

/** A text for every kind: one that is missing does not compile. */
export type Texts = Readonly<Record<NotificationKind, Text>>;

/** What texts may speak of; what a notification has nothing of is empty there. */
export interface TextValues {
  readonly brand: string;
  readonly influencer: string;
  readonly agency: string;
  /** The party that an account, an endpoint or a payout is of. */
  readonly party: string;
  readonly campaign: string;
  /** As somebody called what it is about. */
  readonly name: string;
  /** Who did it. */
  readonly actor: string;
  /** How many were folded into one. */
  readonly count: number;
  /** An amount with its currency, as the language writes it. */
  readonly amount: string;
  /** A day in UTC, as the language writes it; `hasDate` says `yes` where there is one. */
  readonly date: string;
  readonly hasDate: 'yes' | 'no';
}
