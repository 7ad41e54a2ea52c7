/**
 * Chooses what a batch pays and writes its items, lines and exclusions in one statement. Parameters: $1 batch id,
 * $2 cut-off, $3 now, $4 currencies or null, then the candidates as arrays: $5 parties, $6 currencies, $7 item ids,
 * $8 end-to-end ids, $9 whether they have an account.
 *
 * The rules, in their order:
 * 1. A share whose deal or earning is frozen is left out with all its entries (disputed), unless it is a debt.
 * 2. A share that first became available after the cut-off waits (after_cut_off); refunds count at once, whenever they came.
 * 3. Within one book a payee's entries are netted; what is not above zero waits (negative_balance). Books are not netted
 *    against each other: no brand's money pays what is owed to another.
 * 4. A payee needs an account (no_payout_account) and, over all books, at least the minimum (below_minimum).
 * 5. A book pays, oldest first, as far as its cash goes that is neither in transit nor planned (waiting_for_brand_money).
 */
export const SELECT_INTO_BATCH = `
with wanted as materialized (
  select w.party_id, w.currency, w.item_id, w.end_to_end_id, w.has_account, coalesce(m.minimum_minor, 0) as minimum_minor
  from unnest($5::uuid[], $6::text[], $7::uuid[], $8::text[], $9::boolean[])
    w (party_id, currency, item_id, end_to_end_id, has_account)
  left join payouts.minimums m on m.batch_id = $1 and m.currency = w.currency
),
frozen as materialized (
  select d.book_id, d.share_id from ledger.freezes f join ledger.share_details d on d.deal_id = f.deal_id
  where f.lifted_at is null
  group by d.book_id, d.share_id
  union
  select s.book_id, s.share_id
  from ledger.earning_freezes f
  join ledger.shares s on s.book_id = f.book_id
    and s.share_id between (f.earning_id << 6) + 1 and (f.earning_id << 6) + 63
  where f.after_release and f.lifted_at is null
),
unpaid as materialized (
  select e.book_id, e.posting_id, e.share_id, e.earning_id, e.party_id, e.currency::text as currency, e.amount_minor,
         e.recorded_at,
         sum(e.amount_minor) over share as share_minor, min(e.recorded_at) over share as share_since
  from wanted w
  join ledger.payable_entries e on e.party_id = w.party_id and e.currency = w.currency::char(3)
  where not exists (select 1 from payouts.lines l
                    where l.book_id = e.book_id and l.posting_id = e.posting_id and l.share_id = e.share_id
                      and l.live)
  window share as (partition by e.book_id, e.share_id)
),
judged as (
  select u.*,
         case when f.share_id is not null and u.share_minor >= 0 then 'disputed'
              when u.share_since > $2 and u.share_minor >= 0 then 'after_cut_off' end as stop
  from unpaid u left join frozen f on f.book_id = u.book_id and f.share_id = u.share_id
),
netted as (
  select j.*, sum(j.amount_minor) over (partition by j.book_id, j.party_id, j.currency) as part_minor
  from judged j where j.stop is null
),
totalled as (
  select n.*, w.has_account, w.minimum_minor,
         sum(n.amount_minor) over (partition by n.party_id, n.currency) as total_minor
  from netted n join wanted w on w.party_id = n.party_id and w.currency = n.currency
  where n.part_minor > 0
),
steps as (
  select t.*, sum(t.amount_minor) over (partition by t.book_id, t.currency, t.party_id
                order by t.amount_minor > 0, t.recorded_at, t.posting_id, t.share_id rows unbounded preceding) as so_far_minor
  from totalled t
  where t.has_account and t.total_minor >= t.minimum_minor
),
needs as (
  select s.*, sum(greatest(s.so_far_minor, 0) - greatest(s.so_far_minor - s.amount_minor, 0))
                over (partition by s.book_id, s.currency
                      order by s.amount_minor > 0, s.recorded_at, s.posting_id, s.share_id rows unbounded preceding) as need_minor
  from steps s
),
planned as (
  select l.book_id, i.currency::text as currency, sum(l.amount_minor) as planned_minor
  from payouts.items i join payouts.lines l on l.item_id = i.id
  where i.state = 'planned' group by l.book_id, i.currency
),
funded as (
  select n.*, n.need_minor <= coalesce(c.cash_minor, 0) - coalesce(p.planned_minor, 0) as is_funded
  from needs n
  left join payouts.book_cash c on c.book_id = n.book_id and c.currency = n.currency
  left join planned p on p.book_id = n.book_id and p.currency = n.currency
),
parts as (
  select f.*, coalesce(sum(f.amount_minor) filter (where f.is_funded)
                         over (partition by f.book_id, f.party_id, f.currency), 0) as funded_part_minor
  from funded f
),
chosen as materialized (
  select p.*, p.is_funded and p.funded_part_minor > 0 as is_chosen,
         coalesce(sum(p.amount_minor) filter (where p.is_funded and p.funded_part_minor > 0)
                    over (partition by p.party_id, p.currency), 0) as chosen_minor
  from parts p
),
left_out as (
  select d.party_id, d.currency::text as currency, d.book_id,
         case when d.frozen_reason = 'risk' then 'risk_review' when d.frozen_reason is not null then 'disputed'
              when d.release_at > $3 then 'held_until' else 'release_due' end as reason,
         d.amount_minor - d.reversed_minor as amount_minor,
         case when d.frozen_reason is null then d.release_at end as expected_at
  from ledger.share_details d
  where d.state = 'held' and d.role <> 'platform' and d.amount_minor > d.reversed_minor
    and ($4::text[] is null or d.currency = any ($4::char(3)[]))
  union all
  select j.party_id, j.currency, j.book_id, j.stop, j.amount_minor, null from judged j where j.stop is not null
  union all
  select n.party_id, n.currency, n.book_id, 'negative_balance', n.amount_minor, null from netted n where n.part_minor < 0
  union all
  select t.party_id, t.currency, t.book_id,
         case when t.has_account then 'below_minimum' else 'no_payout_account' end, t.amount_minor, null
  from totalled t where not t.has_account or t.total_minor < t.minimum_minor
  union all
  select c.party_id, c.currency, c.book_id,
         case when c.is_chosen then 'below_minimum' else 'waiting_for_brand_money' end, c.amount_minor, null
  from chosen c where not c.is_chosen or c.chosen_minor < c.minimum_minor
),
new_exclusions as (
  insert into payouts.exclusions (batch_id, party_id, currency, book_id, reason, amount_minor, entries,
                                  expected_from, expected_until)
  select $1, o.party_id, o.currency, o.book_id, o.reason, sum(o.amount_minor), count(*), min(o.expected_at),
         max(o.expected_at)
  from left_out o
  group by o.party_id, o.currency, o.book_id, o.reason
  having sum(o.amount_minor) <> 0
),
new_items as (
  insert into payouts.items (id, batch_id, ordinal, party_id, currency, amount_minor, end_to_end_id, state_since)
  select w.item_id, $1, row_number() over (order by w.currency, w.party_id), w.party_id, w.currency,
         sum(c.amount_minor), w.end_to_end_id, $3
  from chosen c join wanted w on w.party_id = c.party_id and w.currency = c.currency
  where c.is_chosen and c.chosen_minor >= c.minimum_minor
  group by w.item_id, w.party_id, w.currency, w.end_to_end_id
)
insert into payouts.lines (item_id, live, party_id, book_id, posting_id, earning_id, share_id, amount_minor)
select w.item_id, true, c.party_id, c.book_id, c.posting_id, c.earning_id, c.share_id, c.amount_minor
from chosen c join wanted w on w.party_id = c.party_id and w.currency = c.currency
where c.is_chosen and c.chosen_minor >= c.minimum_minor
order by w.item_id, c.book_id, c.posting_id, c.share_id`;
