import { DomainError } from '@evenhand/kernel';
import { checkInvariants, type EarningDraft, type PayoutTransfer } from '@evenhand/ledger';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { dealInTest, type DealInTest, fund, milestoneOf, saleOf } from './deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest } from './ledger-under-test';

/** Amounts are small so that floors, shortages and roundings are met often; `pick` chooses among what there is. */
type Command =
  | {
      readonly do: 'fund';
      readonly deal: number;
      readonly amount: bigint;
      readonly purpose: 'cash' | 'commission_reserve' | null;
    }
  | {
      readonly do: 'return';
      readonly deal: number;
      readonly amount: bigint;
      readonly purpose: 'cash' | 'commission_reserve';
    }
  | { readonly do: 'sell'; readonly deal: number; readonly grosses: readonly bigint[]; readonly milestone: boolean }
  | { readonly do: 'repeat'; readonly pick: number }
  | { readonly do: 'refund'; readonly pick: number; readonly tenths: bigint }
  | { readonly do: 'release' }
  | { readonly do: 'freeze' | 'unfreeze'; readonly deal: number }
  | { readonly do: 'send'; readonly deal: number; readonly toAgency: boolean; readonly amount: bigint }
  | { readonly do: 'confirm' | 'reject'; readonly pick: number };

const DEALS = 4;
const deal = fc.nat(DEALS - 1);
const pick = fc.nat(1000);
const amount = fc.bigInt(1n, 400n);
const purpose = fc.constantFrom('cash' as const, 'commission_reserve' as const);
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constant('fund' as const), deal, amount, purpose: fc.option(purpose) }),
  fc.record({ do: fc.constant('return' as const), deal, amount, purpose }),
  fc.record({
    do: fc.constant('sell' as const),
    deal,
    grosses: fc.array(fc.bigInt(0n, 150n), { minLength: 1, maxLength: 4 }),
    milestone: fc.boolean(),
  }),
  fc.record({ do: fc.constant('repeat' as const), pick }),
  fc.record({ do: fc.constant('refund' as const), pick, tenths: fc.bigInt(1n, 10n) }),
  fc.record({ do: fc.constant('release' as const) }),
  fc.record({ do: fc.constantFrom('freeze' as const, 'unfreeze' as const), deal }),
  fc.record({ do: fc.constant('send' as const), deal, toAgency: fc.boolean(), amount }),
  fc.record({ do: fc.constantFrom('confirm' as const, 'reject' as const), pick }),
);

/** What a history has made so far, for later commands to refer to. */
class History {
  readonly earnings: { readonly deal: DealInTest; readonly draft: EarningDraft }[] = [];
  readonly sent: PayoutTransfer[] = [];
  readonly done: string[] = [];

  constructor(
    private readonly ledger: LedgerUnderTest,
    private readonly deals: readonly DealInTest[],
  ) {}

  /** Runs a command; one that a rule of the ledger forbids changes nothing. */
  async run(given: Command): Promise<void> {
    try {
      await this.perform(given);
      this.done.push(given.do);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.done.push(error.code);
    }
  }

