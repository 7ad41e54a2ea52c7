import type { Answer, Event } from './event';
import type { Performed } from './perform';

/** What all that was done adds up to in one currency of one book, whatever its order. */
export interface Totals {
  /** client_cash */
  readonly cash: bigint;
  /** brand_balance */
  readonly balance: bigint;
  /** All escrow less what the brand owes. */
  readonly escrowLessDebt: bigint;
  readonly inTransit: bigint;
  /** The payees' and the platform's, pending and available. */
  readonly earned: bigint;
  readonly gifts: bigint;
}

export const NOTHING: Totals = { cash: 0n, balance: 0n, escrowLessDebt: 0n, inTransit: 0n, earned: 0n, gifts: 0n };

export function added(a: Totals, b: Partial<Totals>): Totals {
  return {
    cash: a.cash + (b.cash ?? 0n),
    balance: a.balance + (b.balance ?? 0n),
    escrowLessDebt: a.escrowLessDebt + (b.escrowLessDebt ?? 0n),
    inTransit: a.inTransit + (b.inTransit ?? 0n),
    earned: a.earned + (b.earned ?? 0n),
    gifts: a.gifts + (b.gifts ?? 0n),
  };
}

const TOTAL_OF: Readonly<Record<string, (minor: bigint) => Partial<Totals>>> = {
  client_cash: (cash) => ({ cash }),
  brand_balance: (balance) => ({ balance }),
  deal_escrow: (escrowLessDebt) => ({ escrowLessDebt }),
  brand_receivable: (debt) => ({ escrowLessDebt: -debt }),
  payout_in_transit: (inTransit) => ({ inTransit }),
  payee_pending: (earned) => ({ earned }),
  payee_available: (earned) => ({ earned }),
  platform_fee_pending: (earned) => ({ earned }),
  platform_fee: (earned) => ({ earned }),
  gift_received: (gifts) => ({ gifts }),
};

/** By currency. */
export function totalsOf(balances: ReadonlyMap<string, bigint>): ReadonlyMap<string, Totals> {
  const totals = new Map<string, Totals>();
  for (const [account, minor] of balances) {
    const [kind = '', currency = ''] = account.split('/');
    const part = TOTAL_OF[kind]?.(minor);
    if (part) totals.set(currency, added(totals.get(currency) ?? NOTHING, part));
  }
  return totals;
}

/** Adds up what was answered, each transaction once however often it was asked for. */
export class Tally {
  private readonly totals = new Map<string, Totals>();
  private readonly transactions = new Map<string, { readonly id: bigint; firsts: number }>();

  /** Currencies of the sources of what was sold, by their ids. */
  private readonly currencies = new Map<string, string>();

  /** Takes note of what is about to be asked. */
  announce(event: Event): void {
    if (!('drafts' in event)) return;
    for (const { source, currency } of event.drafts) this.currencies.set(source.id, currency);
  }

  /** Throws where two answers under one key contradict each other. */
  add(event: Event, performed: Performed, bookIdOf: (brandId: string) => number): void {
    performed.answers.forEach((answer, place) => {
      if ('refused' in answer) return;
      const effect = effectOf(event, place, answer, (sourceId) => this.currencies.get(sourceId) ?? '');
      const transactionId = performed.transactions.get(answer.key);
      if (!effect || transactionId === undefined) return;
      const bookId = effect.bookId ?? bookIdOf(effect.brandId ?? '');
      if (!this.isFirst(`${bookId} ${answer.key}`, transactionId, answer.isDuplicate)) return;
      const name = `${bookId} ${effect.currency}`;
      this.totals.set(name, added(this.totals.get(name) ?? NOTHING, effect.totals));
    });
  }

  of(bookId: number, currency: string): Totals {
    return this.totals.get(`${bookId} ${currency}`) ?? NOTHING;
  }

  private isFirst(key: string, id: bigint, isDuplicate: boolean | null): boolean {
    const known = this.transactions.get(key);
    if (known && known.id !== id) throw new Error(`${key} has two transactions: ${known.id} and ${id}.`);
    const firsts = (known?.firsts ?? 0) + (isDuplicate === false ? 1 : 0);
    if (firsts > 1) throw new Error(`${key} was told twice that it is the first.`);
    this.transactions.set(key, { id, firsts });
    return !known;
  }
}

interface Effect {
  readonly bookId?: number;
  readonly brandId?: string;
  readonly currency: string;
  readonly totals: Partial<Totals>;
}

function effectOf(
  event: Event,
  place: number,
  answer: Answer & { key: string; says: string },
  currencyOf: (sourceId: string) => string,
): Effect | null {
  switch (event.do) {
    case 'credit':
    case 'pay': {
      const { brandId, currency, amountMinor: cash } = event.command;
      return {
        brandId,
        currency,
        totals: event.do === 'pay' ? { cash, escrowLessDebt: cash } : { cash, balance: cash },
      };
    }
    case 'fund':
    case 'return': {
      const { brandId, currency, amountMinor } = event.command;
      const moved = event.do === 'fund' ? amountMinor : -amountMinor;
      return { brandId, currency, totals: { balance: -moved, escrowLessDebt: moved } };
    }
    case 'split':
    case 'splitByItem': {
      const gross = [...answer.says.matchAll(/ (\d+)(?:,|$)/g)].reduce(
        (sum, [, minor]) => sum + BigInt(minor ?? 0),
        0n,
      );
      const { brandId, drafts } = event;
      return { brandId, currency: drafts[place]?.currency ?? '', totals: { escrowLessDebt: -gross, earned: gross } };
    }
    case 'reverse':
    case 'reverseByItem': {
      const back = BigInt(/takes back (\d+)/.exec(answer.says)?.[1] ?? 0);
      const currency = currencyOf(event.reversals[place]?.source.id ?? '');
      return { brandId: event.brandId, currency, totals: { escrowLessDebt: back, earned: -back } };
    }
    case 'send':
    case 'confirm':
    case 'reject': {
      const transfer = event.transfers[place];
      if (!transfer) return null;
      const { bookId, currency, amountMinor: minor } = transfer;
      const totals = {
        send: { inTransit: minor, earned: -minor },
        confirm: { inTransit: -minor, cash: -minor },
        reject: { inTransit: -minor, earned: minor },
      };
      return { bookId, currency, totals: totals[event.do] };
    }
    case 'giveGift':
    case 'takeGiftBack': {
      const { brandId, currency, fairMarketValueMinor: value } = event.command;
      return { brandId, currency, totals: { gifts: event.do === 'giveGift' ? value : -value } };
    }
    default:
      return null;
  }
}
