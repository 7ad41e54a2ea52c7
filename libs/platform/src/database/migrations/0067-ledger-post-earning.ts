import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The short way of an earning that comes alone, beside `ledger.post_batch` and by the same steps. */
export class LedgerPostEarning1764000067000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SPLIT_ACCOUNTS);
    await runner.query(POST_EARNING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function ledger.post_earning, ledger.find_split_accounts');
    await runner.query('drop table ledger.split_accounts');
  }
}

const SPLIT_ACCOUNTS = `
  -- Between which accounts the earnings of a rule are posted, found once: to look for each anew takes an eighth of the time
  -- of an earning that comes alone. Accounts never change, so that these never do.
  create table ledger.split_accounts (
    book_id integer not null,
    rule_hash ledger.digest not null,
    currency char(3) not null,
    rule_id integer not null,
    owed_account_id bigint not null,
    -- Of each share: whose it is, as what, and where it goes while it is held.
    party_ids uuid[] not null,
    roles text[] not null,
    pending_account_ids bigint[] not null,
    primary key (book_id, rule_hash, currency),
    foreign key (book_id, rule_id) references ledger.rules,
    foreign key (book_id, owed_account_id) references ledger.accounts,
    check (cardinality(party_ids) = cardinality(roles) and cardinality(roles) = cardinality(pending_account_ids))
  );
  select ledger.make_append_only('ledger.split_accounts');
  alter table ledger.split_accounts enable row level security;
  create policy split_accounts_read on ledger.split_accounts for select using ((select ledger.oversees()));
  grant select on ledger.split_accounts to evenhand_app;

  -- Null where the rule was never seen, or what is owed or a share that gets something has no account. Kept once all
  -- shares have theirs.
  create function ledger.find_split_accounts(
    p_book integer, p_rule_hash bytea, p_currency text, p_parties uuid[], p_roles text[], p_amounts bigint[]
  ) returns ledger.split_accounts language plpgsql as $$
  declare
    v_found ledger.split_accounts;
  begin
    select p_book, p_rule_hash, p_currency, r.rule_id, o.account_id, p_parties, p_roles, array(
        select a.account_id from unnest(p_parties, p_roles) with ordinality w (party_id, role, n)
        left join accounts a on a.book_id = p_book and a.account_key = case w.role
          when 'platform' then account_key('platform_fee_pending', p_currency, null, null, null)
          else account_key('payee_pending', p_currency, w.party_id, null, null) end
        order by w.n)
      into v_found
    from rules r
    join accounts o on o.book_id = r.book_id
      and o.account_key = account_key('brand_receivable', p_currency, null, null, null)
    where r.book_id = p_book and r.rule_hash = p_rule_hash;
    for n in 1..cardinality(p_amounts) loop
      if p_amounts[n] > 0 and v_found.pending_account_ids[n] is null then return null; end if;
    end loop;
    -- By one at a time, so that nobody waits for whoever is at it.
    if array_position(v_found.pending_account_ids, null) is null
      and pg_try_advisory_xact_lock(1764000067, v_found.rule_id)
    then
      insert into split_accounts values (v_found.*) on conflict do nothing;
    end if;
    return v_found;
  end $$;
  revoke execute on function ledger.find_split_accounts from public;
`;

