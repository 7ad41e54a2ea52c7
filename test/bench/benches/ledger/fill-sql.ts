/**
 * A year of history, written set-wise as the ledger's functions would have written it sale by sale: recorded in order of
 * time, in monthly partitions, each hold released when it is due. Triggers and constraints are in force.
 */

/** $1: the first instant. The partitions the ledger would have made had it been there by then. */
export const PARTITIONS_SQL = `
  select format('create table ledger.%I partition of ledger.postings for values from (%L) to (%L)', name, month, next)
           as create_sql,
         format('ledger.%I', name) as table
  from (
    select 'postings_' || to_char(m, 'YYYYMM') as name, m at time zone 'UTC' as month,
           (m + interval '1 month') at time zone 'UTC' as next
    from generate_series(date_trunc('month', $1::timestamptz at time zone 'UTC'), now() at time zone 'UTC',
                         interval '1 month') m) p
  where to_regclass('ledger.' || name) is null`;

/** The deals of the world, numbered from 0, with the accounts of their shares; $1: the deals' ids. */
export const DEALS_SQL = `
  create temp table bench_deals as
  select (row_number() over (order by e.book_id, e.deal_id) - 1)::integer as n, e.book_id, e.deal_id, e.campaign_id,
         e.influencer_id, e.rule_id, e.currency, r.account_id as receivable_id, s.parties, s.roles, s.shares, s.pending_ids,
         s.available_ids
  from (select distinct on (deal_id) * from ledger.earnings where deal_id = any ($1::uuid[]) order by deal_id, earning_id) e
  join ledger.accounts r on r.book_id = e.book_id and r.kind = 'brand_receivable'
  cross join lateral (
    select array_agg(s.party_id order by s.share_id) as parties, array_agg(s.role order by s.share_id) as roles,
           array_agg(s.share order by s.share_id) as shares, array_agg(p.account_id order by s.share_id) as pending_ids,
           array_agg(a.account_id order by s.share_id) as available_ids
    from ledger.shares s
    join ledger.accounts p on p.book_id = s.book_id and case s.role when 'platform' then p.kind = 'platform_fee_pending'
      else p.kind = 'payee_pending' and p.party_id = s.party_id end
    join ledger.accounts a on a.book_id = s.book_id and case s.role when 'platform' then a.kind = 'platform_fee'
      else a.kind = 'payee_available' and a.party_id = s.party_id end
    where s.book_id = e.book_id and s.share_id between (e.earning_id << 6) + 1 and (e.earning_id << 6) + 63) s`;

export const SALES_TABLE_SQL = `
  create temp table bench_sales (
    n bigint, id bigint, recorded_at timestamptz, source_id uuid, gross_minor bigint, amounts bigint[], deal integer)`;

