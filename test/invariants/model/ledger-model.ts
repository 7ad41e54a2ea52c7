import type { EarningDraft, EscrowCommand, PayoutTransfer, Reversal } from '@evenhand/ledger';
import { type AccountName, Attempt, type BookModel, type EarningModel, emptyBook, type ShareModel } from './book-model';
import type { Answer, ConversionOrder, Event, Receipt, Refusal } from './event';
import { fractionOf, halfEven, largestRemainders, takingsOf } from './exact-arithmetic';

/** What the ledger must answer: one answer per item, or one of these refusals and nothing done. */
export interface Expectation {
  readonly answers: readonly Answer[];
  readonly refusals: readonly Refusal[];
}

/** Units of each currency for one euro, and its decimals. */
export const RATES: Readonly<Record<string, { readonly perEuro: string; readonly decimals: number }>> = {
  EUR: { perEuro: '1', decimals: 2 },
  JPY: { perEuro: '160.5', decimals: 0 },
  CNY: { perEuro: '7.8125', decimals: 2 },
};
export const RATE_DATE = '2026-09-30';

/** The commission ledger in memory, written from the recipes of its README: no posting, only what each leaves. */
export class LedgerModel {
  private books = new Map<string, BookModel>();
  private readonly frozen = new Set<string>();

  openBook(brandId: string, bookId: number): void {
    if (!this.books.has(brandId)) this.books.set(brandId, emptyBook(bookId, brandId));
  }

  get allBooks(): readonly BookModel[] {
    return [...this.books.values()];
  }

  bookOf(brandId: string): BookModel {
    const book = this.books.get(brandId);
    if (!book) throw new RangeError('The model knows no such brand.');
    return book;
  }

  isFrozen({ dealId, freezes }: Pick<EarningModel, 'dealId' | 'freezes'>): boolean {
    return freezes.size > 0 || [...this.frozen].some((freeze) => freeze.startsWith(`${dealId}/`));
  }

  expect(event: Event): Expectation {
    switch (event.do) {
      case 'credit':
      case 'pay':
        return this.inBook(event.command.brandId, (attempt) => [received(attempt, event.do, event.command)]);
      case 'fund':
      case 'return':
        return this.inBook(event.command.brandId, (attempt) => [escrowed(attempt, event.do, event.command, event.at)]);
      case 'split':
        return this.inBook(event.brandId, (attempt) => event.drafts.map((draft) => split(attempt, draft)));
      case 'splitByItem':
        return this.byItem(event.brandId, event.drafts, split);
      case 'reverse':
        return this.inBook(event.brandId, (attempt) => event.reversals.map((reversal) => reversed(attempt, reversal)));
      case 'reverseByItem':
        return this.byItem(event.brandId, event.reversals, reversed);
      case 'send':
      case 'confirm':
      case 'reject':
        return this.transferred(event.do, event.transfers, event.at);
      case 'giveGift':
        return this.inBook(event.command.brandId, (attempt) => {
          const { receivedAt, ...gift } = event.command;
          return [giftMoved(attempt, 'give', gift, receivedAt)];
        });
      case 'takeGiftBack':
        return this.inBook(event.command.brandId, (attempt) => {
          const { returnedAt, ...gift } = event.command;
          return [giftMoved(attempt, 'take back', gift, returnedAt)];
        });
      case 'convert':
        return this.inBook(event.command.brandId, (attempt) => converted(attempt, event.command, event.at));
      case 'release':
        return this.released(event.at);
      case 'settle':
        return done('settle', 'settled');
      case 'freeze':
      case 'unfreeze':
        return this.froze(event.do, `${event.dealId}/${event.reason}`);
      case 'freezeEarnings':
      case 'unfreezeEarnings':
        return this.inBook(event.brandId, (attempt) => frozeEarnings(attempt, event.do, event.sources, event.reason));
      case 'close':
        return this.inBook(event.brandId, (attempt) => closed(attempt, event.before));
    }
  }

  private inBook(brandId: string, work: (attempt: Attempt) => readonly Answer[]): Expectation {
    const attempt = new Attempt(structuredClone(this.bookOf(brandId)));
    const answers = work(attempt);
    if (attempt.refusals.length === 0) this.books.set(brandId, attempt.book);
    return { answers, refusals: attempt.refusals };
  }

  /** Each item by itself, after the ones before it. */
  private byItem<T>(brandId: string, items: readonly T[], one: (attempt: Attempt, item: T) => Answer): Expectation {
    const expected = items.map((item) => this.inBook(brandId, (attempt) => [one(attempt, item)]));
    const answers = expected.flatMap(({ answers: own, refusals }): readonly Answer[] =>
      refusals.length > 0 ? [{ refused: refusals }] : own,
    );
    return { answers, refusals: [] };
  }

