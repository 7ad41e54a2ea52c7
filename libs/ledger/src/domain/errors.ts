import { DomainError } from '@evenhand/kernel';

/** The chain of cuts would take more than the whole. */
export class CutsExceedWhole extends DomainError {
  readonly code = 'CUTS_EXCEED_WHOLE';

  /** The party whose cut is too much; null where the reader may not know whose it is. */
  constructor(partyId: string | null) {
    super('Together the cuts take more than the whole amount.', partyId === null ? {} : { partyId });
  }
}

/** A cut is no share from 0 to 1, has impossible bounds, or its party stands in the chain in two roles. */
export class InvalidCut extends DomainError {
  readonly code = 'INVALID_CUT';

  constructor(partyId: string, message: string) {
    super(message, { partyId });
  }
}

/** A plan names a rule that this version does not know. */
export class UnknownSplitRule extends DomainError {
  readonly code = 'UNKNOWN_SPLIT_RULE';

  constructor(ruleVersion: string) {
    super('The rule of this split is not known here.', { ruleVersion });
  }
}

/** The rate, a tier or the cap of a commission is out of its range. */
export class InvalidCommissionTerms extends DomainError {
  readonly code = 'INVALID_COMMISSION_TERMS';
}

/** A posting moves an amount above zero between two different accounts, within the range of a bigint. */
export class InvalidPosting extends DomainError {
  readonly code = 'INVALID_POSTING';
}

/** There is no book for the brand yet: it has never been opened. */
export class BookNotOpen extends DomainError {
  readonly code = 'BOOK_NOT_OPEN';

  constructor(brandId: string) {
    super('This brand has no book yet.', { brandId });
  }
}

interface Shortfall {
  readonly currency: string;
  readonly availableMinor: bigint;
  readonly neededMinor: bigint;
  /** Idempotency key of the transaction that did not fit. */
  readonly key: string;
}

function shortfallDetails(shortfall: Shortfall): Readonly<Record<string, unknown>> {
  const { currency, availableMinor, neededMinor, key } = shortfall;
  return { currency, availableMinor: `${availableMinor}`, neededMinor: `${neededMinor}`, key };
}

/** The brand's balance does not hold the amount. */
export class InsufficientBrandBalance extends DomainError {
  readonly code = 'INSUFFICIENT_BRAND_BALANCE';

  constructor(shortfall: Shortfall) {
    super('The balance of the brand does not cover this amount.', shortfallDetails(shortfall));
  }
}

/** The deal's escrow does not hold the amount. */
export class InsufficientEscrow extends DomainError {
  readonly code = 'INSUFFICIENT_ESCROW';

  constructor(shortfall: Shortfall) {
    super('The escrow of the deal does not cover this amount.', shortfallDetails(shortfall));
  }
}

/** The brand's cash, less what is on its way to payees, does not hold the amount. */
export class InsufficientClientCash extends DomainError {
  readonly code = 'INSUFFICIENT_CLIENT_CASH';

  constructor(shortfall: Shortfall) {
    super("The brand's money received so far does not cover this amount.", shortfallDetails(shortfall));
  }
}

/** The payee has less available than is to be paid out. */
export class InsufficientPayable extends DomainError {
  readonly code = 'INSUFFICIENT_PAYABLE';

  constructor(shortfall: Shortfall) {
    super('The payee has less available than this payout.', shortfallDetails(shortfall));
  }
}

/** Less is pending for the payee, or less is in transit, than is to be moved: two commands took the same money. */
export class InsufficientFunds extends DomainError {
  readonly code = 'INSUFFICIENT_FUNDS';

  constructor(shortfall: Shortfall) {
    super('The account does not hold this amount any more.', shortfallDetails(shortfall));
  }
}

/** No earning was recorded for the source that is to be reversed. */
export class EarningNotFound extends DomainError {
  readonly code = 'EARNING_NOT_FOUND';

  constructor(sourceType: string, sourceId: string) {
    super('No earning was recorded for this source.', { sourceType, sourceId });
  }
}

/** What is released is not stopped any more: only held earnings can be frozen. */
export class EarningNotHeld extends DomainError {
  readonly code = 'EARNING_NOT_HELD';

  constructor(count: number) {
    super('Some of these earnings are not held, so that their release cannot be stopped.', { count });
  }
}

/** The refunds of one sale together never exceed the sale. */
export class RefundExceedsSale extends DomainError {
  readonly code = 'REFUND_EXCEEDS_SALE';

  constructor(sourceId: string, refundId: string, leftBaseMinor: bigint) {
    super('The refunds together are more than the sale.', { sourceId, refundId, leftBaseMinor: `${leftBaseMinor}` });
  }
}

/** The period the transaction takes effect in is closed in this book. */
export class PeriodClosed extends DomainError {
  readonly code = 'PERIOD_CLOSED';

  constructor(key: string, closedBefore: string) {
    super('The period of this transaction is closed.', { key, closedBefore });
  }
}

/** A period is closed when it is over, not before: what happens until its end belongs in it. */
export class PeriodNotOver extends DomainError {
  readonly code = 'PERIOD_NOT_OVER';

  constructor(period: string, timeZone: string, endsAt: Date) {
    super('This period is not over yet.', { period, timeZone, endsAt: endsAt.toISOString() });
  }
}

/** Books are closed forward only, and this period ends within what is closed already. */
export class PeriodAlreadyClosed extends DomainError {
  readonly code = 'PERIOD_ALREADY_CLOSED';

  constructor(period: string, timeZone: string, endsAt: Date) {
    super('The book is closed to the end of this period or beyond.', {
      period,
      timeZone,
      endsAt: endsAt.toISOString(),
    });
  }
}

/** The same source (a deliverable, a sale) already has an earning under another idempotency key. */
export class EarningAlreadyRecorded extends DomainError {
  readonly code = 'EARNING_ALREADY_RECORDED';

  constructor(sourceType: string, sourceId: string) {
    super('An earning was already recorded for this source.', { sourceType, sourceId });
  }
}

/** Together with what is there, the amounts are more than an account can hold: 2^63 - 1 minor units. */
export class BalanceOutOfRange extends DomainError {
  readonly code = 'BALANCE_OUT_OF_RANGE';

  constructor() {
    super('An account cannot hold as much as this.');
  }
}

/** There is no exchange rate of the date, nor of the days allowed before it. */
export abstract class RateMissing extends DomainError {}

/** Rates of those days are there, but none of a currency. */
export class RateNotPublished extends RateMissing {
  readonly code = 'RATE_NOT_PUBLISHED';

  constructor(from: string, to: string, date: string) {
    super(`No exchange rate from ${from} to ${to} was published for ${date}.`, { from, to, date });
  }
}

/** The file is not in the form in which its source publishes exchange rates. */
export class UnreadableRates extends DomainError {
  readonly code = 'UNREADABLE_RATES';

  constructor(line: number, message: string) {
    super(`Line ${line}: ${message}`, { line });
  }
}

export const RATES_NOT_LOADED = 'RATES_NOT_LOADED';

/** No rates of those days are there at all. */
export class RatesNotLoaded extends RateMissing {
  readonly code = RATES_NOT_LOADED;

  constructor(from: string, to: string, date: string) {
    super(`The exchange rates for ${date} are not loaded, so ${from} cannot be converted to ${to} yet.`, {
      from,
      to,
      date,
    });
  }
}
