import type { Answer, Refusal } from './event';

/** An account by what it is for: kind/currency, and the party, or the deal and purpose. */
export type AccountName = string;

export interface ShareModel {
  readonly partyId: string;
  readonly role: string;
  readonly amountMinor: bigint;
  readonly releaseAt: Date | null;
  reversedMinor: bigint;
  isHeld: boolean;
}

export interface EarningModel {
  readonly sourceId: string;
  readonly dealId: string;
  readonly earnedAt: Date;
  readonly currency: string;
  readonly isCash: boolean;
  readonly baseMinor: bigint;
  readonly grossMinor: bigint;
  readonly fromEscrowMinor: bigint;
  baseReversedMinor: bigint;
  grossReversedMinor: bigint;
  readonly shares: readonly ShareModel[];
  /** Reasons for which the earning itself is frozen. */
  readonly freezes: Set<string>;
}

/** Everything of one brand, as plain data. */
export interface BookModel {
  readonly bookId: number;
  readonly brandId: string;
  /** Positive on the account's normal side; an account without a posting is not there. */
  readonly balances: Map<AccountName, bigint>;
  /** What was asked under each idempotency key, and what was said. */
  readonly keys: Map<string, { readonly request: string; readonly says: string }>;
  /** By type:id of their source. */
  readonly earnings: Map<string, EarningModel>;
  /** Ends of the periods that were closed, in milliseconds. */
  readonly closings: Set<number>;
  closedBefore: Date | null;
}

export function emptyBook(bookId: number, brandId: string): BookModel {
  return {
    bookId,
    brandId,
    balances: new Map(),
    keys: new Map(),
    earnings: new Map(),
    closings: new Set(),
    closedBefore: null,
  };
}

const DEBIT_NORMAL = ['client_cash', 'brand_receivable', 'gift_given'];

/** Accounts that are never below zero, and the error of whoever would take them there. */
const FLOORS: Readonly<Record<string, string>> = {
  client_cash: 'INSUFFICIENT_CLIENT_CASH',
  brand_balance: 'INSUFFICIENT_BRAND_BALANCE',
  deal_escrow: 'INSUFFICIENT_ESCROW',
  payee_pending: 'INSUFFICIENT_FUNDS',
  payout_in_transit: 'INSUFFICIENT_FUNDS',
};

/** One command under way in one book: its moves are kept only where no rule refuses any. */
export class Attempt {
  /** The first item that breaks each rule. */
  readonly refusals: Refusal[] = [];

  constructor(readonly book: BookModel) {}

  balance(account: AccountName): bigint {
    return this.book.balances.get(account) ?? 0n;
  }

  refuse(code: string, about: string | null): void {
    if (!this.refusals.some((earlier) => earlier.code === code)) this.refusals.push({ code, about });
  }

  /** The answer of an earlier command under this key, refused where that was another one; null where it is new. */
  claim(key: string, request: string): Answer | null {
    const earlier = this.book.keys.get(key);
    if (earlier && earlier.request !== request) this.refuse('IDEMPOTENCY_CONFLICT', key);
    if (earlier) return { key, isDuplicate: true, says: earlier.says };
    this.book.keys.set(key, { request, says: '' });
    return null;
  }

  /** Refuses what would take effect in a closed period. */
  takeEffect(key: string, at: Date): void {
    if (this.book.closedBefore !== null && at < this.book.closedBefore) this.refuse('PERIOD_CLOSED', key);
  }

  /** Of what is told of too late for its period: the first open instant. */
  openInstant(at: Date): Date {
    return this.book.closedBefore !== null && at < this.book.closedBefore ? this.book.closedBefore : at;
  }

  /** What a repetition of the item is answered, and this time. */
  answer(key: string, request: string, says: string): Answer {
    this.book.keys.set(key, { request, says });
    return { key, isDuplicate: false, says };
  }

  move(debit: AccountName, credit: AccountName, amountMinor: bigint, key: string): void {
    if (amountMinor === 0n) return;
    this.add(debit, isDebitNormal(debit) ? amountMinor : -amountMinor, key);
    this.add(credit, isDebitNormal(credit) ? -amountMinor : amountMinor, key);
    if (kindOf(debit) === 'payee_available' && kindOf(credit) === 'payout_in_transit' && this.balance(debit) < 0n) {
      this.refuse('INSUFFICIENT_PAYABLE', key);
    }
    const [, currency = ''] = debit.split('/');
    const lessCover = kindOf(credit) === 'payout_in_transit' || kindOf(credit) === 'client_cash';
    const cover = this.balance(`client_cash/${currency}`) - this.balance(`payout_in_transit/${currency}`);
    // Paying out takes as much of both, so only sending and converting can leave less cash than is in transit.
    if (lessCover && kindOf(debit) !== 'payout_in_transit' && cover < 0n) this.refuse('INSUFFICIENT_CLIENT_CASH', key);
  }

  private add(account: AccountName, deltaMinor: bigint, key: string): void {
    const balance = this.balance(account) + deltaMinor;
    this.book.balances.set(account, balance);
    const error = FLOORS[kindOf(account)];
    if (error !== undefined && balance < 0n && deltaMinor < 0n) this.refuse(error, key);
  }
}

const kindOf = (account: AccountName): string => account.split('/')[0] ?? '';
const isDebitNormal = (account: AccountName): boolean => DEBIT_NORMAL.includes(kindOf(account));
