import { Client } from 'pg';
import type { DealInTest } from '../../../../test/invariants/deal-in-test';
import { dealInTest, saleOf } from '../../../../test/invariants/deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { everyKindOfTransaction, Forger, sealingOf } from '../../../../test/invariants/sealed-books';
import type { TrustedSeal } from '../domain/seal/check-chain';
import { VerifySeals } from './verify-seals';

/** What a seal is answerable for: the id of the transaction a row belongs to, and columns that are no part of it. */
const SEALED: Readonly<
  Record<string, { readonly transaction: string; readonly but: readonly string[]; readonly part: string }>
> = {
  transactions: { transaction: 'r.transaction_id', but: [], part: 'the transaction itself' },
  postings: { transaction: 'r.posting_id >> 12', but: [], part: 'its postings or their accounts' },
  posting_shares: { transaction: 'r.posting_id >> 12', but: [], part: 'its postings or their accounts' },
  // Counters of what refunds took back since: the refunds are sealed themselves.
  earnings: {
    transaction: 'r.earning_id',
    but: ['base_reversed_minor', 'gross_reversed_minor'],
    part: 'its earning, hold or rule',
  },
  shares: { transaction: 'r.share_id >> 6', but: ['reversed_minor'], part: 'its shares' },
  // When and by what it was released: the release is sealed itself. What is frozen now is no part of what happened.
  holds: {
    transaction: 'r.earning_id',
    but: ['released_at', 'released_by', 'freezes'],
    part: 'its earning, hold or rule',
  },
  reversals: { transaction: 'r.transaction_id', but: [], part: 'its refund' },
  conversions: { transaction: 'r.transaction_id', but: [], part: 'its conversion' },
  accounts: {
    transaction: `(select min(p.posting_id >> 12) from ledger.postings p
                   where p.book_id = r.book_id and r.account_id in (p.debit_account_id, p.credit_account_id))`,
    but: [],
    part: 'its postings or their accounts',
  },
  rules: {
    transaction:
      '(select min(e.earning_id) from ledger.earnings e where e.book_id = r.book_id and e.rule_id = r.rule_id)',
    but: [],
    part: 'its earning, hold or rule',
  },
};

/** Other values of the same type, one byte or bit of it changed: another one for each try from 0, where there is more than one. */
const OTHER: Readonly<Record<string, (column: string, attempt: number) => string>> = {
  bigint: (column, attempt) => `${column} # (1::bigint << ${20 + attempt})`,
  integer: (column, attempt) => `${column} # (1 << ${20 + attempt})`,
  smallint: (column) => `-${column}`,
  uuid: (column, attempt) => {
    const place = 36 - attempt;
    const digit = `substr(${column}::text, ${place}, 1)`;
    return `overlay(${column}::text placing case ${digit} when '0' then '1' else '0' end from ${place})::uuid`;
  },
  text: (column, attempt) => `${column} || '${' '.repeat(attempt + 1)}'`,
  character: (_column, attempt) => `'${['XTS', 'XXX', 'XAU'][attempt]}'`,
  boolean: (column) => `not ${column}`,
  bytea: (column, attempt) => `set_byte(${column}, ${attempt}, get_byte(${column}, ${attempt}) # 1)`,
  jsonb: (column, attempt) => `${column} || '{" ": ${attempt}}'`,
  date: (column, attempt) => `${column} + ${attempt + 1}`,
  'timestamp with time zone': (column, attempt) => `${column} + interval '${attempt + 1} microseconds'`,
  ARRAY: (column, attempt) => `array_prepend(${column}[1] + ${attempt + 1}, ${column}[2:])`,
};
/** Which part changed is told from ten bits, which may be the same by chance: then other values and rows are tried. */
const ATTEMPTS = 3;

interface Column {
  readonly table_name: string;
  readonly column_name: string;
  readonly data_type: string;
}

let ledger: LedgerUnderTest;
let forger: Forger;
let deal: DealInTest;
let heads: readonly TrustedSeal[];
let columns: readonly Column[];

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  const sealing = sealingOf(ledger);
  deal = await everyKindOfTransaction(ledger);
  await sealing.settleAndSeal();
  for (let seal = 0; seal < 4; seal += 1) {
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 10n), saleOf(deal, 20n)]));
    await sealing.settleAndSeal();
  }
  heads = await ledger.run((tx) => sealing.seals.heads(tx));
  forger = await Forger.enter(ledger);
  columns = await forger.query<Column>(`
    select table_name, column_name, data_type from information_schema.columns
    where table_schema = 'ledger' and is_generated = 'NEVER' order by table_name, ordinal_position`);
});
afterAll(async () => {
  await forger.leave();
  await ledger.close();
});

