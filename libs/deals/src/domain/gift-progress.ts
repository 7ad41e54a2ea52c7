export const GIFT_STATES = [
  'promised',
  'requested',
  'shipped',
  'lost',
  'received',
  'overdue',
  'fulfilled',
  'waived',
  'returning',
  'returned',
  'forgone',
] as const;
export type GiftState = (typeof GIFT_STATES)[number];

export interface GiftChoice {
  /** 1 for the first item of the gift. */
  readonly itemNumber: number;
  /** Size, colour and the like, as text. */
  readonly choice: string;
}

/** What the influencer's side ordered. The address itself is not here: it is read where it is needed, or not at all. */
export interface GiftRequest {
  readonly requestedAt: Date;
  readonly choices: readonly GiftChoice[];
  /** Null once the gift is there, back or forgone: nobody needs to know any more. */
  readonly addressId: string | null;
  readonly addressLabel: string;
  readonly addressCountry: string;
}

export const APPEAL_DECISIONS = ['waived', 'renewed', 'refused'] as const;
/** The duty is waived, has a new due date, or stays overdue. */
export type AppealDecision = (typeof APPEAL_DECISIONS)[number];

export const APPEAL_DECIDERS = ['brand', 'operator'] as const;
export type AppealDecider = (typeof APPEAL_DECIDERS)[number];

/** One per gift, ever. */
export interface GiftAppeal {
  readonly reason: string;
  readonly appealedAt: Date;
  /** Null while it is open. */
  readonly decision: AppealDecision | null;
  readonly decidedBy: AppealDecider | null;
  readonly decidedAt: Date | null;
}

export const GIFT_RETURN_STATES = ['asked', 'offered', 'accepted', 'declined', 'shipped'] as const;
/** The brand asks and the influencer offers; she ships what was asked for, or what the brand accepted. */
export type GiftReturnState = (typeof GIFT_RETURN_STATES)[number];

export interface GiftReturn {
  readonly state: GiftReturnState;
  readonly reason: string;
  readonly openedAt: Date;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly shippedAt: Date | null;
}

/** The part of a gift that changes. */
export interface GiftProgress {
  readonly state: GiftState;
  readonly request: GiftRequest | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly shippedAt: Date | null;
  readonly receiptRemindedAt: Date | null;
  readonly lostAt: Date | null;
  readonly receivedAt: Date | null;
  /** By when everything must be published; set at receipt. */
  readonly postingDueAt: Date | null;
  /** When the duty was extended, once at most. */
  readonly extendedAt: Date | null;
  readonly overdueAt: Date | null;
  readonly appeal: GiftAppeal | null;
  readonly fulfilledAt: Date | null;
  /** When the duty was waived. */
  readonly waivedAt: Date | null;
  /** When a lost gift was forgone. */
  readonly forgoneAt: Date | null;
  /** The latest that was asked for or offered. */
  readonly giftReturn: GiftReturn | null;
  readonly returnedAt: Date | null;
}

export const PROMISED: GiftProgress = {
  state: 'promised',
  request: null,
  carrier: null,
  trackingNumber: null,
  shippedAt: null,
  receiptRemindedAt: null,
  lostAt: null,
  receivedAt: null,
  postingDueAt: null,
  extendedAt: null,
  overdueAt: null,
  appeal: null,
  fulfilledAt: null,
  waivedAt: null,
  forgoneAt: null,
  giftReturn: null,
  returnedAt: null,
};
