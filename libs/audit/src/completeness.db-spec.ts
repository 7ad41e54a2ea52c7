import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { Client } from 'pg';
import { AUDITED_TABLES } from '../../platform/src/database/migrations/audit-log/audited-tables';

/**
 * Tables without entries in the log, each with its reason. A new table is named here or in AUDITED_TABLES; whoever adds it
 * decides.
 */
const EXEMPT: Readonly<Record<string, string>> = {
  'identity.sessions': 'comes and goes with every sign-in, and holds nothing that anybody acts on',
  'identity.attempts': 'counters that slow guessing down',
  'parties.organisations': 'says only that the party is one, and never changes',
  'deals.state_changes':
    'the history of the deal itself, append-only, with the reasons that people gave in their words',
  'deals.files':
    'its uploader’s alone until a version holds it, and never changed afterwards; the version has an entry',
  'deals.category_days': 'follows from the terms and the state of the deal',
  'deals.term_notices': 'a queue of what is told next; what was told is in the history of the deal',
  'deals.metric_readings': 'append-only, with who recorded each',
  'discovery.saved_searches': 'a person’s own, and nobody else’s to know',
  'discovery.candidates': 'a queue of the matcher',
  'discovery.told_matches': 'written once: what was told is not told again',
  'notifications.notifications': 'tells what others have entries of; that it was read is nobody else’s to know',
  'notifications.heard': 'written once: what was told is not told again',
  'notifications.emails': 'a queue of e-mails',
  'notifications.preferences': 'a person’s own, and nobody else’s to know',
  'messages.conversations': 'a counter of messages, which are never changed',
  'messages.messages': 'append-only',
  'messages.read_marks': 'nobody else’s to know',
  'sales.intake_keys': 'hot path: a lock, written once',
  'sales.intake_events': 'hot path: raw events, whose content is never changed',
  'sales.sales': 'hot path: follows from events; what it is worth is posted and sealed',
  'sales.sale_lines': 'hot path: as the sale',
  'sales.unearned_lines': 'hot path: as the sale',
  'sales.refunds': 'hot path: append-only',
  'sales.running_sales': 'hot path: sums of sales',
  'sales.bonuses': 'follows from sales, and is posted and sealed',
  'sales.sale_customers': 'written once, digests of customers',
  'sales.deliveries': 'hot path: webhooks as they came',
  'sales.clicks': 'hot path, and forgotten',
  'sales.click_counts': 'hot path: counters',
  'sales.mends': 'append-only, the record itself of what people did with problems, with their names',
  'sales.imports': 'progress of a job, with a report of its own',
  'sales.import_parts': 'pieces of a file',
  'sales.import_rows': 'hot path: rows that wait; what people do with them is in sales.mends',
  'ledger.account_kinds': 'the chart of accounts, changed by migrations alone',
  'ledger.books': 'opened once; its closing is in ledger.closed_periods',
  'ledger.accounts': 'opened by the writer, sealed with the postings on them',
  'ledger.balances': 'hot path: sums of postings',
  'ledger.checkpoints': 'sums of postings',
  'ledger.transactions': 'append-only and sealed',
  'ledger.postings': 'append-only and sealed',
  'ledger.posting_shares': 'append-only and sealed',
  'ledger.conversions': 'append-only and sealed',
  'ledger.rules': 'append-only and sealed',
  'ledger.earnings': 'hot path: sealed; its counters follow from refunds',
  'ledger.shares': 'hot path: sealed; its counters follow from refunds',
  'ledger.holds': 'hot path: its release is a posting',
  'ledger.reversals': 'append-only and sealed',
  'ledger.earning_freezes': 'follows from decisions in sales.risk_holds and deals.disputes',
  'ledger.fx_rates': 'published by the European Central Bank',
  'ledger.clock': 'the clock of the books',
  'ledger.seals': 'append-only: the chain of the ledger',
  'ledger.split_accounts': 'hot path: numbers of accounts that are known',
  'payouts.lines': 'what an item is made of: written with it, bound by the hash of the batch',
  'payouts.exclusions': 'what a draft left out, written once',
  'privacy.erasure_steps': 'how far an erasure has come; that it was asked for and finished has entries',
  'webhooks.messages': 'hot path: what is sent, with a log of its own',
  'webhooks.attempts': 'hot path: the log of what is sent',
};

/** Where no state of the business is. */
const OTHER_SCHEMAS = ['public', 'platform', 'audit', 'information_schema'];

let database: TestDatabase;
let owner: Client;
let tables: readonly { readonly name: string; readonly triggers: readonly string[] }[];

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  const { rows } = await owner.query<{ name: string; triggers: string[] }>(
    `select n.nspname || '.' || c.relname as name,
            array(select t.tgname::text from pg_trigger t
                  where t.tgrelid = c.oid and t.tgname like 'audit\\_%' and t.tgenabled = 'O' order by 1) as triggers
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\\_%' and n.nspname <> all ($1)
     order by 1`,
    [OTHER_SCHEMAS],
  );
  tables = rows;
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

describe('the audit log', () => {
  it('has entries of every table, or a reason why not', () => {
    const silent = tables.filter(({ triggers }) => triggers.length === 0).map(({ name }) => name);
    expect(silent).toEqual(Object.keys(EXEMPT).toSorted());
  });

  it('hears of rows that come, change and go', () => {
    const heard = tables.filter(({ triggers }) => triggers.length > 0);
    expect(heard.length).toBeGreaterThan(30);
    expect(new Set(heard.map(({ triggers }) => triggers.join()))).toEqual(
      new Set(['audit_added_or_removed,audit_changed']),
    );
  });

  it('keeps a text of a person in none of its columns as it is', () => {
    const telling =
      /email|name|bio|handle|url|text|message|note|caption|feedback|reason|description|address|hash|secret|sealed/;
    const clear = AUDITED_TABLES.flatMap(({ table, clear: kept = [] }) => kept.map((column) => `${table}.${column}`));
    expect(clear.filter((column) => telling.test(column.split('.')[2] ?? '')).toSorted()).toEqual([
      // A post in public, the marketplace's own words, hashes of what was approved, names of settings.
      'deals.deliverables.live_url',
      // A code of a list.
      'deals.disputes.reason',
      'ledger.freezes.reason',
      'payouts.bank_files.file_name',
      'payouts.batches.approved_hash',
      'payouts.batches.submitted_hash',
      'sales.file_mappings.name',
      'sales.risk_holds.reasons',
      'sales.sources.name',
      'webhooks.endpoints.state_reason',
    ]);
  });
});
