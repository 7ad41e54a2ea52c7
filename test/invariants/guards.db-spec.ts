import { checkInvariants } from '@evenhand/ledger';
import { managerOf, sqlStateOf } from '@evenhand/platform';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import {
  type Account,
  brandBalance,
  clientCash,
  dealEscrow,
  payeeAvailable,
  payeePending,
  payoutInTransit,
} from '../../libs/ledger/src/domain/account';
import { earningReversed } from '../../libs/ledger/src/domain/events/earning-reversed';
import { earningSplit } from '../../libs/ledger/src/domain/events/earning-split';
import { posting, transactionDraft, type TransactionDraft } from '../../libs/ledger/src/domain/transaction-draft';
import { POST_BATCH_SQL, postBatchParameters } from '../../libs/ledger/src/infrastructure/post-batch-parameters';
import { POST_EARNING_SQL, postEarningParameters } from '../../libs/ledger/src/infrastructure/post-earning-parameters';
import { dealInTest, type DealInTest, fund, saleOf } from './deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest, person } from './ledger-under-test';

const PERMISSION_DENIED = '42501';
const ALLOWED = 'allowed';
const SQL_STATE = /^[0-9A-Z]{5}$/;
/** What the writer does not refuse is a finding of the check at least: it is never taken for sound. */
const REFUSED_OR_FOUND = /^([0-9A-Z]{5}|allowed, and broke: .+)$/;
const AT = new Date('2026-10-01T00:00:00Z');

let ledger: LedgerUnderTest;
let owner: Client;
let mine: DealInTest;
let theirs: DealInTest;
/** Of post_batch, in their order. */
let parameterNames: readonly string[];
/** Of post_earning, in their order. */
let earningParameterNames: readonly string[];

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
  parameterNames = await parametersOf('post_batch');
  earningParameterNames = await parametersOf('post_earning');
});
afterAll(async () => {
  expect(await checkInvariants(owner)).toEqual([]);
  await owner.end();
  await ledger.close();
});
beforeEach(async () => {
  [mine, theirs] = [await dealInTest(ledger), await dealInTest(ledger)];
  for (const deal of [mine, theirs]) await fund(ledger, deal, 1000n, 'commission_reserve');
});
class Undo extends Error {}

/**
 * What the database says to SQL of the application's own role with every right that it can give itself: the state of
 * its refusal. What it does not refuse is undone, and told with the invariants that it would have broken.
 */
async function stateOf(sql: string, parameters: readonly unknown[] = []): Promise<string | undefined> {
  let said: string | undefined = ALLOWED;
  try {
    await ledger.run(async (tx) => {
      await managerOf(tx).query(sql, [...parameters]);
      const [broken] = await checkInvariants(managerOf(tx));
      if (broken) said = `${ALLOWED}, and broke: ${broken.invariant}`;
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) said = sqlStateOf(error);
  }
  return said;
}

async function parametersOf(name: string): Promise<readonly string[]> {
  const [row] = await rowsOf<{ names: readonly string[] }>(
    `select p.proargnames[1:p.pronargs] as names from pg_proc p where p.oid = 'ledger.${name}'::regproc`,
  );
  return row?.names ?? [];
}

async function rowsOf<Row>(sql: string): Promise<readonly Row[]> {
  return (await owner.query<object>(sql)).rows as Row[];
}

type Given = Readonly<Record<string, unknown>>;

/** Calls the writer for the drafts, with some of its arrays replaced by others; names are those of its parameters. */
function post(drafts: readonly TransactionDraft[], given: Given = {}): Promise<string | undefined> {
  return stateOf(POST_BATCH_SQL, replaced(postBatchParameters(mine.bookId, drafts), parameterNames, given));
}

/** The same for the writer of an earning that comes alone. */
function postAlone(draft: TransactionDraft, given: Given = {}): Promise<string | undefined> {
  const parameters = postEarningParameters(mine.bookId, draft, false);
  if (!parameters) throw new RangeError('That draft is not for ledger.post_earning.');
  return stateOf(POST_EARNING_SQL, replaced(parameters, earningParameterNames, given));
}

function replaced(parameters: readonly unknown[], names: readonly string[], given: Given): readonly unknown[] {
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) throw new RangeError(`The function has no ${name}.`);
  }
  return parameters.map((parameter, place) => {
    const name = names[place] ?? '';
    return Object.hasOwn(given, name) ? given[name] : parameter;
  });
}

