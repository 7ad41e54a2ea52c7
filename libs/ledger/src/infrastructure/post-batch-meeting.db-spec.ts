import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { withCheckedLedger } from '../../../../test/invariants/checked-ledger';
import {
  dealInTest,
  type DealInTest,
  fund,
  milestoneOf,
  PLATFORM,
  saleOf,
} from '../../../../test/invariants/deal-in-test';
import type { LedgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { somebodyWaits } from '../../../../test/support/somebody-waits';
import { type Account, brandBalance, brandReceivable, dealEscrow } from '../domain/account';
import type { EarningDraft } from '../domain/events/earning-split';
import { compileSplitPlan } from '../domain/split-plan';

let ledger: LedgerUnderTest;
let owner: Client;
let deal: DealInTest;

withCheckedLedger((made) => ({ ledger, owner } = made));
beforeEach(async () => {
  deal = await dealInTest(ledger);
});

const balance = (account: Account): Promise<bigint> =>
  ledger.run((tx) => ledger.queries.balanceOf(tx, deal.bookId, account));
const split = (...drafts: EarningDraft[]) => ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, drafts));
const escrow = (purpose: 'cash' | 'commission_reserve'): Account => dealEscrow(deal.dealId, purpose, deal.currency);

describe('a batch that meets another one', () => {
  /** What the second does while the first is under way, having waited for it. */
  async function afterWaiting<T>(first: Work<unknown>, second: Work<T>): Promise<PromiseSettledResult<T>> {
    let outcome: Promise<[PromiseSettledResult<T>]> | undefined;
    await ledger.run(async (tx) => {
      await first(tx);
      outcome = Promise.allSettled([ledger.run(second)]);
      await somebodyWaits(owner);
    });
    if (!outcome) throw new RangeError('The second has not begun.');
    return (await outcome)[0];
  }
  const splitting =
    (...drafts: EarningDraft[]): Work<unknown> =>
    (tx) =>
      ledger.splitEarnings.execute(tx, deal.brandId, drafts);

  it('at a balance takes what it leaves', async () => {
    await fund(ledger, deal, 100n, null);
    const { brandId, dealId } = deal;
    const funding: Work<unknown> = (tx) => {
      const command = { brandId, dealId, currency: 'EUR', purpose: 'cash' as const, amountMinor: 60n };
      return ledger.fundEscrow.execute(tx, { ...command, idempotencyKey: uuidv7() });
    };
    expect(await afterWaiting(funding, funding)).toMatchObject({
      status: 'rejected',
      reason: { code: 'INSUFFICIENT_BRAND_BALANCE', details: { availableMinor: '40' } },
    });
    expect(await balance(brandBalance('EUR'))).toBe(40n);
    expect(await balance(escrow('cash'))).toBe(60n);
  });

  it('at a reserve takes what it leaves, also alone', async () => {
    await fund(ledger, deal, 100n, 'commission_reserve');
    await split(saleOf(deal, 10n));
    expect(await afterWaiting(splitting(saleOf(deal, 60n)), splitting(saleOf(deal, 60n)))).toMatchObject({
      status: 'fulfilled',
    });
    expect(await balance(escrow('commission_reserve'))).toBe(0n);
    expect(await balance(brandReceivable('EUR'))).toBe(30n);
  });

  it('at an earning takes back of what it leaves', async () => {
    const sale = saleOf(deal, 100n);
    await split(sale);
    const giveBack: Work<unknown> = (tx) => {
      const refundId = uuidv7();
      const { source } = sale;
      const back = { idempotencyKey: refundId, source, refundId, refundedBaseMinor: 600n, occurredAt: new Date() };
      return ledger.reverseEarnings.execute(tx, deal.brandId, [back]);
    };
    expect(await afterWaiting(giveBack, giveBack)).toMatchObject({
      status: 'rejected',
      reason: { code: 'REFUND_EXCEEDS_SALE' },
    });
  });

  it('waits for one of which the halves have the book to themselves', async () => {
    await split(saleOf(deal, 10n));
    const byItem: Work<unknown> = (tx) =>
      ledger.splitEarningsByItem.execute(tx, deal.brandId, [saleOf(deal, 10n), milestoneOf(deal, 10n)]);
    expect(await afterWaiting(byItem, splitting(saleOf(deal, 10n)))).toMatchObject({ status: 'fulfilled' });
    expect(await balance(brandReceivable('EUR'))).toBe(30n);
  });

  it('at a rule never seen before stores it once', async () => {
    await split(saleOf(deal, 10n));
    const inRule = { ...deal, plan: planOf(deal.influencerId, '0.2') };
    expect(await afterWaiting(splitting(saleOf(inRule, 10n)), splitting(saleOf(inRule, 10n)))).toMatchObject({
      status: 'fulfilled',
    });
    expect((await owner.query('select from ledger.rules where book_id = $1', [deal.bookId])).rowCount).toBe(2);
  });

  type Work<T> = (tx: Transaction) => Promise<T>;
  type InOrder = (...places: number[]) => Work<unknown>;

  const planOf = (influencerId: string, share: string) =>
    compileSplitPlan(influencerId, [
      { partyId: PLATFORM, role: 'platform', of: 'gross', share },
      { partyId: deal.agencyId, role: 'agency', of: 'gross', share: '0.4' },
    ]);
  const three = <T>(make: (place: number) => T): readonly T[] => [0, 1, 2].map(make);
  const sellEach =
    (draftOf: (place: number) => EarningDraft): InOrder =>
    (...places) =>
      splitting(...places.map(draftOf));

  /** Where tables are large, rows are looked up one by one as they are asked for, not read in the order they lie in. */
  const PLANNED_FOR_MANY_ROWS = `set local plan_cache_mode = force_custom_plan; set local enable_seqscan = off;
    set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_bitmapscan = off; set local join_collapse_limit = 1`;

  it.each<[string, () => Promise<InOrder>]>([
    [
      'keys',
      async () => {
        const sales = three(() => saleOf(deal, 10n));
        return sellEach((place) => sales[place] ?? saleOf(deal, 0n));
      },
    ],
    [
      'accounts never seen before',
      async () => {
        const influencers = three(() => uuidv7());
        return sellEach((place) => {
          const influencerId = influencers[place] ?? '';
          return saleOf({ ...deal, influencerId, plan: planOf(influencerId, '0.1') }, 10n);
        });
      },
    ],
    [
      'rules never seen before',
      async () => sellEach((place) => saleOf({ ...deal, plan: planOf(deal.influencerId, `0.2${place}`) }, 10n)),
    ],
    [
      'balances',
      async () => {
        const deals = three(() => ({ ...deal, dealId: uuidv7() }));
        for (const one of deals) await fund(ledger, one, 100n, 'commission_reserve');
        return sellEach((place) => saleOf(deals[place] ?? deal, 10n));
      },
    ],
    [
      'earnings',
      async () => {
        const sales = three(() => saleOf(deal, 100n));
        await split(...sales);
        return (...places) =>
          (tx) =>
            ledger.reverseEarnings.execute(
              tx,
              deal.brandId,
              places.map((place) => {
                const refundId = uuidv7();
                const source = sales[place]?.source ?? { type: 'sale', id: '' };
                const occurredAt = new Date('2026-10-02T00:00:00.000Z');
                return { idempotencyKey: refundId, source, refundId, refundedBaseMinor: 10n, occurredAt };
              }),
            );
      },
    ],
  ])('takes %s in the same order as that, whatever order they come in', async (_what, prepare) => {
    await split(saleOf(deal, 10n));
    const inOrder = await prepare();
    let tries = 0;
    const attempt = (work: Work<unknown>) =>
      ledger.run(async (tx) => {
        // Once more for each deadlock.
        tries += 1;
        await managerOf(tx).query(PLANNED_FOR_MANY_ROWS);
        return work(tx);
      });
    const others: Promise<unknown>[] = [];
    // What one holds lies between what the two others want.
    await ledger.run(async (tx) => {
      await inOrder(1)(tx);
      others.push(attempt(inOrder(0, 1, 2)));
      await somebodyWaits(owner);
      others.push(attempt(inOrder(2, 0)));
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    await Promise.all(others);
    expect(tries).toBe(2);
  });
});
