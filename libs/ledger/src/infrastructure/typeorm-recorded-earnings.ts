import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type EarningKey, type RecordedEarning, RecordedEarnings } from '../application/recorded-earnings';
import type { ShareRole } from '../domain/split-plan';
import type { SharedAmount } from '../domain/split-pool';
import type { SplitRule } from '../domain/split-rule';
import type { SourceType } from '../domain/transaction-draft';

interface EarningRow {
  readonly book_id: number;
  readonly earning_id: string;
  readonly rule_id: number;
  readonly source_type: SourceType;
  readonly source_id: string;
  readonly currency: string;
  readonly base_minor: string;
  readonly net_sales_before_minor: string | null;
  readonly cap_left_minor: string | null;
  readonly gross_minor: string;
}

interface ShareRow {
  readonly earning: string;
  readonly party_id: string;
  readonly role: ShareRole;
  readonly share: string;
  readonly amount_minor: string;
}

interface RuleRow {
  readonly key: string;
  readonly rule: SplitRule;
}

const EARNINGS = `
  select e.book_id, e.earning_id, e.rule_id, e.source_type, e.source_id, e.currency, e.base_minor,
         e.net_sales_before_minor, e.cap_left_minor, e.gross_minor
  from ledger.earnings e
  where (e.book_id, e.earning_id) > ($1::integer, $2::bigint) and ($3::integer is null or e.book_id = $3)
  order by e.book_id, e.earning_id limit $4`;

/** The shares of a page are one range of the primary key: from the first earning's to the last one's. */
const SHARES = `
  select s.book_id || '/' || (s.share_id >> 6) as earning, s.party_id, s.role, s.share, s.amount_minor
  from ledger.shares s
  where (s.book_id, s.share_id) >= ($1::integer, $2::bigint << 6)
    and (s.book_id, s.share_id) < ($3::integer, ($4::bigint + 1) << 6)
  order by s.book_id, s.share_id`;

const RULES = `
  select r.book_id || '/' || r.rule_id as key, r.rule
  from (select distinct * from unnest($1::integer[], $2::integer[])) w (book_id, rule_id)
  join ledger.rules r on r.book_id = w.book_id and r.rule_id = w.rule_id`;

@Injectable()
export class TypeormRecordedEarnings extends RecordedEarnings {
  override async pageAfter(
    tx: Transaction,
    bookId: number | null,
    after: EarningKey | null,
    limit: number,
  ): Promise<readonly RecordedEarning[]> {
    const from = [after?.bookId ?? bookId ?? 0, after?.earningId ?? -1n, bookId, limit];
    const rows = await managerOf(tx).query<readonly EarningRow[]>(EARNINGS, from);
    const parts = await partsOf(tx, rows);
    const rules = await rulesOf(tx, rows);
    return rows.map((row) => ({
      bookId: row.book_id,
      earningId: BigInt(row.earning_id),
      sourceType: row.source_type,
      currency: row.currency,
      rule: rules.get(`${row.book_id}/${row.rule_id}`) ?? null,
      facts: {
        sourceId: row.source_id,
        baseMinor: BigInt(row.base_minor),
        netSalesBeforeMinor: nullable(row.net_sales_before_minor),
        capLeftMinor: nullable(row.cap_left_minor),
      },
      grossMinor: BigInt(row.gross_minor),
      parts: parts.get(`${row.book_id}/${row.earning_id}`) ?? [],
    }));
  }
}

async function partsOf(tx: Transaction, page: readonly EarningRow[]): Promise<ReadonlyMap<string, SharedAmount[]>> {
  const parts = new Map<string, SharedAmount[]>();
  const [first, last] = [page.at(0), page.at(-1)];
  if (!first || !last) return parts;
  const range = [first.book_id, first.earning_id, last.book_id, last.earning_id];
  for (const { earning, party_id, role, share, amount_minor } of await managerOf(tx).query<readonly ShareRow[]>(
    SHARES,
    range,
  )) {
    const ofEarning = parts.get(earning) ?? [];
    parts.set(earning, ofEarning);
    ofEarning.push({ partyId: party_id, role, share, amountMinor: BigInt(amount_minor) });
  }
  return parts;
}

async function rulesOf(tx: Transaction, page: readonly EarningRow[]): Promise<ReadonlyMap<string, SplitRule>> {
  const ids = [page.map((row) => row.book_id), page.map((row) => row.rule_id)];
  const rows = await managerOf(tx).query<readonly RuleRow[]>(RULES, ids);
  return new Map(rows.map(({ key, rule }) => [key, rule]));
}

function nullable(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
