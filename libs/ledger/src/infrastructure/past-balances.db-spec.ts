import type { Actor } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { dealInTest, type DealInTest, saleOf } from '../../../../test/invariants/deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest, person, SYSTEM } from '../../../../test/invariants/ledger-under-test';
import type { BooksAsOf } from '../application/past-balances';
import { brandBalance, brandReceivable, clientCash, payeePending } from '../domain/account';
import { posting, transactionDraft } from '../domain/transaction-draft';

const OCTOBER_ENDS = new Date('2026-11-01T00:00:00.000Z');

let ledger: LedgerUnderTest;
let owner: Client;
let deal: DealInTest;

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await ledger.close();
});
beforeEach(async () => {
  deal = await dealInTest(ledger);
});

const sell = async (earnedAt: string): Promise<void> => {
  const sale = saleOf(deal, 100n, { earnedAt: new Date(earnedAt) });
  await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [sale]));
};
const pending = (asOf: Partial<BooksAsOf>, actor: Actor = SYSTEM): Promise<bigint> =>
  ledger.run(
    (tx) =>
      ledger.pastBalances.balanceOf(tx, deal.bookId, payeePending(deal.influencerId, 'EUR'), {
        recordedUpTo: null,
        effectiveBefore: null,
        ...asOf,
      }),
    actor,
  );

/** The instant of the last recording, and a pause so that the next one is later. */
async function lastRecorded(): Promise<Date> {
  const sql = 'select max(recorded_at) as at from ledger.transactions where book_id = $1';
  const { at } = (await owner.query<{ at: Date }>(sql, [deal.bookId])).rows[0] ?? { at: new Date() };
  await new Promise((resolve) => setTimeout(resolve, 5));
  return at;
}

