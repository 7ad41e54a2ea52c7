import type { Actor } from '@evenhand/kernel';
import { managerOf, sqlStateOf } from '@evenhand/platform';
import { uuidv7 } from 'uuidv7';
import { Client } from 'pg';
import { dealInTest, type DealInTest, fund, saleOf } from '../../../../test/invariants/deal-in-test';
import { FINANCE, type LedgerUnderTest, ledgerUnderTest, person } from '../../../../test/invariants/ledger-under-test';

const PERMISSION_DENIED = '42501';
const CHECK_VIOLATION = '23514';
const FOREIGN_KEY_VIOLATION = '23503';
const UNIQUE_VIOLATION = '23505';
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
    const partitions = await ledger.dataSource.query<{ name: string }[]>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'ledger.postings'::regclass`,
    );
    expect(partitions.length).toBeGreaterThan(2);
    for (const { name } of partitions) {
      expect({ name, said: await stateOf(`select * from ${name}`) }).toEqual({ name, said: PERMISSION_DENIED });
    }
  });

  const nulls = (count: number): string => Array.from({ length: count }, () => 'null').join(', ');

  it.each([
    'books_with_due(now(), 1)',
    "hold_off_freezes('{1}')",
    "add_fx_rates('test', '{}', '{}', '{}')",
    "freeze_earnings(1, '{}', '{}', 'risk', now(), false)",
    "unfreeze_earnings(1, '{}', '{}', 'risk', now())",
    'have_book_alone(1)',
    'tick()',
    'seal_transactions(now(), 1)',
    'present_leaves(1, now(), now())',
    'seals_with_lists(1, 1, 1)',
    'sealed_transaction(1, 1)',
    'rows_of_no_transaction(1)',
    "close_period(1, now(), '2026-09', 'UTC', null, now())",
  ])('cannot call %s without the rights of the system', async (call) => {
    expect(await stateOf(`select ledger.${call}`)).toBe(PERMISSION_DENIED);
  });

  it('cannot call the writer, nor its steps, without the rights of the system', async () => {
    const noArrays = Array.from({ length: 53 }, () => `'{}'`).join(', ');
    expect(await stateOf(`select ledger.post_batch(1, ${noArrays})`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.release_due(1, now(), 10)`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.open_book('${uuidv7()}')`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.freeze_deal('${uuidv7()}', 'x', now())`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.lock_earnings(1, '{}', '{}')`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.post_earning(1, ${nulls(22)})`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`select ledger.unfreeze_deal('${uuidv7()}', 'x', now())`)).toBe(PERMISSION_DENIED);
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

  it.each([
    ['a class of account that is none', "update ledger.account_kinds set class = 'slush'"],
    ['a side of account that is none', "update ledger.account_kinds set normal_side = 'both'"],
    ['a currency that is none', "update ledger.accounts set currency = 'E1R' where kind = 'client_cash'"],
    [
      'an escrow for a purpose that is none',
      "update ledger.accounts set purpose = 'bribes' where kind = 'deal_escrow'",
    ],
    [
      'cash of a deal that is no escrow',
      "update ledger.accounts set deal_id = gen_random_uuid(), purpose = 'cash' where kind = 'client_cash'",
    ],
    ['cash of a party', "update ledger.accounts set party_id = gen_random_uuid() where kind = 'client_cash'"],
    ['an account that counts twice', 'update ledger.accounts set debit_sign = 2'],
    ['an account of a deal for no purpose', "update ledger.accounts set purpose = null where kind = 'deal_escrow'"],
    ['an account of no deal for a purpose', "update ledger.accounts set purpose = 'cash' where deal_id is null"],
    ['a share of a role that is none', "update ledger.shares set role = 'friend'"],
    ['a share of which less than nothing was taken back', 'update ledger.shares set reversed_minor = -1'],
    ['a share of which more was taken back', 'update ledger.shares set reversed_minor = amount_minor + 1'],
    [
      'an earning of which more gross was taken back',
      'update ledger.earnings set gross_reversed_minor = gross_minor + 1',
    ],
    ['an earning of which more base was taken back', 'update ledger.earnings set base_reversed_minor = base_minor + 1'],
    ['an earning of which escrow paid more', 'update ledger.earnings set from_escrow_minor = gross_minor + 1'],
    ['a hold released by a transaction but at no time', 'update ledger.holds set released_at = null'],
    [
      'a hold released while it is frozen',
      'update ledger.holds set freezes = 1, released_by = earning_id, released_at = now()',
    ],
    [
      'a freeze for no reason',
      "insert into ledger.freezes (deal_id, reason, frozen_at) values (gen_random_uuid(), '', now())",
    ],
    ['a rate of the euro', "insert into ledger.fx_rates values ('2026-01-02', 'EUR', 1, 'test')"],
    ['a rate of a currency that is none', "insert into ledger.fx_rates values ('2026-01-02', 'E1R', 1, 'test')"],
    ['a rate of zero', "insert into ledger.fx_rates values ('2026-01-02', 'JPY', 0, 'test')"],
    [
      'a closed period that is none',
      "insert into ledger.closed_periods values (1, '2026-09-01Z', '2026', 'UTC', null, now(), now())",
    ],
    [
      'a closed period in no zone',
      "insert into ledger.closed_periods values (1, '2026-09-01Z', '2026-08', '', null, now(), now())",
    ],
    ['a second clock', 'insert into ledger.clock (is_only) values (false)'],
    ['a release of no shares', "insert into ledger.posting_shares values (1, 1, null, '{}', '{}')"],
    ['a release of nothing of a share', "insert into ledger.posting_shares values (1, 1, null, '{1}', '{0}')"],
    ['a release of more shares than amounts', "insert into ledger.posting_shares values (1, 1, null, '{1,2}', '{1}')"],
    [
      'a conversion of a currency into itself',
      `insert into ledger.conversions
       select book_id, transaction_id, 'EUR', 'EUR', 1, 1, '1', now(), 'test' from ledger.transactions limit 1`,
    ],
  ])('cannot write %s', async (_what, sql) => {
    expect(await stateOfOwner(sql)).toBe(CHECK_VIOLATION);
  });

  it.each([
    [
      'an account of no book',
      "insert into ledger.accounts (book_id, kind, currency, debit_sign, has_floor, is_pending) values (9000, 'client_cash', 'EUR', 1, true, false)",
    ],
    [
      'an account of a kind that is none',
      "update ledger.accounts set kind = 'slush_fund' where kind = 'brand_receivable'",
    ],
    ['a balance of no account', 'insert into ledger.balances (book_id, account_id) values (1, 9000)'],
    ['a checkpoint of no account', 'insert into ledger.checkpoints values (1, 9000, now(), 0)'],
    [
      'a conversion of no transaction',
      "insert into ledger.conversions values (1, 9000, 'EUR', 'JPY', 1, 1, '1', now(), 'test')",
    ],
    ['a refund of no transaction', 'insert into ledger.reversals values (1, 9000, 1, gen_random_uuid(), 1, 1)'],
    [
      'a rule of no book',
      "insert into ledger.rules (book_id, rule_version, rule, rule_hash) values (9000, '1', '{}', sha256(''))",
    ],
    [
      'a closed period of no book',
      "insert into ledger.closed_periods values (9000, now(), '2026-09', 'UTC', null, now(), now())",
    ],
  ])('cannot write %s', async (_what, sql) => {
    expect(await stateOfOwner(sql)).toBe(FOREIGN_KEY_VIOLATION);
  });

  it.each(['transactions', 'postings', 'posting_shares', 'earnings', 'shares', 'holds', 'balances'])(
    'cannot write a row of %s twice',
    async (table) => {
      expect(await stateOfOwner(`insert into ledger.${table} select * from ledger.${table} limit 1`)).toBe(
        UNIQUE_VIOLATION,
      );
    },
  );

  it('cannot use a key, a source or a brand twice', async () => {
    for (const sql of [
      `insert into ledger.transactions
       select book_id, transaction_id + 9000000, kind, idempotency_key, request_hash, effective_at, recorded_at, reference
       from ledger.transactions limit 1`,
      'update ledger.earnings set source_id = (select min(source_id::text)::uuid from ledger.earnings)',
      'update ledger.books set brand_id = (select min(brand_id::text)::uuid from ledger.books)',
    ]) {
      expect({ sql, said: await stateOfOwner(sql) }).toEqual({ sql, said: UNIQUE_VIOLATION });
    }
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

  it('tells the balance of an account to those alone who see it', async () => {
    const { rows } = await owner.query<{ account_id: string }>(
      `select account_id from ledger.accounts where book_id = $1 and party_id = $2 and kind = 'payee_available'`,
      [mine.bookId, mine.influencerId],
    );
    const told = async (actor: Actor): Promise<string | null | undefined> => {
      const sql = `select ledger.balance_at($1, $2, 'infinity') as balance`;
      const parameters = [mine.bookId, rows[0]?.account_id];
      return (await ledger.run((tx) => managerOf(tx).query<{ balance: string | null }[]>(sql, parameters), actor))[0]
        ?.balance;
    };
    for (const actor of [FINANCE, brand(mine), person({ influencerId: mine.influencerId })]) {
      expect(await told(actor)).toBe('55');
    }
    const agency = person({ memberships: [{ partyId: mine.agencyId, kind: 'agency', role: 'owner' }] });
    for (const actor of [person(), brand(theirs), agency]) expect(await told(actor)).toBeNull();
  });

  describe('of what is told beside earnings', () => {
    beforeAll(async () => {
      await owner.query(`
        insert into ledger.checkpoints select book_id, account_id, now(), 0 from ledger.accounts;
        insert into ledger.reversals
          select book_id, earning_id, earning_id, gen_random_uuid(), 1, 0 from ledger.earnings;
        insert into ledger.conversions
          select book_id, earning_id, 'EUR', 'JPY', 1, 160, '160', now(), 'test' from ledger.earnings;
        insert into ledger.freezes (deal_id, reason, frozen_at)
          values ('${mine.dealId}', 'dispute', now()), ('${theirs.dealId}', 'dispute', now());
        insert into ledger.earning_freezes (book_id, earning_id, reason, frozen_at)
          select book_id, earning_id, 'risk', now() from ledger.earnings`);
    });

    it.each(['checkpoints', 'rules', 'holds', 'earning_freezes', 'reversals', 'conversions'])(
      'shows %s to those who see what they are of',
      async (table) => {
        const both = [`${mine.bookId}`, `${theirs.bookId}`];
        for (const actor of [brand(mine), person({ influencerId: mine.influencerId })]) {
          expect(Object.keys(await seenBy(actor, table))).toEqual([`${mine.bookId}`]);
        }
        expect(await seenBy(person(), table)).toEqual({});
        expect(Object.keys(await seenBy(FINANCE, table))).toEqual(both);
      },
    );

    it('shows an influencer the checkpoints of her own accounts alone', async () => {
      const actor = person({ influencerId: mine.influencerId });
      expect(await seenBy(actor, 'checkpoints')).toEqual(await seenBy(actor, 'accounts'));
    });

    it('shows freezes to those who see an earning of the deal', async () => {
      const frozen = (actor: Actor) =>
        ledger.run((tx) => managerOf(tx).query('select deal_id from ledger.freezes order by freeze_id'), actor);
      const [ofMine, ofTheirs] = [{ deal_id: mine.dealId }, { deal_id: theirs.dealId }];
      expect(await frozen(brand(mine))).toEqual([ofMine]);
      expect(await frozen(person({ influencerId: theirs.influencerId }))).toEqual([ofTheirs]);
      expect(await frozen(person())).toEqual([]);
      expect(await frozen(FINANCE)).toEqual([ofMine, ofTheirs]);
    });
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
