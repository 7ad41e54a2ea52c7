import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { dealInTest, type DealInTest, fund, saleOf } from '../../../../test/invariants/deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { checkInvariants } from './check-invariants';

let ledger: LedgerUnderTest;
let deal: DealInTest;
let owner: Client;

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  deal = await dealInTest(ledger);
  await fund(ledger, deal, 1000n, 'commission_reserve');
  const [first, second] = [saleOf(deal, 100n), saleOf(deal, 10n)];
  const others = Array.from({ length: 70 }, () => saleOf(deal, 1n));
  await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [first, second, ...others]));
  await ledger.run((tx) =>
    ledger.reverseEarnings.execute(tx, deal.brandId, [
      {
        idempotencyKey: 'refund',
        source: first.source,
        refundId: uuidv7(),
        refundedBaseMinor: 1000n,
        occurredAt: new Date(),
      },
    ]),
  );
  await ledger.settleRecords.execute();
  const closedBefore = new Date('2026-09-30T22:00:00Z');
  const september = { period: '2026-09', timeZone: 'Europe/Paris', closedBefore, closedBy: null };
  await ledger.run((tx) => ledger.periods.close(tx, { ...september, bookId: deal.bookId, closedAt: closedBefore }));
  const last = saleOf(deal, 10n, { releaseAt: new Date('2026-10-02T00:00:00Z') });
  await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [last]));
  await ledger.releaseDueHolds.execute({ now: new Date('2026-10-02T00:00:00Z'), limit: 1 });
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await ledger.close();
});

/** What the check finds after a forger with the owner's rights has been at the tables. */
async function findingsAfter(forgery: string): Promise<readonly string[]> {
  await owner.query('begin');
  try {
    await owner.query("set local session_replication_role = 'replica'");
    await owner.query(forgery);
    return (await checkInvariants(owner)).map(({ invariant, finding }) => `${invariant}: ${finding}`);
  } finally {
    await owner.query('rollback');
  }
}