  /** Over all books of the transfers, or none. */
  private transferred(what: string, transfers: readonly PayoutTransfer[], at: Date): Expectation {
    const before = new Map(this.books);
    const byTransfer = new Map<PayoutTransfer, Answer>();
    const expected = this.allBooks.map(({ bookId, brandId }) =>
      this.inBook(brandId, (attempt) =>
        transfers
          .filter((transfer) => transfer.bookId === bookId)
          .map((transfer) => {
            const answer = moved(attempt, what, transfer, at);
            byTransfer.set(transfer, answer);
            return answer;
          }),
      ),
    );
    const refusals = expected.flatMap((one) => one.refusals);
    if (refusals.length > 0) this.books = before;
    const answers = transfers.flatMap((transfer) => byTransfer.get(transfer) ?? []);
    return { answers, refusals };
  }

  /** Every due earning that no freeze holds, book by book; a book whose period is closed fails by itself. */
  private released(at: Date): Expectation {
    let [released, failed] = [0, 0];
    for (const book of this.allBooks) {
      const due = [...book.earnings.values()]
        .filter((earning) => !this.isFrozen(earning))
        .flatMap((earning) => earning.shares.map((share) => ({ earning, share })))
        .filter(({ share }) => share.isHeld && share.releaseAt !== null && share.releaseAt <= at);
      if (due.length > 0 && book.closedBefore !== null && at < book.closedBefore) {
        failed += 1;
        continue;
      }
      const attempt = new Attempt(book);
      for (const { earning, share } of due) {
        const left = share.amountMinor - share.reversedMinor;
        attempt.move(
          accountOf(share, earning.currency),
          accountOf({ ...share, isHeld: false }, earning.currency),
          left,
          '',
        );
        share.isHeld = false;
      }
      released += new Set(due.map(({ earning }) => earning)).size;
    }
    return done('release', failed > 0 ? `${failed} books failed` : `${released} released`);
  }

  private froze(what: 'freeze' | 'unfreeze', freeze: string): Expectation {
    if (what === 'freeze') this.frozen.add(freeze);
    else this.frozen.delete(freeze);
    return done(what, what);
  }
}

/** All of them or none: what is released is not stopped any more, and what is not held needs no lifting. */
function frozeEarnings(
  attempt: Attempt,
  what: 'freezeEarnings' | 'unfreezeEarnings',
  sources: readonly EarningDraft['source'][],
  reason: string,
): readonly Answer[] {
  const earnings = sources.map(({ type, id }) => attempt.book.earnings.get(`${type}:${id}`));
  const held = earnings.flatMap((earning) => (earning?.shares.some(({ isHeld }) => isHeld) ? [earning] : []));
  if (what === 'freezeEarnings' && held.length < sources.length) attempt.refuse('EARNING_NOT_HELD', null);
  for (const { freezes } of held) {
    if (what === 'freezeEarnings') freezes.add(reason);
    else freezes.delete(reason);
  }
  return [{ key: what, isDuplicate: false, says: what }];
}

/** Forward only; a period that was closed already is answered the same. */
function closed(attempt: Attempt, before: Date): readonly Answer[] {
  const { book } = attempt;
  const isLater = book.closedBefore === null || before > book.closedBefore;
  if (!isLater && !book.closings.has(before.getTime())) attempt.refuse('PERIOD_ALREADY_CLOSED', null);
  book.closings.add(before.getTime());
  if (isLater) book.closedBefore = before;
  return [{ key: 'close', isDuplicate: false, says: 'closed' }];
}

function done(key: string, says: string): Expectation {
  return { answers: [{ key, isDuplicate: false, says }], refusals: [] };
}

/** client_cash → brand_balance; client_cash → brand_receivable. */
function received(attempt: Attempt, what: 'credit' | 'pay', command: Receipt): Answer {
  const { currency, amountMinor, brandId: _, idempotencyKey, receivedAt } = command;
  const [prefix, to] = what === 'credit' ? ['bank-credit', 'brand_balance'] : ['brand-payment', 'brand_receivable'];
  const key = `${prefix}:${idempotencyKey}`;
  const request = requestOf(what, { ...command, idempotencyKey: key });
  const earlier = attempt.claim(key, request);
  if (earlier) return earlier;
  attempt.takeEffect(key, receivedAt);
  attempt.move(`client_cash/${currency}`, `${to}/${currency}`, amountMinor, key);
  return attempt.answer(key, request, `leaves ${attempt.balance(`${to}/${currency}`)}`);
}

