import { DomainError } from '@evenhand/kernel';

/** The gift has no item of this number. */
export class UnknownGiftItem extends DomainError {
  readonly code = 'UNKNOWN_GIFT_ITEM';

  constructor(itemNumber: number) {
    super('The gift has no item of this number.', { itemNumber });
  }
}

/** A request chooses each item once. */
export class GiftChoiceTwice extends DomainError {
  readonly code = 'GIFT_CHOICE_TWICE';

  constructor(itemNumber: number) {
    super('Choose each item of the gift once.', { itemNumber });
  }
}

/** The posting duty is extended once. */
export class ExtensionAlreadyUsed extends DomainError {
  readonly code = 'EXTENSION_ALREADY_USED';

  constructor(extendedAt: Date) {
    super('The posting duty was extended already.', { extendedAt: extendedAt.toISOString() });
  }
}

/** An extension is asked for before the duty is due. */
export class PostingDutyEnded extends DomainError {
  readonly code = 'POSTING_DUTY_ENDED';

  constructor(dueAt: Date) {
    super('The posting duty was due already, so it cannot be extended.', { dueAt: dueAt.toISOString() });
  }
}

/** There is one appeal per gift. */
export class AppealAlreadyMade extends DomainError {
  readonly code = 'APPEAL_ALREADY_MADE';

  constructor() {
    super('There was an appeal about this gift already.');
  }
}

/** The days for an appeal are over. */
export class AppealTooLate extends DomainError {
  readonly code = 'APPEAL_TOO_LATE';

  constructor(until: Date | null) {
    super('The time for an appeal is over.', { until: until?.toISOString() ?? null });
  }
}

/** Nothing waits for a decision. */
export class NoOpenAppeal extends DomainError {
  readonly code = 'NO_OPEN_APPEAL';

  constructor() {
    super('No appeal about this gift waits for a decision.');
  }
}

/** The brand was silent too long. */
export class AppealWithOperator extends DomainError {
  readonly code = 'APPEAL_WITH_OPERATOR';

  constructor(since: Date) {
    super('The brand did not answer in time, so an operator decides this appeal.', { since: since.toISOString() });
  }
}

/** The brand still has time to decide. */
export class AppealWithBrand extends DomainError {
  readonly code = 'APPEAL_WITH_BRAND';

  constructor(until: Date) {
    super('The brand still has time to decide this appeal.', { until: until.toISOString() });
  }
}

/** A new due date lies ahead, and not too far; other decisions have none. */
export class InvalidPostingDueDate extends DomainError {
  readonly code = 'INVALID_POSTING_DUE_DATE';

  constructor(mostDays: number) {
    super(`Give a new due date up to ${mostDays} days ahead where the duty is renewed, and none otherwise.`, {
      mostDays,
    });
  }
}

/** One return at a time. */
export class ReturnAlreadyOpen extends DomainError {
  readonly code = 'RETURN_ALREADY_OPEN';

  constructor() {
    super('A return of this gift was asked for or offered already.');
  }
}

/** No return waits for this step. */
export class NoOpenReturn extends DomainError {
  readonly code = 'NO_OPEN_RETURN';

  constructor() {
    super('No return of this gift waits for that.');
  }
}

/** A return is answered by the side that did not propose it. */
export class ReturnNotYours extends DomainError {
  readonly code = 'RETURN_NOT_YOURS';

  constructor() {
    super('The other side answers this return.');
  }
}

/** One correction at a time. */
export class CorrectionStillOpen extends DomainError {
  readonly code = 'CORRECTION_STILL_OPEN';

  constructor() {
    super('A correction of the value of this gift waits for an answer already.');
  }
}

/** The item is worth that already. */
export class GiftValueUnchanged extends DomainError {
  readonly code = 'GIFT_VALUE_UNCHANGED';

  constructor() {
    super('That is the value of this item already.');
  }
}

/** The whole gift would be worth more than the ledger can hold. */
export class GiftValueTooHigh extends DomainError {
  readonly code = 'GIFT_VALUE_TOO_HIGH';

  constructor() {
    super('The whole gift would be worth more than can be recorded.');
  }
}

/** No such correction waits for an answer. */
export class NoOpenCorrection extends DomainError {
  readonly code = 'NO_OPEN_CORRECTION';

  constructor() {
    super('No such correction of the value of this gift waits for an answer.');
  }
}

/** A correction is answered by the other side and taken back by its own. */
export class CorrectionNotYours extends DomainError {
  readonly code = 'CORRECTION_NOT_YOURS';

  constructor() {
    super('That is for the other side to do.');
  }
}

/** Only who holds the gift can say what is wrong with it. */
export class GiftNotReceived extends DomainError {
  readonly code = 'GIFT_NOT_RECEIVED';

  constructor() {
    super('The gift is not with the influencer.');
  }
}
