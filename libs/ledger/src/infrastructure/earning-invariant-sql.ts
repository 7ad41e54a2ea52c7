import { ACCOUNT, type Invariant } from './invariant';

/** The kinds of account on which shares are. */
const OF_SHARES = `('payee_pending', 'payee_available', 'platform_fee_pending', 'platform_fee')`;

export const EARNING_INVARIANTS: readonly Invariant[] = [
  {
    name: 'every earning has its transaction, its rule and its hold, and a released hold its release',
    sql: `
      select format('book %s: earning %s of %s %s has %s', e.book_id, e.earning_id, e.gross_minor, e.currency,
                    case when t.transaction_id is null then 'no transaction' when r.rule_id is null then 'no rule'
                         when h.earning_id is null then 'no hold'
                         else format('a hold released by transaction %s, which is no release', h.released_by) end) as finding
      from ledger.earnings e
      left join ledger.transactions t on t.book_id = e.book_id and t.transaction_id = e.earning_id
      left join ledger.rules r on r.book_id = e.book_id and r.rule_id = e.rule_id
      left join ledger.holds h on h.book_id = e.book_id and h.earning_id = e.earning_id
      left join ledger.transactions f on f.book_id = h.book_id and f.transaction_id = h.released_by
      where t.transaction_id is null or r.rule_id is null or h.earning_id is null
         or (h.released_by is not null and f.kind is distinct from 'holds_released')`,
  },
  {
    name: 'the accounts kept for the shares of a rule are theirs',
    sql: `
      with kept as (
        select s.book_id, s.rule_id, s.rule_hash, s.currency, w.n, w.party_id, w.role, w.account_id,
               case w.role when 'owed' then 'brand_receivable' when 'platform' then 'platform_fee_pending'
                           else 'payee_pending' end as kind,
               case when w.role not in ('owed', 'platform') then w.party_id end as payee_id
        from ledger.split_accounts s
        cross join unnest(s.party_ids || null::uuid, s.roles || 'owed'::text, s.pending_account_ids || s.owed_account_id)
          with ordinality w (party_id, role, account_id, n)
      ), ruled as (
        -- In the order of an earning's shares: the cut on top comes first.
        select r.book_id, r.rule_id, r.rule_hash, case when r.rule #> '{plan,onTop}' is null then '[]'::jsonb
                 else jsonb_build_array(r.rule #> '{plan,onTop}') end || (r.rule #> '{plan,shares}') as shares
        from ledger.rules r
      ), compared as (
        select k.*, r.rule_hash is distinct from k.rule_hash or k.role <> 'owed' and (
                 (r.shares -> (k.n - 1)::integer ->> 'partyId')::uuid is distinct from k.party_id
                 or r.shares -> (k.n - 1)::integer ->> 'role' is distinct from k.role) as is_of_others
        from kept k left join ruled r on r.book_id = k.book_id and r.rule_id = k.rule_id
      )
      select format('book %s: %s of rule %s in %s is said to be on %s%s', k.book_id,
                    case k.role when 'owed' then 'what the brand owes' else format('share %s (%s)', k.n, k.role) end,
                    k.rule_id, k.currency, coalesce(${ACCOUNT('a')}, 'an account that is not there'),
                    case when k.is_of_others then ', which is not by the rule' else '' end) as finding
      from compared k left join ledger.accounts a on a.book_id = k.book_id and a.account_id = k.account_id
      where k.is_of_others
         or a.account_key is distinct from ledger.account_key(k.kind, k.currency, k.payee_id, null, null)`,
  },
  {
    name: 'every hold counts the freezes of its earning that are in force, and is not released while there is one',
    sql: `
      select format('book %s: the hold of earning %s counts %s freezes, %s are in force%s', coalesce(h.book_id, f.book_id),
                    coalesce(h.earning_id, f.earning_id), coalesce(h.freezes, 0), coalesce(f.freezes, 0),
                    case when h.released_by is not null then ', and it is released' else '' end) as finding
      from (select book_id, earning_id, freezes, released_by from ledger.holds where freezes > 0) h
      full join (select book_id, earning_id, count(*) as freezes from ledger.earning_freezes
                 where lifted_at is null and not after_release group by book_id, earning_id) f
        on f.book_id = h.book_id and f.earning_id = h.earning_id
      where coalesce(h.freezes, 0) <> coalesce(f.freezes, 0) or h.released_by is not null`,
  },
  {
    name: 'the shares of every earning sum to its gross, and what was taken back to what was refunded',
    sql: `
      select format('book %s: earning %s has a gross of %s %s, of which %s taken back; its shares are %s, of which %s',
                    e.book_id, e.earning_id, e.gross_minor, e.currency, e.gross_reversed_minor,
                    coalesce(s.amount, 0), coalesce(s.reversed, 0)) as finding
      from ledger.earnings e
      left join (select book_id, share_id >> 6 as earning_id, sum(amount_minor) as amount, sum(reversed_minor) as reversed
                 from ledger.shares group by book_id, share_id >> 6) s
        on s.book_id = e.book_id and s.earning_id = e.earning_id
      where coalesce(s.amount, 0) <> e.gross_minor or coalesce(s.reversed, 0) <> e.gross_reversed_minor`,
  },
  {
    name: 'an earning refunded in full has nothing left of any share',
    sql: `
      select format('book %s: share %s of the refunded earning %s still has %s %s', e.book_id, s.share_id, e.earning_id,
                    s.amount_minor - s.reversed_minor, s.currency) as finding
      from ledger.earnings e
      join ledger.shares s on s.book_id = e.book_id and s.share_id >> 6 = e.earning_id
      where e.base_minor > 0 and e.base_reversed_minor = e.base_minor and s.amount_minor <> s.reversed_minor`,
  },
  {
    name: 'what refunds took back is on the earning',
    sql: `
      select format('book %s: earning %s says %s of its base and %s of its gross were refunded, its refunds say %s and %s',
                    e.book_id, e.earning_id, e.base_reversed_minor, e.gross_reversed_minor,
                    coalesce(r.base, 0), coalesce(r.gross, 0)) as finding
      from ledger.earnings e
      left join (select book_id, earning_id, sum(base_minor) as base, sum(gross_minor) as gross
                 from ledger.reversals group by book_id, earning_id) r
        on r.book_id = e.book_id and r.earning_id = e.earning_id
      where coalesce(r.base, 0) <> e.base_reversed_minor or coalesce(r.gross, 0) <> e.gross_reversed_minor`,
  },
  {
    name: 'the postings of every share leave what is left of it with its party: pending while held, available afterwards',
    isSlow: true,
    sql: `
      with owned as materialized (
        -- One account to stand for all on which a party's shares are, null for every other account.
        select a.book_id, a.account_id, (a.kind in ('payee_pending', 'platform_fee_pending'))::integer as pending,
               (a.kind in ('payee_available', 'platform_fee'))::integer as available,
               case when a.kind in ${OF_SHARES} then min(a.account_id) filter (where a.kind in ${OF_SHARES})
                    over (partition by a.book_id, a.currency, a.party_id) end as owner
        from ledger.accounts a
      ), moved as (
        select p.book_id, p.share_id, p.amount_minor, p.debit_account_id, p.credit_account_id
        from ledger.postings p where p.share_id is not null
        union all
        select p.book_id, w.share_id, w.amount_minor, p.debit_account_id, p.credit_account_id
        from ledger.posting_shares m
        join ledger.postings p on p.book_id = m.book_id and p.posting_id = m.posting_id
        cross join unnest(m.share_ids, m.amounts_minor) w (share_id, amount_minor)
      ), posted as (
        select p.book_id, p.share_id, sum(p.amount_minor * (c.pending - d.pending)) as pending,
               sum(p.amount_minor * (c.available - d.available)) as available,
               min(least(d.owner, c.owner)) as first_owner, max(greatest(d.owner, c.owner)) as last_owner
        from moved p
        join owned d on d.book_id = p.book_id and d.account_id = p.debit_account_id
        join owned c on c.book_id = p.book_id and c.account_id = p.credit_account_id
        group by p.book_id, p.share_id
      ), compared as (
        select s.*, s.amount_minor - s.reversed_minor as left_minor, s.is_held and h.released_by is null as is_pending,
               coalesce(p.pending, 0) as pending, coalesce(p.available, 0) as available,
               p.share_id is not null and (p.first_owner <> p.last_owner or o.party_id is distinct from
                 case s.role when 'platform' then null else s.party_id end) as is_elsewhere
        from ledger.shares s
        left join ledger.holds h on h.book_id = s.book_id and h.earning_id = s.share_id >> 6
        left join posted p on p.book_id = s.book_id and p.share_id = s.share_id
        left join ledger.accounts o on o.book_id = p.book_id and o.account_id = p.first_owner
      )
      select format('book %s: %s %s of share %s (earning %s, %s %s) are to be %s; its postings leave %s pending and %s available%s, by transactions %s',
                    s.book_id, s.left_minor, s.currency, s.share_id, s.share_id >> 6, s.role, s.party_id,
                    case when s.is_pending then 'pending' else 'available' end, s.pending, s.available,
                    case when s.is_elsewhere then ', some of it with another party' else '' end,
                    array_to_string(ledger.transactions_of(s.book_id, s.share_id >> 6), ', ')) as finding
      from compared s
      where s.is_elsewhere or s.pending <> case when s.is_pending then s.left_minor else 0 end
         or s.available <> case when s.is_pending then 0 else s.left_minor end`,
  },
  {
    name: 'what is pending for a party is what is left of its held shares',
    sql: `
      with held as (
        select s.book_id, s.currency, case s.role when 'platform' then null else s.party_id end as party_id,
               sum(s.amount_minor - s.reversed_minor) as amount
        from ledger.shares s
        join ledger.holds h on h.book_id = s.book_id and h.earning_id = s.share_id >> 6 and h.released_by is null
        where s.is_held group by 1, 2, 3
      ), pending as (
        select a.book_id, a.currency, a.party_id, sum(a.balance_minor) as amount
        from ledger.account_balances a
        where a.kind in ('payee_pending', 'platform_fee_pending') group by 1, 2, 3
      )
      select format('book %s: %s %s are pending for %s, the held shares sum to %s', coalesce(p.book_id, h.book_id),
                    coalesce(p.amount, 0), coalesce(p.currency, h.currency),
                    coalesce('party ' || coalesce(p.party_id, h.party_id), 'the platform'), coalesce(h.amount, 0)) as finding
      from pending p full join held h on h.book_id = p.book_id and h.currency = p.currency
        and coalesce(h.party_id::text, '') = coalesce(p.party_id::text, '')
      where coalesce(p.amount, 0) <> coalesce(h.amount, 0)`,
  },
];