const POST_EARNING = `
  -- One earning whose commission the deal's reserve pays as far as it goes and the brand owes for the rest, and all of whose
  -- shares are held: most of what is posted. It writes what post_batch would, but for the account of a reserve that was
  -- never funded, by plain statements, which for one earning take a third of the time. Null, and nothing recorded, where
  -- post_batch is to be asked instead: the key is taken, or an account or the rule was never seen before.
  create function ledger.post_earning(
    p_book integer, p_key text, p_hash bytea, p_kind text, p_effective_at timestamptz, p_rule_hash bytea,
    p_earning_kind text, p_source_type text, p_source uuid, p_deal uuid, p_campaign uuid, p_influencer uuid,
    p_currency text, p_base bigint, p_net_sales_before bigint, p_cap_left bigint, p_gross bigint,
    p_release_at timestamptz, p_parties uuid[], p_roles text[], p_shares text[], p_amounts bigint[],
    -- Nothing else is written in this transaction.
    p_is_alone boolean
  ) returns bigint language plpgsql security definer set search_path = ledger, pg_temp
  set plan_cache_mode = force_generic_plan as $$
  declare
    v_effective_at timestamptz;
    v_announced_at timestamptz;
    v_recorded_at timestamptz;
    v_id bigint;
    v_rule integer;
    v_owed bigint;
    v_payees bigint[];
    v_funded bigint;
    v_reserve balances;
    v_left bigint;
    v_drawn bigint;
    -- Of each posting; null where the brand owes all of every share.
    v_debits bigint[];
    v_credits bigint[];
    v_amounts bigint[];
    v_numbers bigint[];
  begin
    -- As by enter_book, which it must follow, but that all there is to read is read together.
    perform require_system(), pg_current_xact_id(), keep_from_closing(p_book);
    select
        -- What was earned in a period that is closed by now takes effect at the first open instant.
        greatest(p_effective_at, b.closed_before), c.announced_at,
        (select a.account_id from accounts a where a.book_id = p_book
           and a.account_key = account_key('deal_escrow', p_currency, null, p_deal, 'commission_reserve'))
      into v_effective_at, v_announced_at, v_funded
    from books b cross join clock c where b.book_id = p_book;
    if not found then
      raise exception 'there is no book %', p_book using errcode = 'EV006';
    end if;
    select s.rule_id, s.owed_account_id, s.pending_account_ids into v_rule, v_owed, v_payees from split_accounts s
    where s.book_id = p_book and s.rule_hash = p_rule_hash and s.currency = p_currency
      and s.party_ids = p_parties and s.roles = p_roles;
    if not found then
      select s.rule_id, s.owed_account_id, s.pending_account_ids into v_rule, v_owed, v_payees
      from find_split_accounts(p_book, p_rule_hash, p_currency, p_parties, p_roles, p_amounts) s;
      if v_rule is null then return null; end if;
    end if;

    if v_funded is not null
      and exists (select from balances b where b.book_id = p_book and b.account_id = v_funded and b.balance_minor > 0)
    then
      v_reserve := lock_reserve(p_book, v_funded, p_gross, p_is_alone);
    end if;
    v_left := coalesce(v_reserve.balance_minor, 0);
    v_recorded_at := instant_after(v_announced_at, v_reserve.recorded_at);
    v_id := nextval('transaction_ids');
    insert into transactions (book_id, transaction_id, kind, idempotency_key, request_hash, effective_at, recorded_at)
    values (p_book, v_id, p_kind, p_key, p_hash, v_effective_at, v_recorded_at)
    on conflict (book_id, idempotency_key) do nothing;
    if not found then return null; end if;

    insert into shares (book_id, share_id, party_id, influencer_id, role, share, currency, is_held, amount_minor)
    select p_book, (v_id << 6) + w.n, w.party_id, p_influencer, w.role, w.share, p_currency, true, w.amount
    from unnest(p_parties, p_roles, p_shares, p_amounts) with ordinality w (party_id, role, share, amount, n);

    if v_left = 0 and 0 < all (p_amounts) then
      v_credits := v_payees;
      v_amounts := p_amounts;
    else
      for n in 1..cardinality(p_amounts) loop
        v_drawn := least(v_left, p_amounts[n]);
        if v_drawn > 0 then
          v_left := v_left - v_drawn;
          v_debits := v_debits || v_reserve.account_id;
          v_credits := v_credits || v_payees[n];
          v_amounts := v_amounts || v_drawn;
          v_numbers := v_numbers || n::bigint;
        end if;
        if v_drawn < p_amounts[n] then
          v_debits := v_debits || v_owed;
          v_credits := v_credits || v_payees[n];
          v_amounts := v_amounts || p_amounts[n] - v_drawn;
          v_numbers := v_numbers || n::bigint;
        end if;
      end loop;
    end if;
    -- In one statement: each has to find the partition anew.
    insert into postings
      (book_id, recorded_at, posting_id, debit_account_id, credit_account_id, amount_minor, share_id, currency)
    select p_book, v_recorded_at, (v_id << 12) + w.n, coalesce(w.debit_id, v_owed), w.credit_id, w.amount,
           (v_id << 6) + coalesce(w.share_no, w.n), p_currency
    from unnest(v_debits, v_credits, v_amounts, v_numbers) with ordinality w (debit_id, credit_id, amount, share_no, n);

    insert into earnings
      (book_id, earning_id, rule_id, kind, source_type, source_id, deal_id, campaign_id, influencer_id, currency,
       base_minor, net_sales_before_minor, cap_left_minor, gross_minor, from_escrow_minor, earned_at)
    values (p_book, v_id, v_rule, p_earning_kind, p_source_type, p_source, p_deal, p_campaign, p_influencer, p_currency,
            p_base, p_net_sales_before, p_cap_left, p_gross, coalesce(v_reserve.balance_minor, 0) - v_left, v_effective_at);
    insert into holds (book_id, earning_id, release_at) values (p_book, v_id, p_release_at);
    if v_left < v_reserve.balance_minor then
      update balances b set balance_minor = v_left, recorded_at = v_recorded_at
      where b.book_id = p_book and b.account_id = v_reserve.account_id and b.part = v_reserve.part;
    end if;
    return v_id;
  end $$;
  revoke execute on function ledger.post_earning from public;
  grant execute on function ledger.post_earning to evenhand_app;
`;