const draftOf = (debit: Account, credit: Account, amountMinor = 10n, given: Partial<TransactionDraft> = {}) =>
  transactionDraft({
    kind: 'deal_funded',
    idempotencyKey: uuidv7(),
    request: {},
    effectiveAt: AT,
    postings: [posting(debit, credit, amountMinor)],
    ...given,
  });
const reserveOf = (deal: DealInTest): Account => dealEscrow(deal.dealId, 'commission_reserve', 'EUR');
/** Escrow back to the brand: sound as it is. */
const returned = (): TransactionDraft => draftOf(reserveOf(mine), brandBalance('EUR'));

interface Sold {
  readonly sourceId: string;
  readonly earningId: bigint;
}

async function sell(deal: DealInTest, poolMinor = 100n): Promise<Sold> {
  const sale = saleOf(deal, poolMinor);
  const [result] = await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [sale]));
  return { sourceId: sale.source.id, earningId: result?.earningId ?? 0n };
}

async function refundOf(deal: DealInTest, { sourceId }: Sold, baseMinor: bigint): Promise<TransactionDraft> {
  const source = { type: 'sale', id: sourceId } as const;
  const locked = await ledger.run((tx) => ledger.earningStore.lockBySources(tx, deal.bookId, [source]));
  const earning = locked.get(`sale:${sourceId}`);
  if (!earning) throw new RangeError('There is no such sale.');
  const refundId = uuidv7();
  const reversal = { idempotencyKey: refundId, source, refundId, refundedBaseMinor: baseMinor, occurredAt: AT };
  return earningReversed(earning, reversal).draft;
}

describe("the application's role, with the rights of the system", () => {
  it('has no right to write any table of the ledger, those to come included', async () => {
    const writable = await rowsOf(`
      select c.oid::regclass::text as name, r.privilege
      from pg_class c cross join unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) r (privilege)
      where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
        and has_table_privilege('evenhand_app', c.oid, r.privilege)`);
    expect(writable).toEqual([]);
    const sequences = await rowsOf(`
      select s.oid::regclass::text as name
      from (select c.oid from pg_class c where c.relnamespace = 'ledger'::regnamespace and c.relkind = 'S' offset 0) s
      where has_sequence_privilege('evenhand_app', s.oid, 'USAGE, UPDATE')`);
    expect(sequences).toEqual([]);
  });

  it('is refused every change of every table that it tries', async () => {
    const tables = await rowsOf<{ name: string }>(`
      select c.oid::regclass::text as name from pg_class c
      where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'p')`);
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const [column] = await rowsOf<{ name: string }>(
        `select attname as name from pg_attribute where attrelid = '${name}'::regclass and attnum > 0
           and attidentity = '' and attgenerated = '' limit 1`,
      );
      const said = [
        await stateOf(`update ${name} set ${column?.name} = ${column?.name}`),
        await stateOf(`delete from ${name}`),
        await stateOf(`truncate ${name}`),
        await stateOf(`insert into ${name} default values`),
      ];
      expect({ name, said }).toEqual({ name, said: Array.from({ length: 4 }, () => PERMISSION_DENIED) });
    }
  });

  it('calls none of the functions that write but these', async () => {
    const called = await rowsOf<{ name: string }>(`
      select distinct p.proname as name from pg_proc p
      where p.pronamespace = 'ledger'::regnamespace and has_function_privilege('evenhand_app', p.oid, 'EXECUTE')
        and p.provolatile = 'v' order by 1`);
    expect(called.map(({ name }) => name)).toEqual(CALLED);
  });

  it('finds no way round: no owner, no trigger, no other role, no schema of its own in the way', async () => {
    const [role] = await rowsOf(
      `select rolsuper, rolbypassrls, rolcreaterole, rolreplication from pg_roles where rolname = 'evenhand_app'`,
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolreplication: false });
    for (const sql of [
      'alter table ledger.postings disable trigger all',
      'drop trigger append_only on ledger.postings',
      'alter table ledger.balances drop constraint balances_floor',
      "set local session_replication_role = 'replica'",
      'create table ledger.mine (a integer)',
      'create or replace function ledger.require_system() returns void language sql as $$ select $$',
      'alter role evenhand_app superuser',
    ]) {
      expect({ sql, said: await stateOf(sql) }).toEqual({ sql, said: PERMISSION_DENIED });
    }
    const definers = await rowsOf(`
      select p.oid::regprocedure::text as name from pg_proc p where p.pronamespace = 'ledger'::regnamespace
        and p.prosecdef and not coalesce(p.proconfig, '{}') && array['search_path=ledger, pg_temp']`);
    expect(definers).toEqual([]);
  });

  it('is not told of by a person who asks: a person writes nothing through the functions', async () => {
    const asPerson = ledger.run(
      (tx) => managerOf(tx).query(POST_BATCH_SQL, [...postBatchParameters(mine.bookId, [returned()])]),
      person({ staffRoles: ['finance_approver', 'operator'] }),
    );
    expect(await asPerson.then(() => ALLOWED, sqlStateOf)).toBe(PERMISSION_DENIED);
  });
});