/** brand_balance → deal_escrow, and back. */
function escrowed(attempt: Attempt, what: 'fund' | 'return', command: EscrowCommand, at: Date): Answer {
  const { idempotencyKey: key, currency, dealId, purpose, amountMinor } = command;
  const request = requestOf(what, command);
  const earlier = attempt.claim(key, request);
  if (earlier) return earlier;
  attempt.takeEffect(key, at);
  const [balance, escrow] = [`brand_balance/${currency}`, `deal_escrow/${currency}/${dealId}/${purpose}`];
  if (what === 'fund') attempt.move(balance, escrow, amountMinor, key);
  else attempt.move(escrow, balance, amountMinor, key);
  return attempt.answer(key, request, '');
}

/** deal_escrow, for a sale then brand_receivable → fee and payees by plan, pending until the release; never too late for its period. */
function split(attempt: Attempt, draft: EarningDraft): Answer {
  const { idempotencyKey: key, source, currency, dealId, plan } = draft;
  const request = requestOf('split', { ...draft, plan: plan.shares });
  const earlier = attempt.claim(key, request);
  if (earlier) return earlier;
  if (attempt.book.earnings.has(`${source.type}:${source.id}`)) {
    attempt.refuse('EARNING_ALREADY_RECORDED', source.id);
  }

  const takings = takingsOf(plan.payeeId, plan.cuts, draft.poolMinor, source.id);
  const grossMinor = takings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const isCash = draft.kind === 'cash';
  const shares = takings.map(({ partyId, role, amountMinor }): ShareModel => {
    const isHeld = !(isCash && role === 'platform');
    return { partyId, role, amountMinor, reversedMinor: 0n, releaseAt: isHeld ? draft.releaseAt : null, isHeld };
  });

  const isOwedBeyond = draft.fundedFrom === 'reserve_then_receivable';
  const escrow = `deal_escrow/${currency}/${dealId}/${isOwedBeyond ? 'commission_reserve' : 'cash'}`;
  let fromEscrowMinor = 0n;
  for (const share of shares) {
    const there = attempt.balance(escrow) > 0n ? attempt.balance(escrow) : 0n;
    const held = isOwedBeyond && share.amountMinor > there ? there : share.amountMinor;
    attempt.move(escrow, accountOf(share, currency), held, key);
    attempt.move(`brand_receivable/${currency}`, accountOf(share, currency), share.amountMinor - held, key);
    fromEscrowMinor += held;
  }
  attempt.book.earnings.set(`${source.type}:${source.id}`, {
    sourceId: source.id,
    dealId,
    earnedAt: attempt.openInstant(draft.earnedAt),
    currency,
    isCash,
    baseMinor: draft.baseMinor,
    grossMinor,
    fromEscrowMinor,
    baseReversedMinor: 0n,
    grossReversedMinor: 0n,
    shares,
    freezes: new Set(),
  });
  return attempt.answer(key, request, sharesSay(shares));
}

export function sharesSay(
  shares: readonly { readonly partyId: string; readonly role: string; readonly amountMinor: bigint }[],
): string {
  return shares.map(({ partyId, role, amountMinor }) => `${role} ${partyId} ${amountMinor}`).join(', ');
}

/** From where each share is now, back to what the brand owes for the source, then into its escrow. */
function reversed(attempt: Attempt, reversal: Reversal): Answer {
  const { idempotencyKey: key, source, refundId, refundedBaseMinor } = reversal;
  const request = requestOf('reverse', reversal);
  const earlier = attempt.claim(key, request);
  if (earlier) return earlier;
  const earning = attempt.book.earnings.get(`${source.type}:${source.id}`);
  if (!earning) attempt.refuse('EARNING_NOT_FOUND', source.id);
  else if (refundedBaseMinor <= 0n) attempt.refuse('INVALID_INPUT', null);
  else if (refundedBaseMinor > earning.baseMinor - earning.baseReversedMinor) {
    attempt.refuse('REFUND_EXCEEDS_SALE', source.id);
  } else {
    return attempt.answer(key, request, `takes back ${takeBack(attempt, earning, refundedBaseMinor, refundId, key)}`);
  }
  return { refused: attempt.refusals };
}

function takeBack(attempt: Attempt, earning: EarningModel, baseMinor: bigint, refundId: string, key: string): bigint {
  const { currency, dealId, shares } = earning;
  const soFarMinor = earning.baseReversedMinor + baseMinor;
  const grossMinor =
    halfEven({ over: earning.grossMinor * soFarMinor, under: earning.baseMinor }) - earning.grossReversedMinor;
  const weights = shares.map(({ partyId, amountMinor, reversedMinor }) => ({
    partyId,
    weight: { over: amountMinor - reversedMinor, under: 1n },
  }));
  const parts = largestRemainders(grossMinor, weights, refundId);
  const escrow = `deal_escrow/${currency}/${dealId}/${earning.isCash ? 'cash' : 'commission_reserve'}`;
  let owedMinor = earning.grossMinor - earning.fromEscrowMinor - earning.grossReversedMinor;
  shares.forEach((share, place) => {
    const part = parts[place] ?? 0n;
    const toOwed = owedMinor <= 0n ? 0n : part < owedMinor ? part : owedMinor;
    owedMinor -= toOwed;
    attempt.move(accountOf(share, currency), `brand_receivable/${currency}`, toOwed, key);
    attempt.move(accountOf(share, currency), escrow, part - toOwed, key);
    share.reversedMinor += part;
  });
  earning.baseReversedMinor = soFarMinor;
  earning.grossReversedMinor += grossMinor;
  return grossMinor;
}

