import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who sees which rows of the ledger, and the views by which other contexts read it. */
export class LedgerReading1764000063000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACCESS);
    await runner.query(POLICIES);
    await runner.query(BALANCES);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view ledger.payable_entries, ledger.share_details, ledger.account_balances;
      drop function ledger.transactions_of, ledger.balance_at, ledger.sees_account;
      drop function ledger.oversees, ledger.own_books, ledger.seen_parties cascade`);
  }
}

const ACCESS = `
  revoke execute on all functions in schema ledger from public;

  create function ledger.oversees() returns boolean language sql stable parallel safe as
    $$ select access.is_system() or access.is_finance() or access.is_operator() $$;

  create function ledger.own_books() returns integer[]
  language sql stable parallel safe security definer set search_path = ledger, pg_temp as
    $$ select coalesce(array_agg(b.book_id), '{}') from books b where b.brand_id = any (access.party_ids()) $$;

  -- Influencers whose earnings the actor may see: herself, with the whole chain of cuts, or those represented right now,
  -- without what other agencies take.
  create function ledger.seen_parties() returns uuid[] language sql stable parallel safe as
    $$ select access.party_ids() || access.represented_ids() $$;

  revoke execute on function ledger.oversees(), ledger.own_books(), ledger.seen_parties() from public;
  grant execute on function ledger.oversees(), ledger.own_books(), ledger.seen_parties(),
    ledger.account_key(text, text, uuid, uuid, text) to evenhand_app;

  grant select on all tables in schema ledger to evenhand_app;
  revoke select on ledger.postings_default from evenhand_app;
  do $$
  declare v_partition regclass;
  begin
    for v_partition in select inhrelid::regclass from pg_inherits where inhparent = 'ledger.postings'::regclass loop
      execute format('revoke all on %s from evenhand_app', v_partition);
    end loop;
  end $$;
`;

const POLICIES = `
  alter table ledger.books enable row level security;
  alter table ledger.accounts enable row level security;
  alter table ledger.balances enable row level security;
  alter table ledger.transactions enable row level security;
  alter table ledger.postings enable row level security;
  alter table ledger.posting_shares enable row level security;
  alter table ledger.conversions enable row level security;
  alter table ledger.earnings enable row level security;
  alter table ledger.checkpoints enable row level security;
  alter table ledger.rules enable row level security;
  alter table ledger.shares enable row level security;
  alter table ledger.holds enable row level security;
  alter table ledger.reversals enable row level security;
  alter table ledger.freezes enable row level security;
  alter table ledger.earning_freezes enable row level security;

  -- Which brand a book is of is needed beside every earning and tells nothing about the book.
  create policy books_read on ledger.books for select
    using ((select ledger.oversees()) or (select access.user_id()) is not null);

  create policy shares_read on ledger.shares for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or influencer_id = any ((select access.party_ids())::uuid[])
    or party_id = any ((select access.party_ids())::uuid[])
    or (role <> 'agency' and influencer_id = any ((select access.represented_ids())::uuid[])));

  create policy earnings_read on ledger.earnings for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or influencer_id = any ((select ledger.seen_parties())::uuid[])
    or exists (select 1 from ledger.shares s where s.book_id = earnings.book_id
               and s.share_id between (earnings.earning_id << 6) + 1 and (earnings.earning_id << 6) + 63
               and s.party_id = any ((select access.party_ids())::uuid[])));

  create policy accounts_read on ledger.accounts for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or party_id = any ((select access.party_ids())::uuid[]));

  create policy balances_read on ledger.balances for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or exists (select 1 from ledger.accounts a where a.book_id = balances.book_id
               and a.account_id = balances.account_id));

  create policy checkpoints_read on ledger.checkpoints for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or exists (select 1 from ledger.accounts a where a.book_id = checkpoints.book_id
               and a.account_id = checkpoints.account_id));

  -- A rule and a hold are seen by whoever sees an earning that goes by it.
  create policy rules_read on ledger.rules for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or exists (select 1 from ledger.earnings e where e.book_id = rules.book_id and e.rule_id = rules.rule_id));

  create policy holds_read on ledger.holds for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or exists (select 1 from ledger.earnings e where e.book_id = holds.book_id and e.earning_id = holds.earning_id));

  -- What a release moves for a party is seen by whoever sees all of the party's shares.
  create policy posting_shares_read on ledger.posting_shares for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or party_id = any ((select ledger.seen_parties())::uuid[]));

  -- A party sees the postings of shares it sees and those on its own accounts.
  create policy postings_read on ledger.postings for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or (share_id is not null and exists (select 1 from ledger.shares s where s.book_id = postings.book_id
                                         and s.share_id = postings.share_id))
    or (share_id is null and exists (select 1 from ledger.posting_shares s where s.book_id = postings.book_id
                                     and s.posting_id = postings.posting_id))
    or exists (select 1 from ledger.accounts a where a.book_id = postings.book_id
               and a.account_id in (postings.debit_account_id, postings.credit_account_id)));

  create policy transactions_read on ledger.transactions for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or exists (select 1 from ledger.earnings e where e.book_id = transactions.book_id
               and e.earning_id = transactions.transaction_id)
    or exists (select 1 from ledger.postings p where p.book_id = transactions.book_id
               and p.recorded_at = transactions.recorded_at and p.posting_id between transactions.transaction_id << 12
                                    and (transactions.transaction_id << 12) + 4095));

  create policy conversions_read on ledger.conversions for select using (
    exists (select 1 from ledger.transactions t where t.book_id = conversions.book_id
            and t.transaction_id = conversions.transaction_id));

  create policy reversals_read on ledger.reversals for select using (
    exists (select 1 from ledger.earnings e where e.book_id = reversals.book_id
            and e.earning_id = reversals.earning_id));

  create policy freezes_read on ledger.freezes for select using (
    (select ledger.oversees())
    or exists (select 1 from ledger.earnings e where e.deal_id = freezes.deal_id));

  create policy earning_freezes_read on ledger.earning_freezes for select using (
    exists (select 1 from ledger.earnings e where e.book_id = earning_freezes.book_id
            and e.earning_id = earning_freezes.earning_id));