/** Those that write, each guarding itself; whoever adds one adds what it must not be talked into. */
const CALLED = [
  'add_fx_rates',
  'close_period',
  'ensure_partitions',
  'freeze_deal',
  'freeze_earnings',
  'have_book_alone',
  'hold_off_freezes',
  'lock_earnings',
  'open_book',
  'post_batch',
  'post_earning',
  'release_due',
  'seal_transactions',
  'tick',
  'unfreeze_deal',
  'unfreeze_earnings',
];

describe('the writer, called with what no use case would say', () => {
  it('takes what is sound', async () => expect(await post([returned()])).toBe(ALLOWED));

  it.each<[string, Given]>([
    ['a book that is not there', { p_book: 2_000_000_000 }],
    ['no book', { p_book: null }],
    ['an amount of zero', { p_amounts: '{0}' }],
    ['an amount below zero', { p_amounts: '{-10}' }],
    ['no amount', { p_amounts: '{null}' }],
    ['more than an account can hold', { p_amounts: '{9223372036854775807}' }],
    ['a kind of transaction that is none', { p_kinds: '{theft}' }],
    ['a kind of account that is none', { p_account_kinds: '{deal_escrow,slush_fund}' }],
    ['a currency that is none', { p_account_currencies: '{E1R,E1R}' }],
    ['one account twice', { p_credits: '{1}' }],
    ['a debited account that is not in the batch', { p_debits: '{7}' }],
    ['a credited account that is not in the batch', { p_credits: '{0}' }],
    ['an item that is not in the batch', { p_items: '{3}' }],
    ['an item before the first', { p_items: '{0}' }],
    ['an empty key', { p_keys: [''] }],
    ['a key that is too long', { p_keys: ['k'.repeat(301)] }],
    ['no key', { p_keys: [null] }],
    ['a hash that is none', { p_hashes: '{"\\\\x00"}' }],
    ['fewer kinds than keys', { p_kinds: '{}' }],
    ['no instant', { p_effective_at: '{null}' }],
    ['an escrow of no deal', { p_account_deals: '{null,null}', p_account_purposes: '{null,null}' }],
    ['an escrow for no purpose that is one', { p_account_purposes: '{bribes,null}' }],
    ['a balance of a brand that is of a party', { p_account_parties: `{null,${uuidv7()}}` }],
  ])('refuses %s', async (_what, given) => {
    expect(await post([returned()], given)).toMatch(SQL_STATE);
  });

  it('names each account once', async () => {
    const doubled = {
      p_account_kinds: '{brand_balance,brand_balance}',
      p_account_deals: '{null,null}',
      p_account_purposes: '{null,null}',
    };
    expect(await post([returned()], doubled)).toBe('EV008');
  });

  it('joins no two currencies', async () => {
    expect(await post([returned()], { p_account_currencies: '{EUR,JPY}' })).toBe('EV008');
    const { draft } = earningSplit(saleOf(mine, 5000n));
    const parameters = postBatchParameters(mine.bookId, [draft]);
    const [kinds, currencies] = ['p_account_kinds', 'p_account_currencies'].map((name) =>
      String(parameters[parameterNames.indexOf(name)]).replaceAll(/[{}"]/g, '').split(','),
    );
    const mixed = currencies?.map((currency, place) => (kinds?.[place] === 'brand_receivable' ? 'JPY' : currency));
    // Also not by what a posting overflows to.
    expect(await post([draft], { p_account_currencies: mixed })).toMatch(REFUSED_OR_FOUND);
  });

  it('takes postings in the order of their items', async () => {
    expect(await post([returned(), returned(), returned()], { p_items: '{1,3,2}' })).toBe('EV008');
  });

  it('takes nothing from an account that overflows to itself', async () => {
    expect(await post([returned()], { p_overflows: '{1}' })).toBe('EV008');
  });

  it('credits no account with a floor but under its lock', async () => {
    // Told that it is only drawn on, it leaves the empty balance of the brand alone.
    expect(await post([returned()], { p_account_drawn: '{t,t}' })).toBe('EV008');
  });

  it('gives the escrow of a deal in another book to nobody', async () => {
    expect(await post([draftOf(reserveOf(theirs), brandBalance('EUR'))])).toBe('EV002');
    expect(await balanceOf(theirs, reserveOf(theirs))).toBe(1000n);
  });

  it('takes no account with a floor below it, nor pays with what is not there', async () => {
    expect(await post([draftOf(reserveOf(mine), brandBalance('EUR'), 1001n)])).toBe('EV002');
    expect(await post([draftOf(brandBalance('EUR'), reserveOf(mine), 1n)])).toBe('EV002');
    const { influencerId } = mine;
    const payout = draftOf(payeeAvailable(influencerId, 'EUR'), payoutInTransit('EUR'), 1n, { kind: 'payout_sent' });
    expect(await post([payout])).toBe('EV002');
    const spent = draftOf(payoutInTransit('EUR'), clientCash('EUR'), 1n, { kind: 'payout_confirmed' });
    expect(await post([spent])).toBe('EV002');
    const spentAtOnce = draftOf(payeeAvailable(influencerId, 'EUR'), clientCash('EUR'), 1001n);
    expect(await post([spentAtOnce])).toBe('EV002');
  });

  it('writes nothing of a batch of which one item is refused', async () => {
    expect(await post([returned(), draftOf(reserveOf(mine), brandBalance('EUR'), 991n)])).toBe('EV002');
    expect(await balanceOf(mine, reserveOf(mine))).toBe(1000n);
    expect(await balanceOf(mine, brandBalance('EUR'))).toBe(0n);
  });

  it('records nothing in a closed period', async () => {
    ledger.clock.at = new Date('2026-11-02T00:00:00Z');
    const actor = person({ staffRoles: ['finance_approver'] });
    await ledger.closePeriod.execute({ actor, brandId: mine.brandId, period: '2026-10', timeZone: 'UTC' });
    expect(await post([returned()])).toBe('EV005');
    const reopen = `update ledger.books set closed_before = null where book_id = ${mine.bookId}`;
    expect(await owner.query(reopen).then(() => ALLOWED, sqlStateOf)).toBe('EV009');
  });

  it('closes no book that is not there', async () => {
    const closing = `select ledger.close_period(2000000000, now(), '2026-09', 'UTC', null, now())`;
    expect(await stateOf(closing)).toBe('EV006');
  });
});

describe('earnings and what is taken back of them', () => {
  it('move what is pending by shares alone', async () => {
    await sell(mine);
    const out = draftOf(payeePending(mine.influencerId, 'EUR'), brandBalance('EUR'));
    expect(await post([out])).toBe('EV008');
    expect(await post([draftOf(reserveOf(mine), payeePending(mine.influencerId, 'EUR'))])).toBe('EV008');
    // Not only because no refund takes it back.
    const posted = ledger.run((tx) => ledger.writer.post(tx, mine.bookId, [out]));
    await expect(posted).rejects.toThrow('what is pending is moved by shares alone');
  });

  it.each(['share of another earning', 'share of another book', 'share that is not there'])(
    'credit no %s',
    async (which) => {
      const sold = await sell(which.includes('book') ? theirs : mine);
      const shareId = which.includes('not there') ? 64n * 9_000_000_000n + 1n : sold.earningId * 64n + 3n;
      const draft = draftOf(reserveOf(mine), payeePending(mine.influencerId, 'EUR'), 10n, {
        postings: [posting(reserveOf(mine), payeePending(mine.influencerId, 'EUR'), 10n, { shareId })],
      });
      expect(await post([draft])).toMatch(REFUSED_OR_FOUND);
    },
  );

  it.each<[string, (given: { readonly other: Sold; readonly their: Sold }) => Given]>([
    ['less of the shares than of the pending accounts', () => ({ p_share_reversal_amounts: '{1,4,5}' })],
    ['shares of another earning', ({ other }) => ({ p_share_reversal_shares: sharesOf(other) })],
    ['shares of another book', ({ their }) => ({ p_share_reversal_shares: sharesOf(their) })],
    [
      'gross of nobody',
      () => ({ p_share_reversal_items: '{}', p_share_reversal_shares: '{}', p_share_reversal_amounts: '{}' }),
    ],
    ['gross of another earning', ({ other }) => ({ p_reversal_earnings: `{${other.earningId}}` })],
    ['gross of an earning in another book', ({ their }) => ({ p_reversal_earnings: `{${their.earningId}}` })],
    ['gross that is not the sum of its shares', () => ({ p_reversal_grosses: '{49}' })],
    ['more of the base than there is', () => ({ p_reversal_bases: '{1001}' })],
    ['base of nothing', () => ({ p_reversal_bases: '{0}' })],
    ['base below zero', () => ({ p_reversal_bases: '{-500}' })],
  ])('take back no %s', async (_what, given) => {
    const sold = await sell(mine);
    const [other, their] = [await sell(mine), await sell(theirs)];
    const refund = await refundOf(mine, sold, 500n);
    expect(await post([refund], given({ other, their }))).toMatch(REFUSED_OR_FOUND);
    expect(await post([refund])).toBe(ALLOWED);
  });

  const sharesOf = (sold: Sold): string => `{${idsOf(sold).join(',')}}`;

  it.each<[string, (sold: readonly bigint[], other: readonly bigint[]) => Given]>([
    ['more', (sold, other) => takenBack([...sold, ...other.slice(0, 1)], [5, 20, 25, 1])],
    ['fewer', (sold) => takenBack(sold.slice(0, 2), [5, 20])],
    ['less of the', (sold) => takenBack(sold, [5, 20, 24])],
    ['other', (_sold, other) => takenBack(other, [5, 20, 25])],
    ['none of the', () => ({ ...takenBack([], []), ...NO_REVERSAL })],
  ])('take back no %s shares than what leaves their pending accounts', async (_what, given) => {
    const [sold, other] = [await sell(mine), await sell(mine)];
    const refund = await refundOf(mine, sold, 500n);
    expect(await post([refund], given(idsOf(sold), idsOf(other)))).toBe('EV008');
  });

  const idsOf = ({ earningId }: Sold): readonly bigint[] => [1n, 2n, 3n].map((no) => earningId * 64n + no);
  const takenBack = (shares: readonly bigint[], amounts: readonly number[]): Given => ({
    p_share_reversal_items: `{${shares.map(() => 1).join(',')}}`,
    p_share_reversal_shares: `{${shares.join(',')}}`,
    p_share_reversal_amounts: `{${amounts.join(',')}}`,
  });
  const NO_REVERSAL: Given = {
    p_reversal_items: '{}',
    p_reversal_earnings: '{}',
    p_reversal_refunds: '{}',
    p_reversal_bases: '{}',
    p_reversal_grosses: '{}',
  };

  it('take back no more than there is', async () => {
    const sold = await sell(mine);
    const [all, half] = [await refundOf(mine, sold, 1000n), await refundOf(mine, sold, 500n)];
    await ledger.run((tx) => ledger.writer.post(tx, mine.bookId, [all]));
    expect(await post([half])).toBe('23514');
    const again = await sell(mine);
    const [one, another] = [await refundOf(mine, again, 600n), await refundOf(mine, again, 600n)];
    expect(await post([one, another])).toBe('23514');
  });

  it.each<[string, Given]>([
    ['shares that are less than the gross', { p_share_amounts: '{10,40,49}' }],
    ['shares that are more than the gross', { p_share_amounts: '{10,40,51}' }],
    ['gross that is more than was posted', { p_earning_grosses: '{101}' }],
    ['gross below zero', { p_earning_grosses: '{-100}' }],
    ['share below zero', { p_share_amounts: '{-10,60,50}' }],
    ['shares of one another', { p_posting_share_nos: '{1,1,1}' }],
    ['share that has no number', { p_posting_share_nos: '{1,2,64}' }],
    ['kind that is none', { p_term_kinds: '{gift}' }],
    ['source of a kind that is none', { p_term_source_types: '{gift}' }],
    ['currency that is another', { p_term_currencies: '{JPY}' }],
    ['release that is never', { p_earning_release_at: '{null}' }],
  ])('have no %s', async (_what, given) => {
    const { draft } = earningSplit(saleOf(mine, 100n));
    expect(await post([draft], given)).toMatch(REFUSED_OR_FOUND);
    expect(await post([draft])).toBe(ALLOWED);
  });
});

describe('the writer of an earning that comes alone, called with what no use case would say', () => {
  const draft = (poolMinor = 100n): TransactionDraft => earningSplit(saleOf(mine, poolMinor)).draft;
  beforeEach(() => sell(mine));

  it('takes what is sound, from the reserve as far as it goes', async () => {
    expect(await postAlone(draft())).toBe(ALLOWED);
    expect(await postAlone(draft(5000n))).toBe(ALLOWED);
  });

  it.each<[string, Given]>([
    ['a book that is not there', { p_book: 2_000_000_000 }],
    ['no book', { p_book: null }],
    ['a kind of transaction that is none', { p_kind: 'theft' }],
    ['an empty key', { p_key: '' }],
    ['no key', { p_key: null }],
    ['a hash that is none', { p_hash: '\\x00' }],
    ['no instant', { p_effective_at: null }],
    ['a kind of earning that is none', { p_earning_kind: 'gift' }],
    ['a source of a kind that is none', { p_source_type: 'gift' }],
    ['a release that is never', { p_release_at: null }],
    ['no amount', { p_amounts: '{null,40,50}' }],
    ['a share below zero', { p_amounts: '{-10,60,50}' }],
    ['a gross below zero', { p_gross: '-100' }],
    ['more than an account can hold', { p_amounts: '{9223372036854775807,1,1}' }],
    ['shares that are less than the gross', { p_amounts: '{10,40,49}' }],
    ['shares that are more than the gross', { p_amounts: '{10,40,51}' }],
    ['fewer roles than amounts', { p_roles: '{platform}' }],
  ])('refuses %s', async (_what, given) => {
    expect(await postAlone(draft(), given)).toMatch(REFUSED_OR_FOUND);
  });

  it.each<[string, Given]>([
    ['a currency in which it has no accounts', { p_currency: 'JPY' }],
    ['a rule it never saw', { p_rule_hash: `\\x${'00'.repeat(32)}` }],
    ['fewer parties than amounts', { p_parties: `{${uuidv7()}}` }],
    ['a payee it never saw', { p_parties: `{${uuidv7()},${uuidv7()},${uuidv7()}}` }],
  ])('writes nothing for %s', async (_what, given) => {
    expect(await writtenAlone(draft(), given)).toEqual({ answered: null, transactions: 0 });
  });

  it('writes nothing under a key that is taken', async () => {
    const sold = draft();
    await ledger.run((tx) => ledger.writer.post(tx, mine.bookId, [sold]));
    expect(await writtenAlone(sold)).toEqual({ answered: null, transactions: 0 });
  });

  it('draws on no reserve of another deal', async () => {
    const before = await balanceOf(theirs, reserveOf(theirs));
    // A deal is an opaque reference: of one that is in another book there is no reserve in this one.
    expect(await postAlone(draft(), { p_deal: theirs.dealId })).toBe(ALLOWED);
    expect(await balanceOf(theirs, reserveOf(theirs))).toBe(before);
  });

  async function writtenAlone(given: TransactionDraft, others: Given = {}) {
    const parameters = replaced(postEarningParameters(mine.bookId, given, false) ?? [], earningParameterNames, others);
    const count = 'select count(*)::integer as count from ledger.transactions';
    const [before] = await rowsOf<{ count: number }>(count);
    const answered = await ledger.run(async (tx) => {
      const [row] = await managerOf(tx).query<{ transaction_id: string | null }[]>(POST_EARNING_SQL, [...parameters]);
      return row?.transaction_id;
    });
    const [after] = await rowsOf<{ count: number }>(count);
    return { answered, transactions: (after?.count ?? 0) - (before?.count ?? 0) };
  }
});

function balanceOf(deal: DealInTest, account: Account): Promise<bigint> {
  return ledger.run((tx) => ledger.queries.balanceOf(tx, deal.bookId, account));
}
