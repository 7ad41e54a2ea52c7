import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type DealEarning, DealEarnings } from '../application/deal-earnings';
import type { ShareRole } from '../domain/split-plan';
import type { SourceType } from '../domain/transaction-draft';

interface EarningRow {
  readonly earning_id: string;
  readonly source_type: SourceType;
  readonly source_id: string;
  readonly currency: string;
  readonly base: string;
  readonly base_reversed: string;
  readonly net_sales_before: string | null;
  readonly gross: string;
  readonly gross_reversed: string;
  readonly shares: readonly (readonly [string, ShareRole, string, string])[];
}

const PAGE = `
  select e.earning_id, e.source_type, e.source_id, e.currency, e.base_minor::text as base,
    e.base_reversed_minor::text as base_reversed, e.net_sales_before_minor::text as net_sales_before,
    e.gross_minor::text as gross, e.gross_reversed_minor::text as gross_reversed, share.shares
  from ledger.earnings e
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_array(s.party_id, s.role, s.amount_minor::text, s.reversed_minor::text)
      order by s.share_id), '[]') as shares
    from ledger.shares s
    where s.book_id = e.book_id and s.share_id >= e.earning_id << 6 and s.share_id < (e.earning_id + 1) << 6) share
  where e.deal_id = $1 and ($2::bigint is null or e.earning_id > $2)
  order by e.earning_id limit $3`;

@Injectable()
export class TypeormDealEarnings extends DealEarnings {
  override async pageAfter(
    tx: Transaction,
    dealId: string,
    after: bigint | null,
    limit: number,
  ): Promise<readonly DealEarning[]> {
    const rows = await managerOf(tx).query<EarningRow[]>(PAGE, [dealId, after, limit]);
    return rows.map((row) => ({
      earningId: BigInt(row.earning_id),
      sourceType: row.source_type,
      sourceId: row.source_id,
      currency: row.currency,
      baseMinor: BigInt(row.base),
      baseReversedMinor: BigInt(row.base_reversed),
      netSalesBeforeMinor: row.net_sales_before === null ? null : BigInt(row.net_sales_before),
      grossMinor: BigInt(row.gross),
      grossReversedMinor: BigInt(row.gross_reversed),
      shares: row.shares.map(([partyId, role, amount, reversed]) => ({
        partyId,
        role,
        amountMinor: BigInt(amount),
        reversedMinor: BigInt(reversed),
      })),
    }));
  }
}
