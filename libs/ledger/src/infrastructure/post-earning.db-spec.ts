import { managerOf } from '@evenhand/platform';
import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { withCheckedLedger } from '../../../../test/invariants/checked-ledger';
import { dealInTest, type DealInTest, fund, PLATFORM, saleOf } from '../../../../test/invariants/deal-in-test';
import type { LedgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { type EarningDraft, earningSplit } from '../domain/events/earning-split';
import { compileSplitPlan } from '../domain/split-plan';
import { POST_BATCH_SQL, postBatchParameters } from './post-batch-parameters';
import { POST_EARNING_SQL, postEarningParameters } from './post-earning-parameters';

let ledger: LedgerUnderTest;
let owner: Client;
let deal: DealInTest;

withCheckedLedger((made) => ({ ledger, owner } = made));
beforeEach(async () => {
  deal = await dealInTest(ledger);
  await fund(ledger, deal, 130n, 'commission_reserve');
  // Whose accounts and rule were seen before.
  await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 30n), saleOf(deal, 0n)]));
});

class Undo extends Error {}

/** All that is recorded of the draft, ids and instants aside, when it is written one way and then undone. */
async function writtenBy(sql: string, parameters: readonly unknown[]): Promise<unknown> {
  let written: unknown;
  const undone = ledger.run(async (tx) => {
    const [row] = await managerOf(tx).query<{ transaction_id: string | null }[]>(sql, [...parameters]);
    written = row?.transaction_id ? await rowsOf(tx, row.transaction_id) : null;
    throw new Undo();
  });
  await expect(undone).rejects.toThrow(Undo);
  return written;
}

async function rowsOf(tx: Parameters<typeof managerOf>[0], id: string): Promise<unknown> {
  const [all] = await managerOf(tx).query<unknown[]>(
    `select (select to_jsonb(t) - 'transaction_id' - 'recorded_at' from ledger.transactions t where t.transaction_id = $1)
              as transaction,
            (select jsonb_agg((to_jsonb(p) - 'recorded_at') || jsonb_build_object('posting_id', p.posting_id & 4095, 'share_id', p.share_id & 63)
                              order by p.posting_id) from ledger.postings p where p.posting_id >> 12 = $1)
              as postings,
            (select to_jsonb(e) - 'earning_id' from ledger.earnings e where e.earning_id = $1) as earning,
            (select jsonb_agg(to_jsonb(s) || jsonb_build_object('share_id', s.share_id & 63) order by s.share_id)
             from ledger.shares s where s.share_id >> 6 = $1) as shares,
            (select to_jsonb(h) - 'earning_id' from ledger.holds h where h.earning_id = $1) as hold,
            (select jsonb_agg(to_jsonb(b) - 'recorded_at' order by b.book_id, b.account_id) from ledger.balances b) as balances`,
    [id],
  );
  return all;
}

async function writtenBothWays(
  earning: EarningDraft,
): Promise<{ readonly alone: unknown; readonly together: unknown }> {
  const { draft } = earningSplit(earning);
  return {
    alone: await writtenBy(POST_EARNING_SQL, postEarningParameters(deal.bookId, draft, false) ?? []),
    together: await writtenBy(POST_BATCH_SQL, postBatchParameters(deal.bookId, [draft])),
  };
}

/** Of each rule of the book the accounts of its shares, as they are kept. */
async function keptAccounts(): Promise<readonly (readonly string[])[]> {
  const sql = 'select pending_account_ids as kept from ledger.split_accounts where book_id = $1';
  return (await owner.query<{ kept: readonly string[] }>(sql, [deal.bookId])).rows.map(({ kept }) => kept);
}