`;

const BALANCES = `
  -- Whether the account is the reader's to see, as the policy of the table has it, or the reader owns the table.
  create function ledger.sees_account(p_book integer, p_party uuid) returns boolean language sql stable as $$
    select ledger.oversees() or p_book = any (ledger.own_books()) or coalesce(p_party = any (access.party_ids()), false)
           or (session_user = current_user and current_setting('role') = 'none')
  $$;
  revoke execute on function ledger.sees_account(integer, uuid) from public;

  -- The balance of an account after everything recorded up to an instant, positive on its normal side: its last
  -- checkpoint and what was posted since. With a posting: of that very instant only the postings up to it. Null where the
  -- account is not the reader's to see, which is asked once, not of each posting.
  create function ledger.balance_at(
    p_book integer, p_account bigint, p_at timestamptz, p_posting bigint default 9223372036854775807
  ) returns numeric language plpgsql stable security definer set search_path = ledger, pg_temp
  -- To plan anew for every account would take longer than to skip the partitions that are not needed.
  set plan_cache_mode = force_generic_plan as $$
  declare
    v_sign integer;
    v_from timestamptz;
    v_balance numeric;
    v_debited numeric;
  begin
    select a.debit_sign, coalesce(c.recorded_at, '-infinity'), coalesce(c.balance_minor, 0)
      into v_sign, v_from, v_balance
    from accounts a
    left join lateral (
      select k.recorded_at, k.balance_minor from checkpoints k
      where k.book_id = p_book and k.account_id = p_account
        and (k.recorded_at < p_at or (k.recorded_at = p_at and p_posting = 9223372036854775807))
      order by k.recorded_at desc limit 1) c on true
    where a.book_id = p_book and a.account_id = p_account and sees_account(a.book_id, a.party_id);
    select sum(l.debited) into v_debited from (
      select p.amount_minor as debited from postings p
      where p.book_id = p_book and p.debit_account_id = p_account and p.recorded_at > v_from and p.recorded_at <= p_at
        and (p.recorded_at < p_at or p.posting_id <= p_posting)
      union all
      select -p.amount_minor from postings p
      where p.book_id = p_book and p.credit_account_id = p_account and p.recorded_at > v_from and p.recorded_at <= p_at
        and (p.recorded_at < p_at or p.posting_id <= p_posting)) l;
    return v_balance + v_sign * coalesce(v_debited, 0);
  end $$;
  revoke execute on function ledger.balance_at(integer, bigint, timestamptz, bigint) from public;

  -- The transactions that recorded, took back from and released an earning.
  create function ledger.transactions_of(p_book integer, p_earning bigint) returns bigint[]
  language sql stable as $$
    select array(
      select p_earning
      union select r.transaction_id from ledger.reversals r where r.book_id = p_book and r.earning_id = p_earning
      union select h.released_by from ledger.holds h
      where h.book_id = p_book and h.earning_id = p_earning and h.released_by is not null)
  $$;
  grant execute on function ledger.balance_at(integer, bigint, timestamptz, bigint),
    ledger.transactions_of(integer, bigint) to evenhand_app;