function findingsAfter(...forgeries: readonly string[]): Promise<readonly string[]> {
  return forger.after(forgeries, async (uow) => {
    const verified = await new VerifySeals(uow, sealingOf(ledger).seals).execute({ trusted: heads });
    return verified.findings.map(({ words }) => words);
  });
}

const columnsOf = (table: string): readonly Column[] => columns.filter((column) => column.table_name === table);

describe('what was sealed', () => {
  it('is found as it was', async () => {
    expect(await findingsAfter()).toEqual([]);
  });

  it.each(Object.keys(SEALED))('is answered for to the last byte in every column of %s', async (table) => {
    const { transaction, but, part } = SEALED[table]!;
    const covered = columnsOf(table).filter(({ column_name: column }) => !but.includes(column));
    expect(covered.length).toBeGreaterThan(2);
    for (const { column_name: column, data_type: type } of covered) {
      const rows = await forger.query<{ ctid: string; relation: string; transaction: string }>(
        `select r.ctid, r.tableoid::regclass as relation, ${transaction} as transaction from ledger.${table} r
         where r.${column} is not null and ${transaction} is not null limit ${ATTEMPTS}`,
      );
      if (rows.length === 0) throw new Error(`There is no row of ${table} with a ${column} to change.`);
      let named: string | undefined;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const row = rows[attempt % rows.length]!;
        const forgery = `update ${row.relation} set ${column} = ${OTHER[type]!(column, attempt)} where ctid = '${row.ctid}'`;
        named = (await findingsAfter(forgery)).find((words) =>
          words.startsWith(`transaction ${row.transaction} of book ${deal.bookId}, sealed in seal `),
        );
        // Found it has to be each time, whatever the bits say.
        expect(`${column}: ${named}`).toMatch(/does not have the content it was sealed with|is not there any more/);
        if (named?.includes(part) || named?.includes('is not there any more')) break;
      }
      // A row that went to another transaction, book or time leaves its own without it.
      expect(`${column}: ${named}`).toMatch(
        new RegExp(`^${column}: .* (does not have the content it was sealed with: .*${part}|is not there any more)`),
      );
    }
  });

  it('is answered for in every column of the seals themselves', async () => {
    // The ten bits a part only tell where a change is.
    for (const { column_name: column, data_type: type } of columnsOf('seals')) {
      if (column === 'part_checks') continue;
      const forgery = `update ledger.seals set ${column} = ${OTHER[type]!(column, 0)} where book_id = ${deal.bookId} and seal_no = 3`;
      const findings = await findingsAfter(forgery);
      expect(`${column}: ${findings.join('; ')}`).toMatch(new RegExp(`^${column}: .*seal 3 of book ${deal.bookId} `));
    }
  });
});

