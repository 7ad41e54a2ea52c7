import type { Actor } from '@evenhand/kernel';
import { managerOf, sqlStateOf } from '@evenhand/platform';
import { uuidv7 } from 'uuidv7';
import { Client } from 'pg';
import { dealInTest, type DealInTest, fund, saleOf } from '../../../../test/invariants/deal-in-test';
import { FINANCE, type LedgerUnderTest, ledgerUnderTest, person } from '../../../../test/invariants/ledger-under-test';

const PERMISSION_DENIED = '42501';
const CHECK_VIOLATION = '23514';
const APPEND_ONLY = 'EV009';

let ledger: LedgerUnderTest;
let mine: DealInTest;
let theirs: DealInTest;
let owner: Client;

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  mine = await dealInTest(ledger);
  theirs = await dealInTest(ledger);
  for (const deal of [mine, theirs]) {
    await fund(ledger, deal, 1000n, 'commission_reserve');
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 100n), saleOf(deal, 10n)]));
  }
  await ledger.releaseDueHolds.execute({ now: new Date('2027-01-01T00:00:00Z'), limit: 100 });
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await ledger.close();
});

const stateOf = (sql: string): Promise<string | undefined> =>
  ledger.dataSource.query(sql).then(
    () => 'nothing was refused',
    (error: unknown) => sqlStateOf(error),
  );
const stateOfOwner = (sql: string): Promise<string | undefined> =>
  owner.query(sql).then(
    () => 'nothing was refused',
    (error: unknown) => sqlStateOf(error),
  );

/** How many rows of each book the actor sees. */
async function seenBy(actor: Actor, table: string): Promise<Readonly<Record<number, number>>> {
  const sql = `select book_id, count(*)::integer as count from ledger.${table} group by book_id`;
  const rows = await ledger.run((tx) => managerOf(tx).query<{ book_id: number; count: number }[]>(sql), actor);
  return Object.fromEntries(rows.map((row) => [row.book_id, row.count]));
}

const BOOKED = ['accounts', 'balances', 'transactions', 'postings', 'posting_shares', 'earnings', 'shares'] as const;

describe("the application's role", () => {
  it.each([...BOOKED, 'reversals'])('can neither change nor remove nor add rows of %s', async (table) => {
    expect(await stateOf(`update ledger.${table} set book_id = book_id`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`delete from ledger.${table}`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`truncate ledger.${table}`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`insert into ledger.${table} default values`)).toBe(PERMISSION_DENIED);
  });

  it('can neither change, remove nor add books, kinds of account and exchange rates', async () => {
    expect(await stateOf('update ledger.books set closed_before = null')).toBe(PERMISSION_DENIED);
    expect(await stateOf('delete from ledger.books')).toBe(PERMISSION_DENIED);
    expect(await stateOf('update ledger.account_kinds set has_floor = false')).toBe(PERMISSION_DENIED);
    expect(await stateOf('update ledger.fx_rates set per_euro = 1')).toBe(PERMISSION_DENIED);
    expect(await stateOf('update ledger.freezes set lifted_at = now()')).toBe(PERMISSION_DENIED);
  });

  it('reaches no partition past the policies of the table', async () => {
    const [partition] = await ledger.dataSource.query<{ name: string }[]>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'ledger.postings'::regclass limit 1`,
    );
    expect(await stateOf(`select * from ${partition?.name}`)).toBe(PERMISSION_DENIED);
    expect(await stateOf('select * from ledger.postings_default')).toBe(PERMISSION_DENIED);
  });

  it('cannot call the writer, nor its steps, without the rights of the system', async () => {
    const noArrays = Array.from({ length: 53 }, () => `'{}'`).join(', ');
    expect(await stateOf(`select ledger.post_batch(1, ${noArrays})`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.release_due(1, now(), 10)`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.open_book('${uuidv7()}')`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.freeze_deal('${uuidv7()}', 'x', now())`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.lock_earnings(1, '{}', '{}')`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.claim_keys(1, '{}', '{}', '{}', '{}', '{}', now())`)).toBe(PERMISSION_DENIED);
  });
});

