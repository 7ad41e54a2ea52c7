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
    ['a changed balance', 'update ledger.balances set balance_minor = balance_minor + 7', 'has a balance of 1007'],
    ['a changed amount', 'update ledger.postings set amount_minor = amount_minor + 1', 'postings of every share'],
    ['a changed checkpoint', 'update ledger.checkpoints set balance_minor = 3', 'has a checkpoint of 3 at'],
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
    ['a missing rule', 'delete from ledger.rules', 'has no rule'],
    ['a missing hold', 'delete from ledger.holds', 'has no hold'],
    ['a removed posting', 'delete from ledger.postings where share_id is not null', 'its postings sum to 0'],
    ['a removed transaction', "delete from ledger.transactions where kind = 'deal_funded'", 'has no transaction'],
    ['a posting in another currency', "update ledger.postings set currency = 'JPY'", 'JPY between account'],
    ['a changed share', 'update ledger.shares set amount_minor = amount_minor + 5', 'shares of every earning'],
    ['a share given back after its refund', 'update ledger.shares set reversed_minor = 0', 'refunded in full'],
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
      'debit balances exceed credit balances by -1000 EUR',
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