describe('an earning that comes alone', () => {
  it.each<[string, (given: DealInTest) => EarningDraft]>([
    ['paid by the reserve', (given) => saleOf(given, 60n)],
    ['paid by the reserve in part', (given) => saleOf(given, 155n)],
    ['of nothing', (given) => saleOf(given, 0n)],
    ['with zero shares', (given) => saleOf(given, 1n)],
    ['of a bonus', (given) => saleOf(given, 60n, { kind: 'bonus', source: { type: 'bonus', id: uuidv7() } })],
    ['of tiers and a cap', (given) => saleOf(given, 60n, { netSalesBeforeMinor: 7n, capLeftMinor: 5_000n })],
  ])('and is %s is written as it is among others', async (_what, earningOf) => {
    const { alone, together } = await writtenBothWays(earningOf(deal));
    expect(alone).not.toBeNull();
    expect(alone).toEqual(together);
  });

  it.each<[string, (given: DealInTest) => EarningDraft]>([
    ['paid by the reserve in part', (given) => saleOf(given, 155n)],
    ['of nothing', (given) => saleOf(given, 0n)],
  ])(
    'and is %s is written as it is among others by the accounts that one before it has found',
    async (_what, earningOf) => {
      await ledger.splitOneEarning.execute(deal.brandId, saleOf(deal, 10n));
      expect(await keptAccounts()).toHaveLength(1);
      const { alone, together } = await writtenBothWays(earningOf(deal));
      expect(alone).not.toBeNull();
      expect(alone).toEqual(together);
    },
  );

  it('waits for nobody who has found the accounts of its rule and is not done yet', async () => {
    const other = await dealInTest(ledger);
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, other.brandId, [saleOf(other, 30n), saleOf(other, 30n)]));
    const meanwhile = await ledger.run(async (tx) => {
      await ledger.splitEarnings.execute(tx, other.brandId, [saleOf(other, 10n)]);
      return ledger.splitOneEarning.execute(other.brandId, saleOf(other, 20n));
    });
    expect(meanwhile.status).toBe('recorded');
  });

  it('leaves the accounts of a cut on top and of the cuts below it', async () => {
    const plan = compileSplitPlan(deal.influencerId, [
      { partyId: PLATFORM, role: 'platform', of: 'on_top', share: '0.05' },
      { partyId: deal.agencyId, role: 'agency', of: 'gross', share: '0.4' },
    ]);
    const withFee = { ...deal, plan };
    for (const sale of [saleOf(withFee, 100n), saleOf(withFee, 100n)]) {
      await ledger.splitOneEarning.execute(deal.brandId, sale);
    }
    expect(await keptAccounts()).toEqual([[expect.anything(), expect.anything(), expect.anything()]]);
  });

  it('never takes the accounts of other parties, whatever the name of its rule', async () => {
    await ledger.splitOneEarning.execute(deal.brandId, saleOf(deal, 10n));
    const { draft } = earningSplit(saleOf(deal, 60n));
    const parameters = [...(postEarningParameters(deal.bookId, draft, false) ?? [])];
    parameters[18] = `{${[deal.agencyId, deal.influencerId, deal.influencerId].join(',')}}`;
    const written = (await writtenBy(POST_EARNING_SQL, parameters)) as { postings: { credit_account_id: number }[] };
    const credits = written.postings.map(({ credit_account_id }) => String(credit_account_id));
    const [[platform, , influencer] = []] = await keptAccounts();
    expect(credits).toEqual([platform, influencer, influencer]);
  });

  it('is written as it is among others where the reserve is used up', async () => {
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 100n)]));
    const { alone, together } = await writtenBothWays(saleOf(deal, 70n));
    expect(alone).not.toBeNull();
    expect(alone).toEqual(together);
  });

  it('needs no account of a party that gets nothing of it', async () => {
    const influencerId = uuidv7();
    const plan = compileSplitPlan(influencerId, [{ partyId: uuidv7(), role: 'agency', of: 'gross', share: '0' }]);
    const other = { ...deal, plan, influencerId };
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(other, 30n)]));
    const { alone, together } = await writtenBothWays(saleOf(other, 60n));
    expect(alone).not.toBeNull();
    expect(alone).toEqual(together);
  });
});

describe('commands of which several post in one transaction', () => {
  it('do not wait for each other for the book when an item is refused', async () => {
    const reversalOf = (source: EarningDraft['source'], refundedBaseMinor: bigint) => {
      const refundId = uuidv7();
      return {
        idempotencyKey: refundId,
        source,
        refundId,
        refundedBaseMinor,
        occurredAt: new Date('2026-10-02T00:00:00Z'),
      };
    };
    const sold = Array.from({ length: 6 }, () => saleOf(deal, 10n));
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, sold));
    const outcomes = await Promise.all(
      sold.map(({ source }) =>
        ledger.run(async (tx) => {
          await ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 10n)]);
          const reversals = [reversalOf(source, 50n), reversalOf(source, 1_000n)];
          return ledger.reverseEarningsByItem.execute(tx, deal.brandId, reversals);
        }),
      ),
    );
    for (const outcome of outcomes) expect(outcome.map(({ status }) => status)).toEqual(['recorded', 'refused']);
    // Deadlocks are run again, and nobody would hear of them otherwise.
    const sql = 'select deadlocks from pg_stat_database where datname = current_database()';
    expect((await owner.query<{ deadlocks: string }>(sql)).rows).toEqual([{ deadlocks: '0' }]);
  });

  it('tell of a key that is taken before they tell of a refund that is too large', async () => {
    const [first, second] = [saleOf(deal, 10n), saleOf(deal, 10n)];
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [first, second]));
    const refund = (source: EarningDraft['source'], refundedBaseMinor: bigint) =>
      ledger.run((tx) =>
        ledger.reverseEarnings.execute(tx, deal.brandId, [
          {
            idempotencyKey: 'one key',
            source,
            refundId: uuidv7(),
            refundedBaseMinor,
            occurredAt: new Date('2026-10-02'),
          },
        ]),
      );
    await refund(first.source, 50n);
    await expect(refund(second.source, 50n)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    await expect(refund(second.source, 1_000n)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });
});