describe('balances as of a time', () => {
  it('a sale told of late moves what had happened by then, not what was known then', async () => {
    await sell('2026-10-05T00:00:00Z');
    const monthEnd = await lastRecorded();
    await sell('2026-11-02T00:00:00Z');
    await sell('2026-10-31T23:59:59.999Z');
    expect(await pending({ effectiveBefore: OCTOBER_ENDS })).toBe(100n);
    expect(await pending({ effectiveBefore: OCTOBER_ENDS, recordedUpTo: monthEnd })).toBe(50n);
    expect(await pending({ recordedUpTo: monthEnd })).toBe(50n);
    expect(await pending({})).toBe(150n);
    expect(await pending({ effectiveBefore: new Date('2026-10-05T00:00:00Z') })).toBe(0n);
  });

  it('agree with the balance now, and with the balance at a recorded instant', async () => {
    const account = payeePending(deal.influencerId, 'EUR');
    const instants: Date[] = [];
    for (const day of ['2026-10-05', '2026-10-01', '2026-10-09']) {
      await sell(`${day}T00:00:00Z`);
      instants.push(await lastRecorded());
    }
    for (const at of instants) {
      // Within its millisecond, which the instant read by JavaScript has lost.
      const whole = new Date(at.getTime() + 1);
      const expected = await ledger.run((tx) => ledger.queries.balanceAt(tx, deal.bookId, account, whole));
      expect(await pending({ recordedUpTo: at })).toBe(expected);
    }
    expect(await pending({})).toBe(await ledger.run((tx) => ledger.queries.balanceOf(tx, deal.bookId, account)));
  });

  it('are the sum of the postings on both axes, whatever was told late or was ahead of its time', async () => {
    const start = Date.now();
    for (let place = 0; place < 100; place += 1) {
      const effectiveAt = new Date(start + ((place * 37) % 23) * 20 - 200);
      const draft = transactionDraft({
        kind: 'brand_funded',
        idempotencyKey: uuidv7(),
        request: {},
        effectiveAt,
        postings: [posting(clientCash('EUR'), brandBalance('EUR'), BigInt(1 << (place % 30)))],
      });
      await ledger.run((tx) => ledger.writer.postOne(tx, deal.bookId, draft));
      // Each step announces, fences or settles an instant: sums begin at a checkpoint afterwards.
      if (place > 60) await ledger.run((tx) => managerOf(tx).query('select ledger.tick()'));
    }
    const { rows } = await owner.query<{
      ahead: string;
      late: string;
      checkpoints: string;
      span: string;
      wrong: string;
    }>(
      `with facts as (
         select t.recorded_at, t.effective_at, p.amount_minor from ledger.transactions t
         join ledger.postings p on p.book_id = t.book_id and p.posting_id >> 12 = t.transaction_id
         where t.book_id = $1
       ), grid as (
         select r.recorded_at as up_to, x.effective_at as before
         from (select recorded_at from facts where amount_minor % 7 < 2 union select 'infinity' union select '-infinity') r
         cross join (select effective_at from facts union select recorded_at from facts where amount_minor % 7 < 2
                     union select 'infinity') x
       ), answers as (
         select a.account_id, g.up_to, g.before, ledger.balance_as_of(a.book_id, a.account_id, g.up_to, g.before) as given,
                (select coalesce(sum(f.amount_minor), 0) from facts f
                 where f.recorded_at <= g.up_to and f.effective_at < g.before) as exact
         from grid g cross join ledger.accounts a where a.book_id = $1 and a.kind in ('client_cash', 'brand_balance')
       )
       select (select count(*) from facts where effective_at > recorded_at) as ahead,
              (select count(*) from facts where effective_at < recorded_at) as late,
              (select count(*) from ledger.checkpoints where book_id = $1) as checkpoints,
              count(distinct given) as span, count(*) filter (where given <> exact) as wrong from answers`,
      [deal.bookId],
    );
    expect(rows[0]?.wrong).toBe('0');
    // A history without either would prove little.
    for (const count of [rows[0]?.ahead, rows[0]?.late, rows[0]?.span]) expect(Number(count)).toBeGreaterThan(5);
    expect(Number(rows[0]?.checkpoints)).toBeGreaterThan(1);
  });

  it('make a trial balance that balances at any point', async () => {
    await sell('2026-10-05T00:00:00Z');
    const recordedUpTo = await lastRecorded();
    await sell('2026-10-06T00:00:00Z');
    const trial = await ledger.run((tx) =>
      ledger.pastBalances.trialBalance(tx, deal.bookId, { recordedUpTo, effectiveBefore: OCTOBER_ENDS }),
    );
    expect(trial.differences).toEqual([{ bookId: deal.bookId, currency: 'EUR', differenceMinor: 0n }]);
    const lines = trial.lines.map(({ kind, balanceMinor }) => [kind, balanceMinor]);
    expect(lines).toEqual([
      ['brand_receivable', 100n],
      ['deal_escrow', 0n],
      ['payee_pending', 90n],
      ['platform_fee_pending', 10n],
    ]);
  });

  it('are seen by whoever sees the account', async () => {
    await sell('2026-10-05T00:00:00Z');
    const asOf = { recordedUpTo: null, effectiveBefore: OCTOBER_ENDS };
    const member = (partyId: string) => person({ memberships: [{ partyId, kind: 'brand', role: 'viewer' }] });
    const influencer = person({ influencerId: deal.influencerId });
    expect(await pending(asOf, influencer)).toBe(50n);
    expect(await pending(asOf, member(deal.brandId))).toBe(50n);
    expect(await pending(asOf, member(uuidv7()))).toBe(0n);
    const seen = await ledger.run((tx) => ledger.pastBalances.balancesOf(tx, deal.bookId, asOf), influencer);
    expect(seen.map(({ kind, partyId }) => [kind, partyId])).toEqual([['payee_pending', deal.influencerId]]);
    const receivable = (await ledger.run((tx) => ledger.pastBalances.balancesOf(tx, deal.bookId, asOf))).find(
      ({ kind }) => kind === brandReceivable('EUR').kind,
    );
    const accountId = receivable?.accountId ?? 0n;
    const one = (actor: Actor) =>
      ledger.run((tx) => ledger.pastBalances.accountOf(tx, deal.bookId, accountId, asOf), actor);
    expect(await one(member(deal.brandId))).toMatchObject({ kind: 'brand_receivable', balanceMinor: 100n });
    expect(await one(influencer)).toBeNull();
  });
});