/** payee_available → payout_in_transit → client_cash, or back to payee_available. */
function moved(attempt: Attempt, what: string, transfer: PayoutTransfer, at: Date): Answer {
  const { idempotencyKey: key, partyId, currency, amountMinor } = transfer;
  const request = requestOf(what, transfer);
  const earlier = attempt.claim(key, request);
  if (earlier) return earlier;
  attempt.takeEffect(key, at);
  const [available, inTransit] = [`payee_available/${currency}/${partyId}`, `payout_in_transit/${currency}`];
  if (what === 'send') attempt.move(available, inTransit, amountMinor, key);
  else attempt.move(inTransit, what === 'confirm' ? `client_cash/${currency}` : available, amountMinor, key);
  return attempt.answer(key, request, '');
}

interface Gift {
  readonly idempotencyKey: string;
  readonly receiverId: string;
  readonly currency: string;
  readonly fairMarketValueMinor: bigint;
}

/** gift_given → gift_received, and back. */
function giftMoved(attempt: Attempt, what: string, gift: Gift, at: Date): Answer {
  const { idempotencyKey: key, receiverId, currency, fairMarketValueMinor } = gift;
  const request = requestOf(what, gift);
  const earlier = attempt.claim(key, request);
  if (earlier) return earlier;
  attempt.takeEffect(key, at);
  const [given, taken] = [`gift_given/${currency}`, `gift_received/${currency}/${receiverId}`];
  if (what === 'give') attempt.move(given, taken, fairMarketValueMinor, key);
  else attempt.move(taken, given, fairMarketValueMinor, key);
  return attempt.answer(key, request, '');
}

/** One amount leaves a balance through fx_position, another arrives, at the published rate. */
function converted(attempt: Attempt, order: ConversionOrder, at: Date): readonly Answer[] {
  const { idempotencyKey: key, kind, fromCurrency, toCurrency, amountMinor } = order;
  const toMinor = order.date < RATE_DATE ? null : halfEven(convertedExactly(amountMinor, fromCurrency, toCurrency));
  if (toMinor === null) attempt.refuse('RATES_NOT_LOADED', null);
  if (toMinor === 0n) attempt.refuse('INVALID_POSTING', null);
  if (toMinor === null || toMinor === 0n) return [];
  const request = requestOf('convert', order);
  const earlier = attempt.claim(key, request);
  if (earlier) return [earlier];
  attempt.takeEffect(key, at);
  const [from, to] = [`${kind}/${fromCurrency}`, `${kind}/${toCurrency}`];
  const [fromPosition, toPosition] = [`fx_position/${fromCurrency}`, `fx_position/${toCurrency}`];
  if (kind === 'client_cash') {
    attempt.move(fromPosition, from, amountMinor, key);
    attempt.move(to, toPosition, toMinor, key);
  } else {
    attempt.move(from, fromPosition, amountMinor, key);
    attempt.move(toPosition, to, toMinor, key);
  }
  return [attempt.answer(key, request, '')];
}

function convertedExactly(amountMinor: bigint, from: string, to: string): { over: bigint; under: bigint } {
  const [source, target] = [RATES[from], RATES[to]];
  if (!source || !target) throw new RangeError('The model has no such rate.');
  const [perSource, perTarget] = [fractionOf(source.perEuro), fractionOf(target.perEuro)];
  return {
    over: amountMinor * perTarget.over * perSource.under * 10n ** BigInt(target.decimals),
    under: perTarget.under * perSource.over * 10n ** BigInt(source.decimals),
  };
}

function accountOf(
  { role, partyId, isHeld }: Pick<ShareModel, 'role' | 'partyId' | 'isHeld'>,
  currency: string,
): AccountName {
  if (role === 'platform') return isHeld ? `platform_fee_pending/${currency}` : `platform_fee/${currency}`;
  return isHeld ? `payee_pending/${currency}/${partyId}` : `payee_available/${currency}/${partyId}`;
}

function requestOf(what: string, command: object): string {
  const text = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);
  return `${what} ${JSON.stringify(command, text)}`;
}
