import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who sees which rows of the ledger, and the views by which other contexts read it. */
export class LedgerReading1764000063000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACCESS);
    await runner.query(POLICIES);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view ledger.payable_entries, ledger.share_details;
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

  -- Influencers whose whole chain of cuts the actor may see: herself, or those represented right now.
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
  alter table ledger.conversions enable row level security;
  alter table ledger.earnings enable row level security;
  alter table ledger.shares enable row level security;
  alter table ledger.reversals enable row level security;
  alter table ledger.freezes enable row level security;

  -- Which brand a book is of is needed beside every earning and tells nothing about the book.
  create policy books_read on ledger.books for select
    using ((select ledger.oversees()) or (select access.user_id()) is not null);

  create policy shares_read on ledger.shares for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or influencer_id = any ((select ledger.seen_parties())::uuid[])
    or party_id = any ((select access.party_ids())::uuid[]));

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

  -- A party sees the postings of shares it sees and those on its own accounts.
  create policy postings_read on ledger.postings for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or (share_id is not null and exists (select 1 from ledger.shares s where s.book_id = postings.book_id
                                         and s.share_id = postings.share_id))
    or exists (select 1 from ledger.accounts a where a.book_id = postings.book_id
               and a.account_id in (postings.debit_account_id, postings.credit_account_id)));

  create policy transactions_read on ledger.transactions for select using (
    (select ledger.oversees())
    or book_id = any ((select ledger.own_books())::integer[])
    or exists (select 1 from ledger.earnings e where e.book_id = transactions.book_id
               and e.earning_id = transactions.transaction_id)
    or exists (select 1 from ledger.postings p where p.book_id = transactions.book_id
               and p.posting_id between transactions.transaction_id << 12
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
`;

const VIEWS = `
  -- One row per posting that moves a share into (positive) or out of (negative) its payee's available balance.
  create view ledger.payable_entries with (security_invoker = true) as
    select p.book_id, p.posting_id, p.share_id, p.share_id >> 6 as earning_id, a.party_id, p.currency,
           p.amount_minor, p.recorded_at
    from ledger.accounts a
    join ledger.postings p on p.book_id = a.book_id and p.credit_account_id = a.account_id
    where a.kind = 'payee_available' and p.share_id is not null
    union all
    select p.book_id, p.posting_id, p.share_id, p.share_id >> 6, a.party_id, p.currency, -p.amount_minor, p.recorded_at
    from ledger.accounts a
    join ledger.postings p on p.book_id = a.book_id and p.debit_account_id = a.account_id
    where a.kind = 'payee_available' and p.share_id is not null;

  -- Every share with its earning and brand; frozen_reason is what stops its release or payout now, null where nothing does.
  create view ledger.share_details with (security_invoker = true) as
    select s.book_id, s.share_id, e.earning_id, (s.share_id & 63)::integer as ordinal, b.brand_id, s.party_id, s.role,
           s.share, s.currency, s.amount_minor, s.reversed_minor, s.state, s.release_at, s.released_at,
           (select min(f.reason) from ledger.freezes f where f.deal_id = e.deal_id and f.lifted_at is null)
             as frozen_reason,
           e.kind, e.source_type, e.source_id, e.deal_id, e.campaign_id, e.influencer_id, e.base_minor,
           e.base_reversed_minor, e.gross_minor, e.gross_reversed_minor, e.from_escrow_minor, e.rule_version,
           e.earned_at
    from ledger.shares s
    join ledger.earnings e on e.book_id = s.book_id and e.earning_id = s.share_id >> 6
    join ledger.books b on b.book_id = s.book_id;

  grant select on ledger.payable_entries, ledger.share_details to evenhand_app;
`;