describe('checkInvariants', () => {
  it('finds nothing in books that were written by the ledger', async () => {
    expect(await checkInvariants(owner)).toEqual([]);
  });

  it.each([
    [
      'a freeze that no hold counts',
      `insert into ledger.earning_freezes (book_id, earning_id, reason, frozen_at)
        select book_id, earning_id, 'risk', now() from ledger.holds limit 1`,
      'counts 0 freezes, 1 are in force',
    ],
    [
      'a freeze counted that is not there',
      'update ledger.holds set freezes = 2 where released_by is null',
      'counts 2 freezes, 0',
    ],
    ['a changed balance', 'update ledger.balances set balance_minor = balance_minor + 7', 'has a balance of 1007'],
    ['a changed amount', 'update ledger.postings set amount_minor = amount_minor + 1', 'postings of every share'],
    ['a changed checkpoint', 'update ledger.checkpoints set balance_minor = 3', 'has a checkpoint of 3 at'],
    [
      'a part of a balance that is out of sight',
      `insert into ledger.balances (book_id, account_id, part) select book_id, account_id, 1 from ledger.balances`,
      'not said to be spread, and has 1 more part',
    ],
    [
      'a balance said to be spread',
      'update ledger.balances set is_spread = true',
      'said to be spread, and has 0 more parts',
    ],
    [
      'a balance that is not kept',
      'delete from ledger.balances where balance_minor = 0',
      'no balance is kept for account',
    ],
    [
      'a posting recorded at another time',
      "update ledger.postings set recorded_at = recorded_at - interval '1 second' where recorded_at = (select max(recorded_at) from ledger.postings)",
      'has no transaction',
    ],
    [
      'shares of a rule that would go to others',
      `update ledger.split_accounts set pending_account_ids = pending_account_ids[2:3] || pending_account_ids[1:1]`,
      'share 2 (agency) of rule',
    ],
    [
      'shares that are not those of their rule',
      `update ledger.split_accounts set party_ids = party_ids[1:1] || party_ids[3:3] || party_ids[3:3],
         pending_account_ids = pending_account_ids[1:1] || pending_account_ids[3:3] || pending_account_ids[3:3]`,
      'which is not by the rule',
    ],
    [
      'a brand that would owe elsewhere',
      'update ledger.split_accounts set owed_account_id = pending_account_ids[1]',
      'what the brand owes of rule',
    ],
    ['a missing rule', 'delete from ledger.rules', 'has no rule'],
    ['a missing hold', 'delete from ledger.holds', 'has no hold'],
    [
      'a removed posting',
      'delete from ledger.postings where share_id is not null',
      'its postings leave 0 pending and 0 available',
    ],
    [
      'a posting to another party',
      `update ledger.postings set credit_account_id = (select account_id from ledger.accounts a
         where a.kind = 'payee_pending' and a.account_id <> credit_account_id) where share_id & 63 = 3 and amount_minor = 1`,
      'some of it with another party',
    ],
    [
      'a share that became another party’s',
      'update ledger.shares set party_id = influencer_id where share_id & 63 = 2',
      'some of it with another party',
    ],
    [
      'a release of another amount',
      `update ledger.postings set amount_minor = amount_minor + 7 where posting_id in (
         select min(p.posting_id) from ledger.postings p
         join ledger.accounts a on a.book_id = p.book_id and a.account_id = p.credit_account_id
         where a.kind = 'payee_available')`,
      'that sum to 5',
    ],
    [
      'a release of more of a share',
      `update ledger.posting_shares set amounts_minor[1] = amounts_minor[1] + 7 where party_id is not null
         and posting_id = (select min(posting_id) from ledger.posting_shares where party_id is not null)`,
      'its postings leave -7 pending and 12 available',
    ],
    [
      'a release of another party’s shares',
      'update ledger.posting_shares set party_id = null where party_id is not null',
      'it moves shares of the platform',
    ],
    [
      'shares beside a posting that releases nothing',
      `insert into ledger.posting_shares select p.book_id, p.posting_id, null, '{1}', array[p.amount_minor::bigint]
         from ledger.postings p join ledger.transactions t
         on t.book_id = p.book_id and t.transaction_id = p.posting_id >> 12 and t.kind = 'brand_funded'`,
      '(brand_funded)',
    ],
    [
      'a hold that another release is said to have released',
      `insert into ledger.transactions select book_id, transaction_id + 1000, kind, 'release:again', request_hash, effective_at,
         recorded_at from ledger.transactions where kind = 'holds_released' limit 1;
       update ledger.holds set released_by = released_by + 1000 where released_by is not null`,
      'whose hold was released by transaction',
    ],
    ['a release of no shares', 'delete from ledger.posting_shares', 'pending and 0 available'],
    [
      'what was recorded into a closed period',
      `update ledger.transactions set effective_at = '2026-09-30T21:59:59Z' where kind = 'sale_recorded'
         and recorded_at > (select recorded_at from ledger.closed_periods)`,
      '(sale_recorded) takes effect at 2026-09-30',
    ],
    [
      'a period closed by nobody',
      "update ledger.books set closed_before = '2026-10-02T00:00:00Z'",
      'its last closed period ends at 2026-09-30',
    ],
    ['a removed transaction', "delete from ledger.transactions where kind = 'deal_funded'", 'has no transaction'],
    ['a posting in another currency', "update ledger.postings set currency = 'JPY'", 'JPY between account'],
    ['a changed share', 'update ledger.shares set amount_minor = amount_minor + 5', 'shares of every earning'],
    ['a share given back after its refund', 'update ledger.shares set reversed_minor = 0', 'refunded in full'],
    [
      'shares that are held no more',
      "update ledger.shares set is_held = false where role = 'platform'",
      'are pending for the platform, the held shares sum to 0',
    ],
    ['a forgotten refund', 'delete from ledger.reversals', 'its refunds say 0 and 0'],
    [
      'a share released without a posting',
      'update ledger.holds set released_by = earning_id, released_at = now()',
      'which is no release',
    ],
    [
      'cash that went elsewhere',
      `update ledger.balances set balance_minor = 0
       where account_id = (select account_id from ledger.accounts where kind = 'client_cash')`,
      'debit balances come to 0 EUR, credit balances to 1000',
    ],
    [
      "a payout with another brand's money",
      `update ledger.balances set balance_minor = 1001
       where account_id = (select account_id from ledger.accounts where kind = 'payout_in_transit')`,
      '-1 EUR of client cash do not cover',
    ],
    [
      'an escrow below zero',
      `alter table ledger.balances drop constraint balances_floor;
       update ledger.balances set balance_minor = -1`,
      'below zero: book',
    ],
  ])('finds %s', async (_what, forgery, words) => {
    expect(await findingsAfter(forgery)).toContainEqual(expect.stringContaining(words));
  });
});