`;

const VIEWS = `
  -- One row per posting and share that moves the share into (positive) or out of (negative) its payee's available balance.
  create view ledger.payable_entries with (security_invoker = true) as
    select p.book_id, p.posting_id, s.share_id, s.share_id >> 6 as earning_id, a.party_id, p.currency,
           s.amount_minor, p.recorded_at
    from ledger.accounts a
    join ledger.postings p on p.book_id = a.book_id and p.credit_account_id = a.account_id
    left join ledger.posting_shares m on m.book_id = p.book_id and m.posting_id = p.posting_id
    cross join lateral (
      select p.share_id, p.amount_minor::bigint as amount_minor where p.share_id is not null
      union all select * from unnest(m.share_ids, m.amounts_minor)) s
    where a.kind = 'payee_available'
    union all
    select p.book_id, p.posting_id, p.share_id, p.share_id >> 6, a.party_id, p.currency, -p.amount_minor, p.recorded_at
    from ledger.accounts a
    join ledger.postings p on p.book_id = a.book_id and p.debit_account_id = a.account_id
    where a.kind = 'payee_available' and p.share_id is not null;

  -- Every share with its earning and brand; frozen_reason is what stops its release or payout now, null where nothing does.
  create view ledger.share_details with (security_invoker = true) as
    select s.book_id, s.share_id, e.earning_id, (s.share_id & 63)::integer as ordinal, b.brand_id, s.party_id, s.role,
           s.share, s.currency, s.amount_minor, s.reversed_minor,
           case when s.is_held and h.released_by is null then 'held' else 'released' end as state,
           case when s.is_held then h.release_at end as release_at,
           case when s.is_held then h.released_at else e.earned_at end as released_at,
           -- That of the deal comes first: it stops what is released already, too.
           coalesce((select min(f.reason) from ledger.freezes f where f.deal_id = e.deal_id and f.lifted_at is null),
                    case when h.freezes > 0 or h.released_by is not null then
                      (select min(f.reason) from ledger.earning_freezes f
                       where f.book_id = e.book_id and f.earning_id = e.earning_id and f.lifted_at is null) end)
             as frozen_reason,
           e.kind, e.source_type, e.source_id, e.deal_id, e.campaign_id, e.influencer_id, e.base_minor,
           e.base_reversed_minor, e.gross_minor, e.gross_reversed_minor, e.from_escrow_minor, e.rule_id, e.earned_at
    from ledger.shares s
    join ledger.earnings e on e.book_id = s.book_id and e.earning_id = s.share_id >> 6
    join ledger.holds h on h.book_id = s.book_id and h.earning_id = s.share_id >> 6
    join ledger.books b on b.book_id = s.book_id;

  -- Every account with its exact balance now: kept where it has a floor, summed from its last checkpoint elsewhere.
  create view ledger.account_balances with (security_invoker = true) as
    select a.book_id, a.account_id, a.account_key, a.kind, a.currency, a.party_id, a.deal_id, a.purpose, a.debit_sign,
           coalesce((select sum(k.balance_minor)::bigint from ledger.balances k
                     where k.book_id = a.book_id and k.account_id = a.account_id),
                    ledger.balance_at(a.book_id, a.account_id, 'infinity')) as balance_minor
    from ledger.accounts a;

  grant select on ledger.payable_entries, ledger.share_details, ledger.account_balances to evenhand_app;
`;