export const RECORD_SALES_SQL = [
  'truncate bench_sales',
  // $1: number of the first sale; $2: how many; $3: when the first is recorded; $4: milliseconds from one to the next.
  `insert into bench_sales
   select n, nextval('ledger.transaction_ids'), at,
          (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(noise, 1, 3) || '8'
           || substr(noise, 4, 15))::uuid, gross, array[gross / 10, gross * 4 / 10, gross - gross / 10 - gross * 4 / 10], deal
   from (select n, $3::timestamptz + (n - $1::bigint) * $4::float8 * interval '1 millisecond' as at, md5(n::text) as noise,
                100 + n * 7919 % 90000 as gross, (n * 7919 % (select count(*) from bench_deals))::integer as deal
         from generate_series($1::bigint, $1::bigint + $2::bigint - 1) n) f
   order by n`,
  `insert into ledger.transactions
     (book_id, transaction_id, kind, idempotency_key, request_hash, effective_at, recorded_at)
   select d.book_id, f.id, 'sale_recorded', 'sale:' || f.source_id, sha256(f.source_id::text::bytea),
          f.recorded_at - interval '1 minute', f.recorded_at
   from bench_sales f join bench_deals d on d.n = f.deal order by f.n`,
  `insert into ledger.postings
     (book_id, recorded_at, posting_id, debit_account_id, credit_account_id, amount_minor, share_id, currency)
   select d.book_id, f.recorded_at, (f.id << 12) + s, d.receivable_id, d.pending_ids[s], f.amounts[s], (f.id << 6) + s,
          d.currency
   from bench_sales f join bench_deals d on d.n = f.deal cross join generate_series(1, 3) s order by f.n, s`,
  `insert into ledger.earnings
     (book_id, earning_id, rule_id, kind, source_type, source_id, deal_id, campaign_id, influencer_id, currency,
      base_minor, gross_minor, from_escrow_minor, earned_at)
   select d.book_id, f.id, d.rule_id, 'note_commission', 'sale', f.source_id, d.deal_id, d.campaign_id, d.influencer_id,
          d.currency, f.gross_minor * 10, f.gross_minor, 0, f.recorded_at - interval '1 minute'
   from bench_sales f join bench_deals d on d.n = f.deal order by f.n`,
  `insert into ledger.shares
     (book_id, share_id, party_id, influencer_id, role, share, currency, is_held, amount_minor)
   select d.book_id, (f.id << 6) + s, d.parties[s], d.influencer_id, d.roles[s], d.shares[s], d.currency, true, f.amounts[s]
   from bench_sales f join bench_deals d on d.n = f.deal cross join generate_series(1, 3) s order by f.n, s`,
  `insert into ledger.holds (book_id, earning_id, release_at)
   select d.book_id, f.id, f.recorded_at + interval '14 days'
   from bench_sales f join bench_deals d on d.n = f.deal order by f.n`,
];

/** $1: until when; releases a day of each book in one transaction, each book a little after the one before. */
export const RELEASE_SQL = `
  with due as materialized (
    select h.book_id, h.earning_id, h.release_at from ledger.holds h
    where h.released_by is null and h.release_at <= $1::timestamptz
  ), made as materialized (
    select book_id, nextval('ledger.transaction_ids') as id, $1::timestamptz + book_id * interval '1 millisecond' as recorded_at
    from (select distinct book_id from due order by book_id) p
  ), recorded as (
    insert into ledger.transactions
      (book_id, transaction_id, kind, idempotency_key, request_hash, effective_at, recorded_at)
    select book_id, id, 'holds_released', 'release:' || id, sha256(('release:' || id)::bytea), $1, recorded_at from made
  ), moved as materialized (
    select m.book_id, m.id, m.recorded_at, d.pending_ids[s] as pending_id, d.available_ids[s] as available_id, d.currency,
           case d.roles[s] when 'platform' then null else d.parties[s] end as party_id,
           array_agg(a.share_id order by a.share_id) as share_ids,
           array_agg(a.amount_minor::bigint order by a.share_id) as amounts, sum(a.amount_minor)::bigint as amount,
           (m.id << 12) + row_number() over (partition by m.book_id) as posting_id
    from due h join made m on m.book_id = h.book_id
    join ledger.earnings e on e.book_id = h.book_id and e.earning_id = h.earning_id
    join bench_deals d on d.deal_id = e.deal_id
    cross join generate_series(1, 3) s
    join ledger.shares a on a.book_id = h.book_id and a.share_id = (h.earning_id << 6) + s
    where a.amount_minor > 0
    group by m.book_id, m.id, m.recorded_at, d.pending_ids[s], d.available_ids[s], d.currency, d.roles[s], d.parties[s]
  ), told as (
    insert into ledger.posting_shares (book_id, posting_id, party_id, share_ids, amounts_minor)
    select book_id, posting_id, party_id, share_ids, amounts from moved
  ), posted as (
    insert into ledger.postings
      (book_id, recorded_at, posting_id, debit_account_id, credit_account_id, amount_minor, currency)
    select book_id, recorded_at, posting_id, pending_id, available_id, amount, currency from moved order by posting_id
  )
  update ledger.holds h set released_by = m.id, released_at = $1
  from due join made m on m.book_id = due.book_id
  where h.book_id = due.book_id and h.earning_id = due.earning_id`;