describe('the owner of the tables', () => {
  it.each([
    'postings',
    'postings_default',
    'posting_shares',
    'transactions',
    'conversions',
    'reversals',
    'checkpoints',
    'rules',
  ])('is refused changes of %s too', async (table) => {
    expect(await stateOfOwner(`update ledger.${table} set book_id = 1`)).toBe(APPEND_ONLY);
    expect(await stateOfOwner(`delete from ledger.${table}`)).toBe(APPEND_ONLY);
    expect(await stateOfOwner(`truncate ledger.${table} cascade`)).toBe(APPEND_ONLY);
  });

  it('is refused changes in the partition of this month', async () => {
    const { rows } = await owner.query<{ name: string }>(
      'select tableoid::regclass::text as name from ledger.postings limit 1',
    );
    expect(await stateOfOwner(`delete from ${rows[0]?.name}`)).toBe(APPEND_ONLY);
  });

  it('cannot write what does not balance by form: no amount, or one account on both sides', async () => {
    const insert = (debit: number, credit: number, amount: number): string => `
      insert into ledger.postings (book_id, posting_id, debit_account_id, credit_account_id, currency, amount_minor, recorded_at)
      values (${mine.bookId}, ${9_000_000 * 4096 + 1}, ${debit}, ${credit}, 'EUR', ${amount}, now())`;
    expect(await stateOfOwner(insert(1, 1, 5))).toBe(CHECK_VIOLATION);
    expect(await stateOfOwner(insert(1, 2, 0))).toBe(CHECK_VIOLATION);
    expect(await stateOfOwner(insert(1, 2, -5))).toBe(CHECK_VIOLATION);
  });

  it('cannot take a balance with a floor below it', async () => {
    const sql = `update ledger.balances set balance_minor = -1`;
    expect(await stateOfOwner(sql)).toBe(CHECK_VIOLATION);
  });
});

describe('row-level security', () => {
  const brand = (deal: DealInTest, role: 'owner' | 'viewer' = 'viewer'): Actor =>
    person({ memberships: [{ partyId: deal.brandId, kind: 'brand', role }] });

  it.each(BOOKED)('shows a brand the %s of its own book alone', async (table) => {
    const seen = await seenBy(brand(mine), table);
    expect(Object.keys(seen)).toEqual([`${mine.bookId}`]);
    expect(seen[mine.bookId]).toBeGreaterThan(0);
  });

  it.each(BOOKED)('shows nobody any %s', async (table) => {
    expect(await ledger.dataSource.query(`select * from ledger.${table}`)).toEqual([]);
    expect(await ledger.dataSource.query(`select * from ledger.books`)).toEqual([]);
    expect(await seenBy(person(), table)).toEqual({});
  });

  it.each(BOOKED)('shows finance and operators all %s', async (table) => {
    for (const actor of [FINANCE, person({ staffRoles: ['operator'] })]) {
      expect(Object.keys(await seenBy(actor, table))).toEqual([`${mine.bookId}`, `${theirs.bookId}`]);
    }
  });

  it('shows an influencer the whole chain of her own earnings, and the postings of her shares', async () => {
    const actor = person({ influencerId: mine.influencerId });
    expect(await seenBy(actor, 'earnings')).toEqual({ [mine.bookId]: 2 });
    expect(await seenBy(actor, 'shares')).toEqual({ [mine.bookId]: 6 });
    expect(await seenBy(actor, 'share_details')).toEqual({ [mine.bookId]: 6 });
    // Three of each sale, and the release of hers: what others are released by one posting is more than her share of it.
    expect(await seenBy(actor, 'postings')).toEqual({ [mine.bookId]: 7 });
    expect(await seenBy(actor, 'posting_shares')).toEqual({ [mine.bookId]: 1 });
    expect(await seenBy(actor, 'accounts')).toEqual({ [mine.bookId]: 2 });
    expect(await seenBy(actor, 'account_balances')).toEqual({ [mine.bookId]: 2 });
    expect(await seenBy(actor, 'holds')).toEqual({ [mine.bookId]: 2 });
    expect(await seenBy(actor, 'payable_entries')).toEqual({ [mine.bookId]: 2 });
  });

  it('shows an agency its own shares, and the whole chain only while it represents the influencer', async () => {
    const membership = { partyId: mine.agencyId, kind: 'agency', role: 'viewer' } as const;
    const former = person({ memberships: [membership] });
    expect(await seenBy(former, 'shares')).toEqual({ [mine.bookId]: 2 });
    expect(await seenBy(former, 'earnings')).toEqual({ [mine.bookId]: 2 });
    expect(await seenBy(former, 'posting_shares')).toEqual({ [mine.bookId]: 1 });
    const representation = { agencyId: mine.agencyId, influencerId: mine.influencerId, role: 'viewer' } as const;
    const present = person({ memberships: [membership], representations: [representation] });
    expect(await seenBy(present, 'shares')).toEqual({ [mine.bookId]: 6 });
    expect(await seenBy(present, 'postings')).toEqual({ [mine.bookId]: 8 });
    expect(await seenBy(present, 'posting_shares')).toEqual({ [mine.bookId]: 2 });
  });

  it('knows no book of another brand', async () => {
    const found = (deal: DealInTest) => ledger.run((tx) => ledger.queries.bookIdOf(tx, deal.brandId), brand(mine));
    expect(await found(mine)).toBe(mine.bookId);
    expect(await found(theirs)).toBeNull();
  });

  it('lets neither a brand nor an influencer record a bank credit', async () => {
    const credit = {
      brandId: mine.brandId,
      currency: 'EUR',
      amountMinor: 1n,
      bankReference: '',
      receivedAt: new Date(),
      idempotencyKey: uuidv7(),
    };
    for (const actor of [brand(mine, 'owner'), person({ influencerId: mine.influencerId })]) {
      await expect(ledger.recordBankCredit.execute({ ...credit, actor })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});
