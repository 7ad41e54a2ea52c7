import type { NamelessExclusion, NamelessItem } from '../application/payout-queries';
import type { BatchTotal, BatchView, LineView } from '../application/views';

/** A view as the database hands it over: bigint columns are text. */
type Raw<T, Texts extends keyof T> = Omit<T, Texts> & Readonly<Record<Texts, string>>;

interface TotalJson {
  readonly currency: string;
  readonly items: number;
  readonly amountMinor: string;
  readonly paidMinor: string;
  readonly droppedMinor: string;
}

export type BatchViewRow = Omit<BatchView, 'number' | 'minimums' | 'totals'> & {
  readonly number: string;
  readonly minimums: readonly { readonly currency: string; readonly amountMinor: string }[];
  readonly totals: readonly TotalJson[];
};

// Amounts go through JSON as text, so that none becomes a floating-point number on the way.
export const BATCH_VIEW_SQL = `
  select b.id as "batchId", b.number, b.state, b.cut_off as "cutOff", b.time_zone as "timeZone",
         b.currencies::text[] as currencies, b.prepared_by as "preparedBy", b.prepared_at as "preparedAt",
         b.submitted_at as "submittedAt", b.approved_by as "approvedBy", b.approved_at as "approvedAt",
         b.approval_expires_at as "approvalExpiresAt", b.exported_at as "exportedAt", b.settled_at as "settledAt",
         b.closed_by as "closedBy", b.close_reason as "closeReason",
         coalesce((
           select json_agg(json_build_object('currency', m.currency, 'amountMinor', m.minimum_minor::text)
                           order by m.currency)
           from payouts.minimums m where m.batch_id = b.id), '[]') as minimums,
         coalesce((
           select json_agg(json_build_object('currency', t.currency, 'items', t.items, 'amountMinor', t.amount_minor::text,
                             'paidMinor', t.paid_minor::text, 'droppedMinor', t.dropped_minor::text) order by t.currency)
           from (select i.currency, count(*) filter (where i.live) as items,
                        coalesce(sum(i.amount_minor) filter (where i.live), 0) as amount_minor,
                        coalesce(sum(i.amount_minor) filter (where i.state = 'paid'), 0) as paid_minor,
                        coalesce(sum(i.amount_minor) filter (where not i.live), 0) as dropped_minor
                 from payouts.items i where i.batch_id = b.id group by i.currency) t), '[]') as totals
  from payouts.batches b`;

export function batchViewOf(row: BatchViewRow): BatchView {
  return {
    ...row,
    number: BigInt(row.number),
    minimums: row.minimums.map(({ currency, amountMinor }) => ({ currency, amountMinor: BigInt(amountMinor) })),
    totals: row.totals.map((total): BatchTotal => ({
      ...total,
      amountMinor: BigInt(total.amountMinor),
      paidMinor: BigInt(total.paidMinor),
      droppedMinor: BigInt(total.droppedMinor),
    })),
  };
}

export type ItemRow = Omit<Raw<NamelessItem, 'amountMinor'>, 'batchNumber' | 'lines'> & {
  readonly batchNumber: string | null;
  readonly lines: string;
};

export const ITEM_SQL = `
  select i.id as "itemId", i.batch_id as "batchId", b.number as "batchNumber", i.ordinal, i.party_id as "partyId",
         i.currency, i.amount_minor as "amountMinor", i.end_to_end_id as "endToEndId", i.state,
         i.state_reason as "stateReason", i.state_since as "stateSince", i.paid_at as "paidAt",
         i.bank_reference as "bankReference",
         (select count(*) from payouts.lines l where l.item_id = i.id) as lines
  from payouts.items i left join payouts.batches b on b.id = i.batch_id`;

export function itemOf(row: ItemRow): NamelessItem {
  const batchNumber = row.batchNumber === null ? null : BigInt(row.batchNumber);
  return { ...row, batchNumber, amountMinor: BigInt(row.amountMinor), lines: Number(row.lines) };
}

export type LineRow = Raw<LineView, 'postingId' | 'earningId' | 'shareId' | 'amountMinor'>;

export const LINE_SQL = `
  select l.item_id as "itemId", l.book_id as "bookId", l.posting_id as "postingId", l.earning_id as "earningId",
         l.share_id as "shareId", d.currency, l.amount_minor as "amountMinor", d.brand_id as "brandId",
         d.campaign_id as "campaignId", d.deal_id as "dealId", d.source_type as "sourceType", d.source_id as "sourceId",
         d.earned_at as "earnedAt", t.recorded_at as "recordedAt"
  from payouts.lines l
  join ledger.share_details d on d.book_id = l.book_id and d.share_id = l.share_id
  join ledger.transactions t on t.book_id = l.book_id and t.transaction_id = l.posting_id >> 12`;

export function lineOf(row: LineRow): LineView {
  return {
    ...row,
    postingId: BigInt(row.postingId),
    earningId: BigInt(row.earningId),
    shareId: BigInt(row.shareId),
    amountMinor: BigInt(row.amountMinor),
  };
}

export type ExclusionRow = Raw<NamelessExclusion, 'amountMinor'>;

export const EXCLUSION_SQL = `
  select x.party_id as "partyId", x.currency, x.book_id as "bookId", k.brand_id as "brandId", x.reason,
         x.amount_minor as "amountMinor", x.entries, x.expected_from as "expectedFrom",
         x.expected_until as "expectedUntil"
  from payouts.exclusions x left join ledger.books k on k.book_id = x.book_id`;

export function exclusionOf(row: ExclusionRow): NamelessExclusion {
  return { ...row, amountMinor: BigInt(row.amountMinor) };
}
