import type { EarningKind } from '@evenhand/kernel';
import type { EarningFilter, EarningView, ShareView } from '../application/ledger-queries';
import type { ShareRole } from '../domain/split-plan';
import type { SourceType } from '../domain/transaction-draft';
import type { Condition } from './where-of';

export interface EarningRow {
  readonly book_id: number;
  readonly brand_id: string;
  readonly earning_id: string;
  readonly kind: EarningKind;
  readonly source_type: SourceType;
  readonly source_id: string;
  readonly deal_id: string;
  readonly campaign_id: string;
  readonly influencer_id: string;
  readonly currency: string;
  readonly base_minor: string;
  readonly base_reversed_minor: string;
  readonly gross_minor: string;
  readonly gross_reversed_minor: string;
  readonly from_escrow_minor: string;
  readonly rule_version: string;
  readonly earned_at: Date;
  readonly recorded_at: Date;
}

export interface ShareRow {
  readonly book_id: number;
  readonly share_id: string;
  readonly earning_id: string;
  readonly party_id: string;
  readonly role: ShareRole;
  readonly share: string;
  readonly currency: string;
  readonly amount_minor: string;
  readonly reversed_minor: string;
  readonly state: 'held' | 'released';
  readonly release_at: Date | null;
  readonly released_at: Date | null;
  readonly frozen_reason: string | null;
}

export interface TotalRow {
  readonly currency: string;
  readonly count: string;
  readonly gross_minor: string;
  readonly gross_reversed_minor: string;
}

/** Its own, the one it took back from, and those whose shares it moved; the parameter holds its book and its id. */
const EARNINGS_OF_TRANSACTION = `
  select t.transaction_id from ledger.transactions t
  where t.book_id = (?::bigint[])[1] and t.transaction_id = (?::bigint[])[2]
  union all
  select r.earning_id from ledger.reversals r
  where r.book_id = (?::bigint[])[1] and r.transaction_id = (?::bigint[])[2]
  union all
  select unnest(g.share_ids) >> 6 from ledger.posting_shares g
  where g.book_id = (?::bigint[])[1]
    and g.posting_id between (?::bigint[])[2] << 12 and ((?::bigint[])[2] << 12) + 4095`;

export const EARNINGS = {
  condition(filter: EarningFilter): readonly Condition[] {
    return [
      ['e.book_id = (select k.book_id from ledger.books k where k.brand_id = ?)', filter.brandId],
      ['e.influencer_id = ?', filter.influencerId],
      ['e.deal_id = ?', filter.dealId],
      ['e.campaign_id = ?', filter.campaignId],
      ['e.currency = ?', filter.currency],
      ['e.kind = ?', filter.kind],
      ['e.source_type = ?', filter.source?.type],
      ['e.source_id = ?', filter.source?.id],
      ['e.earned_at >= ?', filter.earnedFrom],
      ['e.earned_at < ?', filter.earnedTo],
      [
        `e.book_id = (?::bigint[])[1] and e.earning_id = any (array(${EARNINGS_OF_TRANSACTION}))`,
        filter.transaction && [filter.transaction.bookId, filter.transaction.id],
      ],
    ];
  },

  totalsSql: (condition: string): string => `
    select e.currency, count(*) as count, sum(e.gross_minor) as gross_minor,
           sum(e.gross_reversed_minor) as gross_reversed_minor
    from ledger.earnings e where ${condition} group by e.currency order by e.currency`,

  /** Latest first, after an earned_at and id that may be null; three more parameters than the condition has. */
  pageSql: (condition: string, parameters: number): string => `
    select e.*, k.brand_id, t.recorded_at, r.rule_version
    from ledger.earnings e
    join ledger.books k on k.book_id = e.book_id
    join ledger.transactions t on t.book_id = e.book_id and t.transaction_id = e.earning_id
    join ledger.rules r on r.book_id = e.book_id and r.rule_id = e.rule_id
    where ${condition} and ($${parameters + 1}::timestamptz is null
      or (date_trunc('milliseconds', e.earned_at), e.earning_id)
         < ($${parameters + 1}::timestamptz, $${parameters + 2}::bigint))
    order by date_trunc('milliseconds', e.earned_at) desc, e.earning_id desc limit $${parameters + 3}`,
};

export const EARNING_SHARES_SQL = `
  select s.* from unnest($1::integer[], $2::bigint[]) w (book_id, earning_id)
  cross join lateral (
    select * from ledger.share_details d where d.book_id = w.book_id
      and d.earning_id = w.earning_id
      and d.share_id between (w.earning_id << 6) + 1 and (w.earning_id << 6) + 63
    order by d.share_id limit 63) s
  order by s.share_id`;

export function toEarning(row: EarningRow, shares: readonly ShareRow[]): EarningView {
  const earningId = BigInt(row.earning_id);
  return {
    bookId: row.book_id,
    brandId: row.brand_id,
    earningId,
    transactionId: earningId,
    kind: row.kind,
    sourceType: row.source_type,
    sourceId: row.source_id,
    dealId: row.deal_id,
    campaignId: row.campaign_id,
    influencerId: row.influencer_id,
    currency: row.currency,
    baseMinor: BigInt(row.base_minor),
    baseReversedMinor: BigInt(row.base_reversed_minor),
    grossMinor: BigInt(row.gross_minor),
    grossReversedMinor: BigInt(row.gross_reversed_minor),
    fromEscrowMinor: BigInt(row.from_escrow_minor),
    ruleVersion: row.rule_version,
    earnedAt: row.earned_at,
    recordedAt: row.recorded_at,
    shares: shares.filter((share) => share.earning_id === row.earning_id && share.book_id === row.book_id).map(toShare),
  };
}

function toShare(row: ShareRow): ShareView {
  return {
    bookId: row.book_id,
    shareId: BigInt(row.share_id),
    earningId: BigInt(row.earning_id),
    partyId: row.party_id,
    role: row.role,
    share: row.share,
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    reversedMinor: BigInt(row.reversed_minor),
    state: row.state,
    releaseAt: row.release_at,
    releasedAt: row.released_at,
    frozenReason: row.frozen_reason,
  };
}
