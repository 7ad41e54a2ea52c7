import { createHash } from 'node:crypto';
import { commissionPool, type CommissionTerms, type EarningDraft, type PayoutTransfer } from '@evenhand/ledger';
import { type DealInTest, milestoneOf, saleOf } from '../deal-in-test';
import type { Command, PartChoice, RefundChoice } from './commands';
import type { Event } from './event';
import { poolOf } from './exact-arithmetic';
import { type LedgerModel, RATE_DATE } from './ledger-model';

export interface DealWithTerms extends DealInTest {
  readonly terms: CommissionTerms;
}

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse('2026-10-01T00:00:00Z');

/** Turns chosen commands into events, from what the model knows by then. The same choices and salt give the same ids. */
export class History {
  readonly events: Event[] = [];
  private readonly drafts: { readonly brandId: string; readonly draft: EarningDraft }[] = [];
  private readonly sent: PayoutTransfer[] = [];
  private counter = 0;

  constructor(
    private readonly model: LedgerModel,
    private readonly deals: readonly DealWithTerms[],
    private readonly salt: number,
  ) {}

  /** Null where there is nothing to choose among yet. */
  next(command: Command): Event | null {
    const event = this.eventOf(command);
    if (event) this.events.push(event);
    return event;
  }

  private eventOf(command: Command): Event | null {
    const at = new Date(FIRST_DAY + command.day * DAY_MS);
    switch (command.do) {
      case 'credit':
      case 'pay': {
        const { brandId, currency } = this.dealAt(command.deal);
        const receipt = { brandId, currency, amountMinor: command.amount, idempotencyKey: this.newId() };
        return { do: command.do, at, command: { ...receipt, bankReference: 'SCT 1', receivedAt: at } };
      }
      case 'fund':
      case 'return': {
        const { brandId, dealId, currency } = this.dealAt(command.deal);
        const { purpose, amount: amountMinor } = command;
        const move = { brandId, dealId, currency, purpose, amountMinor, idempotencyKey: this.newId() };
        return { do: command.do, at, command: move };
      }
      case 'split':
        return this.split(command, at);
      case 'reverse':
        return this.reverse(command.refunds, command.byItem, at);
      case 'release':
      case 'settle':
        return { do: command.do, at };
      case 'freeze':
      case 'unfreeze':
        return { do: command.do, at, dealId: this.dealAt(command.deal).dealId, reason: command.reason };
      case 'freezeEarnings':
      case 'unfreezeEarnings': {
        const { brandId } = this.dealAt(command.deal);
        const drafts = new Set(command.picks.flatMap((pick) => this.refundable(pick, brandId)?.draft ?? []));
        const sources = [...new Map([...drafts].map(({ source }) => [source.id, source])).values()];
        return sources.length === 0 ? null : { do: command.do, at, brandId, sources, reason: command.reason };
      }
      case 'send':
        return this.send(command.parts, at);
      case 'confirm':
      case 'reject':
        return this.settle(command.do, command.pick, at);
      case 'giveGift':
      case 'takeGiftBack': {
        const { brandId, dealId, influencerId: receiverId, currency } = this.dealAt(command.deal);
        const ids = { brandId, dealId, receiverId, currency, idempotencyKey: this.newId() };
        const gift = { ...ids, fairMarketValueMinor: command.amount };
        if (command.do === 'giveGift') return { do: 'giveGift', at, command: { ...gift, receivedAt: at } };
        return { do: 'takeGiftBack', at, command: { ...gift, returnedAt: at } };
      }
      case 'convert': {
        const { brandId, currency: fromCurrency } = this.dealAt(command.deal);
        if (fromCurrency === command.to) return null;
        const date = command.isPublished ? RATE_DATE : '2020-01-01';
        const { kind, to: toCurrency, amount: amountMinor } = command;
        const order = { brandId, kind, fromCurrency, toCurrency, amountMinor, date, idempotencyKey: this.newId() };
        return { do: 'convert', at, command: order };
      }
      case 'close': {
        const { brandId } = this.dealAt(command.deal);
        return { do: 'close', at, brandId, before: new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS) };
      }
      case 'repeat':
        return this.earlier(command.pick);
      case 'change':
        return this.changed(this.earlier(command.pick));
    }
  }

  private split(command: Command & { do: 'split' }, at: Date): Event {
    const sold = this.dealAt(command.deal);
    const { brandId } = sold;
    let net = [...this.model.bookOf(brandId).earnings.values()]
      .filter(({ dealId, isCash }) => dealId === sold.dealId && !isCash)
      .reduce((sum, { baseMinor }) => sum + baseMinor, 0n);
    const given = { earnedAt: at, releaseAt: new Date(at.getTime() + (command.isLate ? 9 : 1 / 4) * DAY_MS) };
    const fresh = command.bases.map((base): EarningDraft => {
      const id = this.newId();
      if (command.isMilestone) return milestoneOf(sold, base, { ...given, source: { type: 'deliverable', id } });
      const gross = commissionPool(sold.terms, net, net + base);
      expect(gross).toBe(poolOf(sold.terms, net, net + base));
      net += base;
      return saleOf(sold, gross, { ...given, baseMinor: base, source: { type: 'sale', id } });
    });
    const drafts = [...fresh, ...this.twisted(command, brandId, fresh)];
    this.drafts.push(...fresh.map((draft) => ({ brandId, draft })));
    return { do: command.byItem ? 'splitByItem' : 'split', at, brandId, drafts };
  }

  private twisted(
    { twist, pick }: Command & { do: 'split' },
    brandId: string,
    fresh: readonly EarningDraft[],
  ): readonly EarningDraft[] {
    const isNew = twist === 'same' || twist === 'other request' || twist === 'other key';
    const among = isNew ? fresh : this.drafts.filter((known) => known.brandId === brandId).map(({ draft }) => draft);
    const chosen = chosenOf(among, pick);
    if (twist === 'none' || !chosen) return [];
    if (twist === 'same' || twist === 'same as before') return [chosen];
    if (twist === 'other request') return [{ ...chosen, poolMinor: chosen.poolMinor + 1n }];
    return [{ ...chosen, idempotencyKey: this.newId() }];
  }

  private reverse(refunds: readonly RefundChoice[], byItem: boolean, at: Date): Event | null {
    const [first] = refunds;
    const brandId = first && this.refundable(first.pick)?.brandId;
    if (brandId === undefined) return null;
    const reversals = refunds.flatMap(({ pick, tenths, twice }) => {
      const draft = this.refundable(pick, brandId)?.draft;
      if (!draft) return [];
      const refundId = this.newId();
      const refundedBaseMinor = (draft.baseMinor * tenths) / 10n;
      const ids = { idempotencyKey: `refund:${refundId}`, refundId, source: draft.source };
      const reversal = { ...ids, refundedBaseMinor, occurredAt: at };
      return twice ? [reversal, reversal] : [reversal];
    });
    return { do: byItem ? 'reverseByItem' : 'reverse', at, brandId, reversals };
  }

  /** Mostly what was recorded; also what was refused. */
  private refundable(pick: number, brandId: string | null = null): (typeof this.drafts)[number] | undefined {
    const ofBrand = this.drafts.filter((known) => brandId === null || known.brandId === brandId);
    const recorded = ofBrand.filter(({ draft: { source }, ...known }) =>
      this.model.bookOf(known.brandId).earnings.has(`${source.type}:${source.id}`),
    );
    return chosenOf(recorded.length > 0 && pick % 8 > 0 ? recorded : ofBrand, pick >> 3);
  }

  private send(parts: readonly PartChoice[], at: Date): Event {
    const payees = this.deals.flatMap((deal) => [
      { ...deal, partyId: deal.agencyId },
      { ...deal, partyId: deal.influencerId },
    ]);
    const withMoney = payees.filter((payee) => this.available(payee) > 0n);
    const transfers = parts.flatMap(({ pick, percent }): readonly PayoutTransfer[] => {
      const payee = chosenOf(withMoney.length > 0 ? withMoney : payees, pick);
      if (!payee) return [];
      const { bookId, partyId, currency } = payee;
      const part = (this.available(payee) * percent) / 100n;
      const amountMinor = part > 0n ? part : 1n;
      return [{ idempotencyKey: this.newId(), payoutItemId: this.newId(), bookId, partyId, currency, amountMinor }];
    });
    this.sent.push(...transfers);
    return { do: 'send', at, transfers };
  }

  private available({ brandId, currency, partyId }: DealWithTerms & { readonly partyId: string }): bigint {
    return this.model.bookOf(brandId).balances.get(`payee_available/${currency}/${partyId}`) ?? 0n;
  }

  /** Mostly what may be in transit; also what was never sent, or is settled: the account knows only how much there is. */
  private settle(what: 'confirm' | 'reject', pick: number, at: Date): Event | null {
    const inTransit = this.sent.filter(({ bookId, currency, amountMinor }) =>
      this.model.allBooks.some(
        (book) => book.bookId === bookId && (book.balances.get(`payout_in_transit/${currency}`) ?? 0n) >= amountMinor,
      ),
    );
    const transfer = chosenOf(inTransit.length > 0 && pick % 4 > 0 ? inTransit : this.sent, pick >> 2);
    return transfer ? { do: what, at, transfers: [{ ...transfer, idempotencyKey: this.newId() }] } : null;
  }

  private earlier(pick: number): Event | null {
    const keyed = this.events.filter(
      (event) => 'command' in event || 'drafts' in event || 'transfers' in event || 'reversals' in event,
    );
    return chosenOf(keyed, pick) ?? null;
  }

  /** The same keys, asked for something else. */
  private changed(event: Event | null): Event | null {
    if (event === null) return null;
    if ('drafts' in event) {
      const drafts = event.drafts.map((draft) => ({ ...draft, releaseAt: new Date(draft.releaseAt.getTime() + 1) }));
      return { ...event, drafts };
    }
    if ('reversals' in event) {
      const occurred = (at: Date): Date => new Date(at.getTime() + 1);
      return { ...event, reversals: event.reversals.map((one) => ({ ...one, occurredAt: occurred(one.occurredAt) })) };
    }
    if ('transfers' in event) {
      return { ...event, transfers: event.transfers.map((one) => ({ ...one, amountMinor: one.amountMinor + 1n })) };
    }
    switch (event.do) {
      case 'giveGift':
        return {
          ...event,
          command: { ...event.command, fairMarketValueMinor: event.command.fairMarketValueMinor + 1n },
        };
      case 'takeGiftBack':
        return {
          ...event,
          command: { ...event.command, fairMarketValueMinor: event.command.fairMarketValueMinor + 1n },
        };
      case 'credit':
      case 'pay':
        return { ...event, command: { ...event.command, bankReference: 'SCT 2' } };
      case 'fund':
      case 'return':
        return { ...event, command: { ...event.command, amountMinor: event.command.amountMinor + 1n } };
      case 'convert':
        return { ...event, command: { ...event.command, amountMinor: event.command.amountMinor + 1n } };
      default:
        return null;
    }
  }

  private dealAt(index: number): DealWithTerms {
    const found = this.deals[index % this.deals.length];
    if (!found) throw new RangeError('There is no such deal.');
    return found;
  }

  private newId(): string {
    this.counter += 1;
    return idOf(`${this.salt} ${this.counter}`);
  }
}

/** A UUID of version 8 made of a text. */
export function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function chosenOf<T>(items: readonly T[], pick: number): T | undefined {
  return items[pick % Math.max(1, items.length)];
}
