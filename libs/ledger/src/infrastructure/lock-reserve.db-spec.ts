import { managerOf } from '@evenhand/platform';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { withCheckedLedger } from '../../../../test/invariants/checked-ledger';
import { dealInTest, type DealInTest, fund, saleOf } from '../../../../test/invariants/deal-in-test';
import type { LedgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { somebodyWaits } from '../../../../test/support/somebody-waits';
import { brandReceivable, dealEscrow } from '../domain/account';
import { type EarningDraft, earningSplit } from '../domain/events/earning-split';
import { POST_EARNING_SQL, postEarningParameters } from './post-earning-parameters';

let ledger: LedgerUnderTest;
let owner: Client;
let deal: DealInTest;

withCheckedLedger((made) => ({ ledger, owner } = made));
beforeEach(async () => {
  deal = await dealInTest(ledger);
  await fund(ledger, deal, 10_010n, 'commission_reserve');
  // Whose accounts and rule were seen before.
  await sell(10n);
});

const sell = (grossMinor: bigint) => ledger.splitOneEarning.execute(deal.brandId, saleOf(deal, grossMinor));
const split = (...drafts: EarningDraft[]) => ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, drafts));
const refund = ({ source }: EarningDraft, refundedBaseMinor: bigint) => {
  const refundId = uuidv7();
  const reversal = { idempotencyKey: refundId, source, refundId, refundedBaseMinor, occurredAt: new Date() };
  return ledger.run((tx) => ledger.reverseEarnings.execute(tx, deal.brandId, [reversal]));
};

/** A sale alone in its transaction that is under way until the work is done. */
async function whileSelling<T>(grossMinor: bigint, work: () => Promise<T>): Promise<T> {
  const { draft } = earningSplit(saleOf(deal, grossMinor));
  return ledger.run(async (tx) => {
    await managerOf(tx).query(POST_EARNING_SQL, [...(postEarningParameters(deal.bookId, draft, true) ?? [])]);
    return work();
  });
}

/** What two sales leave of which one had to wait for the other. */
async function spread(grossMinor = 10n): Promise<void> {
  let waiting: Promise<unknown> | undefined;
  await whileSelling(grossMinor, async () => {
    waiting = sell(grossMinor);
    await somebodyWaits(owner);
  });
  await waiting;
}

async function partsOf(): Promise<readonly number[]> {
  const { rows } = await owner.query<{ minor: number }>(
    `select b.balance_minor::integer as minor from ledger.balances b join ledger.accounts a using (book_id, account_id)
     where a.deal_id = $1 and a.purpose = 'commission_reserve' order by b.part`,
    [deal.dealId],
  );
  return rows.map(({ minor }) => minor);
}

const reserve = () =>
  ledger.run((tx) =>
    ledger.queries.balanceOf(tx, deal.bookId, dealEscrow(deal.dealId, 'commission_reserve', deal.currency)),
  );
const owed = () => ledger.run((tx) => ledger.queries.balanceOf(tx, deal.bookId, brandReceivable(deal.currency)));

async function accountId(): Promise<string | undefined> {
  const sql = `select account_id from ledger.accounts where deal_id = $1 and purpose = 'commission_reserve'`;
  return (await owner.query<{ account_id: string }>(sql, [deal.dealId])).rows[0]?.account_id;
}

/** The balances for one who waits before looking at each. */
const PAUSING = `
  create schema pausing;
  create function pausing.pause() returns boolean language plpgsql as $$ begin
    perform pg_advisory_lock_shared(19);
    return true;
  end $$;
  create view pausing.balances as select b.*, b.xmax from ledger.balances b where pausing.pause()`;

/** Deadlocks are run again, and nobody would hear of them otherwise. */
async function deadlocks(): Promise<number> {
  const sql = 'select deadlocks::integer from pg_stat_database where datname = current_database()';
  const { rows } = await owner.query<{ deadlocks: number }>(sql);
  return rows[0]?.deadlocks ?? Number.NaN;
}

describe('the reserve of a deal', () => {
  it('is in one part while nobody waits for it', async () => {
    for (let sale = 0; sale < 5; sale += 1) await sell(10n);
    expect(await partsOf()).toEqual([9_950]);
  });

  it('is spread by whoever had to wait for it, and fifteen more then wait for nobody', async () => {
    await spread();
    // 9,990 in sixteen parts of 624, the first of which has the 6 left over, and pays the 10 of the one who waited.
    expect(await partsOf()).toEqual([620, ...Array.from({ length: 15 }, () => 624)]);
    await whileSelling(10n, () => Promise.all(Array.from({ length: 8 }, () => sell(10n))));
    expect(await reserve()).toBe(9_890n);
    expect(await owed()).toBe(0n);
  });

  it('is spread only where each part is enough for some more', async () => {
    await spread(200n);
    expect(await partsOf()).toEqual([9_600]);
  });

  it('pays a sale that no part covers out of all of them', async () => {
    await spread();
    await sell(700n);
    expect(await reserve()).toBe(9_280n);
    expect(await owed()).toBe(0n);
    await sell(9_300n);
    expect(await partsOf()).toEqual([0]);
    expect(await owed()).toBe(20n);
  });

  it('is gathered by a batch, by more money and by a refund, each exact to the cent', async () => {
    const sold = saleOf(deal, 5_000n);
    await spread();
    await split(sold, saleOf(deal, 4_000n));
    expect(await partsOf()).toEqual([980]);
    await spread();
    await fund(ledger, deal, 40n, 'commission_reserve');
    expect(await partsOf()).toEqual([1_000]);
    await spread();
    await refund(sold, 2_500n);
    expect(await partsOf()).toEqual([1_230]);
    expect(await owed()).toBe(0n);
  });

  it('pays a batch also where its first part is empty', async () => {
    await spread();
    await sell(620n);
    expect(await partsOf()).toEqual([0, ...Array.from({ length: 15 }, () => 624)]);
    await split(saleOf(deal, 100n), saleOf(deal, 100n));
    expect(await partsOf()).toEqual([9_160]);
    expect(await owed()).toBe(0n);
  });

  it('is used up to the last cent, and not a cent more, by many at once', async () => {
    await sell(9_000n);
    await Promise.all(Array.from({ length: 120 }, () => sell(10n)));
    expect(await reserve()).toBe(0n);
    expect(await owed()).toBe(200n);
  });

  it('is asked again where parts were drawn on while they were looked through, which stay locked', async () => {
    await spread();
    await owner.query(PAUSING);
    await owner.query('select pg_advisory_lock(19)');
    const other = new Client({ connectionString: ledger.url, options: '-c search_path=pausing,ledger' });
    await other.connect();
    const asked = other.query('select lock_reserve($1, $2, 624, true)', [deal.bookId, await accountId()]);
    const refused = expect(asked).rejects.toMatchObject({ code: '40001' });
    await somebodyWaits(owner);
    for (let part = 1; part < 16; part += 1) await sell(624n);
    await owner.query('select pg_advisory_unlock(19)');
    await refused;
    await other.end();
    await owner.query('drop schema pausing cascade');
    await sell(624n);
    expect(await owed()).toBe(4n);
  });

  it('makes no two wait for each other who draw on it twice', async () => {
    await spread();
    const twice = () =>
      ledger.run(async (tx) => {
        await ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 10n)]);
        await ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 10n), saleOf(deal, 10n)]);
      });
    await Promise.all(Array.from({ length: 24 }, (_, place) => (place % 3 === 0 ? twice() : sell(10n))));
    expect(await reserve()).toBe(9_980n - 8n * 30n - 16n * 10n);
    expect(await deadlocks()).toBe(0);
  });
});
