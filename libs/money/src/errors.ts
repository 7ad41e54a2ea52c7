import { DomainError } from '@evenhand/kernel';

/** The code is not an active ISO 4217 currency that has a minor unit. */
export class UnknownCurrency extends DomainError {
  readonly code = 'UNKNOWN_CURRENCY';

  constructor(currency: string) {
    super('This currency is not an active ISO 4217 currency with a minor unit.', { currency: currency.slice(0, 16) });
  }
}

/** Two amounts of different currencies met; converting is never implied. */
export class CurrencyMismatch extends DomainError {
  readonly code = 'CURRENCY_MISMATCH';

  constructor(left: string, right: string) {
    super(`An amount in ${right} cannot be combined with an amount in ${left}.`, { left, right });
  }
}

const INVALID_AMOUNT_MESSAGES = {
  malformed: 'Write the amount as a plain decimal number such as 12.34.',
  too_many_decimals: 'The amount has more decimals than its currency.',
  out_of_range: 'The amount is too large.',
  negative: 'The amount must not be negative.',
  zero: 'The amount must not be zero.',
} as const;

export type InvalidAmountReason = keyof typeof INVALID_AMOUNT_MESSAGES;

/** The text is no exact amount of its currency, or the amount is not allowed where it stands. */
export class InvalidAmount extends DomainError {
  readonly code = 'INVALID_AMOUNT';

  constructor(reason: InvalidAmountReason, currency: string) {
    super(INVALID_AMOUNT_MESSAGES[reason], { reason, currency });
  }
}

/** The text or the result is no exact rational within the bounds of `Rational`. */
export class InvalidRational extends DomainError {
  readonly code = 'INVALID_RATIONAL';
}

/** The shares of one plan must sum to exactly 1. */
export class SharesDoNotSumToOne extends DomainError {
  readonly code = 'SHARES_DO_NOT_SUM_TO_ONE';

  constructor() {
    super('The shares must sum to exactly 1.');
  }
}

/** A share or weight below zero would take from one part to give to another. */
export class NegativeShare extends DomainError {
  readonly code = 'NEGATIVE_SHARE';

  constructor(key: string) {
    super('No share may be negative.', { key });
  }
}

/** Only amounts of zero or more can be allotted. */
export class NegativePool extends DomainError {
  readonly code = 'NEGATIVE_POOL';

  constructor() {
    super('A negative amount cannot be allotted.');
  }
}

/** A positive pool needs at least one part with a weight above zero. */
export class NoWeightToAllotBy extends DomainError {
  readonly code = 'NO_WEIGHT_TO_ALLOT_BY';

  constructor() {
    super('The amount cannot be allotted: every weight is zero.');
  }
}

/** Each key names one part; a key that comes twice would make ties undecidable. */
export class DuplicatePartKey extends DomainError {
  readonly code = 'DUPLICATE_PART_KEY';

  constructor() {
    super('Each part of an allotment needs a key of its own.');
  }
}