describe('a forger', () => {
  it.each([
    [
      'removes a transaction with everything of it',
      [
        `delete from ledger.transactions where transaction_id = (select max(transaction_id) from ledger.transactions)`,
        `delete from ledger.postings where posting_id >> 12 > (select max(transaction_id) from ledger.transactions)`,
        `delete from ledger.earnings where earning_id > (select max(transaction_id) from ledger.transactions)`,
        `delete from ledger.shares where share_id >> 6 > (select max(transaction_id) from ledger.transactions)`,
        `delete from ledger.holds where earning_id > (select max(transaction_id) from ledger.transactions)`,
      ],
      /^transaction \d+ of book \d+, sealed in seal 5, is not there any more/,
    ],
    [
      'slips a transaction in among sealed ones',
      [
        `insert into ledger.transactions select book_id, transaction_id + 1000000, kind, 'forged', request_hash, effective_at,
           recorded_at, reference from ledger.transactions order by transaction_id limit 1`,
      ],
      /^transaction 10000\d+ of book \d+ is in no seal, though its time was sealed: it was slipped in/,
    ],
    [
      'slips a posting into a sealed transaction',
      [
        `insert into ledger.postings select book_id, recorded_at, posting_id + 9, debit_account_id, credit_account_id,
          amount_minor, share_id, currency from ledger.postings order by posting_id limit 1`,
      ],
      /^transaction \d+ of book \d+, sealed in seal 1, does not have .*: its postings or their accounts changed$/,
    ],
    [
      'hides a posting of a sealed transaction at another time',
      [
        `insert into ledger.postings select book_id, recorded_at + interval '1 hour', posting_id + 9, debit_account_id,
          credit_account_id, amount_minor, share_id, currency from ledger.postings order by posting_id limit 1`,
      ],
      /^posting \d+ of book \d+ is of no transaction recorded at its instant$/,
    ],
    [
      'adds shares to no posting',
      [
        `insert into ledger.posting_shares select book_id, posting_id + 9, party_id, share_ids, amounts_minor
           from ledger.posting_shares order by posting_id limit 1`,
      ],
      /^the shares moved by posting \d+ of book \d+ are of no posting$/,
    ],
    [
      'adds a share to nothing',
      [
        `insert into ledger.shares select book_id, share_id + (1::bigint << 40), party_id, influencer_id, role, share, currency,
           is_held, amount_minor, reversed_minor from ledger.shares limit 1`,
      ],
      /^share \d+ of book \d+ is of no transaction$/,
    ],
    [
      'adds an earning to nothing',
      [
        `insert into ledger.earnings select book_id, earning_id + (1::bigint << 40), rule_id, kind, source_type,
           gen_random_uuid(), deal_id, campaign_id, influencer_id, currency, base_minor, base_reversed_minor,
           net_sales_before_minor, cap_left_minor, gross_minor, gross_reversed_minor, from_escrow_minor, earned_at
         from ledger.earnings limit 1`,
      ],
      /^earning \d+ of book \d+ is of no transaction$/,
    ],
    [
      'adds a refund to nothing',
      ['insert into ledger.reversals values (1, 1::bigint << 40, 1, gen_random_uuid(), 1, 0)'],
      /^refund \d+ of book 1 is of no transaction$/,
    ],
    [
      'adds a conversion to nothing',
      ["insert into ledger.conversions values (1, 1::bigint << 40, 'EUR', 'JPY', 1, 160, '160', now(), 'test')"],
      /^conversion \d+ of book 1 is of no transaction$/,
    ],
    ['removes a seal', ['delete from ledger.seals where seal_no = 2'], /^seal 2 of book \d+ is missing$/],
    [
      'removes the end of the chain with what it seals',
      ['delete from ledger.seals where seal_no > 3'],
      /^seal 5 of book \d+ is missing, and it is trusted$/,
    ],
    [
      'gives the book to another brand',
      ['update ledger.books set brand_id = gen_random_uuid()'],
      /^seal 1 of book \d+ is of brand \S+, the book is of brand \S+ now$/,
    ],
  ])('who %s is found and named', async (_what, forgeries, words) => {
    expect(await findingsAfter(...forgeries)).toContainEqual(expect.stringMatching(words));
  });

  it('who changes a transaction and seals the book anew is found by a hash noted elsewhere', async () => {
    const findings = await forger.after(
      [
        'update ledger.postings set amount_minor = amount_minor + 1 where posting_id = (select min(posting_id) from ledger.postings)',
        `delete from ledger.seals where book_id = ${deal.bookId}`,
        'select ledger.seal_transactions(now(), 100000)',
      ],
      async (uow) => {
        const verify = new VerifySeals(uow, sealingOf(ledger).seals);
        const trusted = heads.map(({ bookId, hash }) => ({ bookId, sealNo: 1, hash }));
        return [await verify.execute(), await verify.execute({ trusted })].map((verified) =>
          verified.findings.map(({ words }) => words),
        );
      },
    );
    expect(findings).toEqual([
      [],
      [`seal 1 of book ${deal.bookId} is not the one that is trusted: the chain was written anew`],
    ]);
  });

  it('leaves other books as they are', async () => {
    const other = await dealInTest(ledger);
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, other.brandId, [saleOf(other, 10n)]));
    await sealingOf(ledger).settleAndSeal();
    const findings = await findingsAfter(`update ledger.shares set amount_minor = 0 where book_id = ${other.bookId}`);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(`of book ${other.bookId}, sealed in seal 1, does not have`);
  });
});

it('the text of a transaction is JSON as JavaScript writes it, whatever characters are in it', async () => {
  const owner = new Client({ connectionString: ledger.url });
  await owner.connect();
  const text = Array.from({ length: 0x3100 }, (_, point) => String.fromCodePoint(point + 1)).join('');
  const { rows } = await owner.query<{ json: string }>('select to_json($1::text)::text as json', [`${text}👛"\\/`]);
  await owner.end();
  expect(rows[0]?.json).toBe(JSON.stringify(`${text}👛"\\/`));
});