  private async perform(given: Command): Promise<void> {
    const { ledger } = this;
    switch (given.do) {
      case 'fund':
        return fund(ledger, this.dealAt(given.deal), given.amount, given.purpose);
      case 'return': {
        const { brandId, dealId, currency } = this.dealAt(given.deal);
        const { amount: amountMinor, purpose: from } = given;
        const move = { brandId, dealId, currency, purpose: from, amountMinor, idempotencyKey: uuidv7() };
        await ledger.run((tx) => ledger.returnEscrow.execute(tx, move));
        return;
      }
      case 'sell': {
        const sold = this.dealAt(given.deal);
        const drafts = given.grosses.map((gross) => (given.milestone ? milestoneOf(sold, gross) : saleOf(sold, gross)));
        await ledger.run((tx) => ledger.splitEarnings.execute(tx, sold.brandId, drafts));
        this.earnings.push(...drafts.map((draft) => ({ deal: sold, draft })));
        return;
      }
      case 'repeat': {
        const earlier = chosen(this.earnings, given.pick);
        if (!earlier) return;
        const again = [earlier.draft, earlier.draft];
        const results = await ledger.run((tx) => ledger.splitEarnings.execute(tx, earlier.deal.brandId, again));
        expect(results.map(({ status }) => status)).toEqual(['duplicate', 'duplicate']);
        return;
      }
      case 'refund':
        return this.refund(given.pick, given.tenths);
      case 'release':
        await ledger.releaseDueHolds.execute({ now: new Date('2026-10-16T00:00:00Z'), limit: 1000 });
        return;
      case 'freeze':
      case 'unfreeze': {
        const { dealId } = this.dealAt(given.deal);
        const useCase = given.do === 'freeze' ? ledger.freezeShares : ledger.unfreezeShares;
        return ledger.run((tx) => useCase.execute(tx, { dealId, reason: 'dispute' }));
      }
      case 'send': {
        const { bookId, currency, agencyId, influencerId } = this.dealAt(given.deal);
        const partyId = given.toAgency ? agencyId : influencerId;
        const ids = { idempotencyKey: uuidv7(), payoutItemId: uuidv7() };
        const transfer = { ...ids, bookId, partyId, currency, amountMinor: given.amount };
        await ledger.run((tx) => ledger.sendPayouts.execute(tx, [transfer]));
        this.sent.push(transfer);
        return;
      }
      case 'confirm':
      case 'reject': {
        const index = given.pick % Math.max(1, this.sent.length);
        const [transfer] = this.sent.splice(index, 1);
        if (!transfer) return;
        const useCase = given.do === 'confirm' ? ledger.confirmPayouts : ledger.rejectPayouts;
        await ledger.run((tx) => useCase.execute(tx, [{ ...transfer, idempotencyKey: uuidv7() }]));
      }
    }
  }

  private async refund(place: number, tenths: bigint): Promise<void> {
    const refunded = chosen(this.earnings, place);
    if (!refunded) return;
    const refundId = uuidv7();
    const reversal = {
      idempotencyKey: `refund:${refundId}`,
      source: refunded.draft.source,
      refundId,
      refundedBaseMinor: (refunded.draft.baseMinor * tenths) / 10n,
      occurredAt: new Date('2026-10-03T00:00:00Z'),
    };
    await this.ledger.run((tx) => this.ledger.reverseEarnings.execute(tx, refunded.deal.brandId, [reversal]));
  }

  private dealAt(index: number): DealInTest {
    const found = this.deals[index];
    if (!found) throw new RangeError('There is no such deal.');
    return found;
  }
}

function chosen<T>(items: readonly T[], place: number): T | undefined {
  return items[place % Math.max(1, items.length)];
}

let ledger: LedgerUnderTest;
let owner: Client;
beforeAll(async () => {
  ledger = await ledgerUnderTest();
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await ledger.close();
});

/** Two brands, one of them with deals in two currencies; one influencer earns from both. */
async function newWorld(): Promise<readonly DealInTest[]> {
  const first = await dealInTest(ledger);
  const { brandId, influencerId, agencyId } = first;
  return [
    first,
    await dealInTest(ledger, { brandId, influencerId, agencyId }),
    await dealInTest(ledger, { brandId, influencerId, agencyId, currency: 'JPY' }),
    await dealInTest(ledger, { influencerId, agencyId, currency: 'CNY' }),
  ];
}

describe('any history', () => {
  it('of commands one after another leaves books in which everything holds', async () => {
    const met = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 40 }), async (commands) => {
        const history = new History(ledger, await newWorld());
        for (const given of commands) await history.run(given);
        for (const what of history.done) met.set(what, (met.get(what) ?? 0) + 1);
        expect(await checkInvariants(owner)).toEqual([]);
      }),
      { numRuns: 25, endOnFailure: true },
    );
    // A history that never met a rule or never paid would prove little.
    for (const what of [
      'confirm',
      'refund',
      'release',
      'INSUFFICIENT_ESCROW',
      'INSUFFICIENT_PAYABLE',
      'REFUND_EXCEEDS_SALE',
    ]) {
      expect([...met.keys()]).toContain(what);
    }
  }, 120_000);

  it('of commands at the same time leaves books in which everything holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 40 }), async (commands) => {
        const history = new History(ledger, await newWorld());
        for (let start = 0; start < commands.length; start += 8) {
          await Promise.all(commands.slice(start, start + 8).map((given) => history.run(given)));
        }
        expect(await checkInvariants(owner)).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 120_000);
});
