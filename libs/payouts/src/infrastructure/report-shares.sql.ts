import type { FoundShare, ScopedFilter } from '../application/report-queries';
import { earningConditions, type SqlParameters, DEFAULT_ROLES } from './report-facts.sql';

type Amounts = 'grossMinor' | 'grossReversedMinor' | 'amountMinor' | 'reversedMinor' | 'shareId' | 'earningId';
export type FoundShareRow = Omit<FoundShare, Amounts> & Readonly<Record<Amounts, string>>;

export const SHARE_LIST_SQL = `
  select d.book_id as "bookId", d.share_id as "shareId", d.earning_id as "earningId", d.brand_id as "brandId",
         d.campaign_id as "campaignId", d.deal_id as "dealId", d.influencer_id as "influencerId",
         d.party_id as "partyId", d.role, d.share, d.kind, d.source_type as "sourceType", d.source_id as "sourceId",
         d.earned_at as "earnedAt", d.currency, d.gross_minor as "grossMinor",
         d.gross_reversed_minor as "grossReversedMinor", d.amount_minor as "amountMinor",
         d.reversed_minor as "reversedMinor", d.state, d.release_at as "releaseAt",
         d.frozen_reason as "frozenReason"
  from ledger.share_details d`;

/** The same shares as the report counts, as conditions on `ledger.share_details d`. */
export function shareConditionsSql(filter: ScopedFilter, parameters: SqlParameters): string {
  const conditions = [
    ...earningConditions(filter, parameters),
    `d.role = any (${parameters.add(filter.roles ?? DEFAULT_ROLES)}::text[])`,
  ];
  if (filter.payeeIds) conditions.push(`d.party_id = any (${parameters.add(filter.payeeIds)}::uuid[])`);
  if (filter.payeeId) conditions.push(`d.party_id = ${parameters.add(filter.payeeId)}::uuid`);
  if (filter.agencyId) {
    conditions.push(`exists (
      select 1 from ledger.share_details a where a.book_id = d.book_id and a.earning_id = d.earning_id
        and a.role = 'agency' and a.party_id = ${parameters.add(filter.agencyId)}::uuid)`);
  }
  return conditions.join(' and ');
}

export function foundShareOf(row: FoundShareRow): FoundShare {
  return {
    ...row,
    shareId: BigInt(row.shareId),
    earningId: BigInt(row.earningId),
    grossMinor: BigInt(row.grossMinor),
    grossReversedMinor: BigInt(row.grossReversedMinor),
    amountMinor: BigInt(row.amountMinor),
    reversedMinor: BigInt(row.reversedMinor),
  };
}
