import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CLAIM_KEYS } from './ledger-writer/claim-keys.sql';
import { LOCK_BALANCES } from './ledger-writer/lock-balances.sql';
import { OPEN_ACCOUNTS } from './ledger-writer/open-accounts.sql';
import { PLACE_POSTINGS } from './ledger-writer/place-postings.sql';
import { RIGHTS_AND_BOOKS } from './ledger-writer/enter-book.sql';
import { SPREAD_BALANCES } from './ledger-writer/spread-balances.sql';
import { WRITE_EARNINGS } from './ledger-writer/write-earnings.sql';
import { WRITE_POSTINGS } from './ledger-writer/write-postings.sql';
import { WRITE_REVERSALS } from './ledger-writer/write-reversals.sql';

/**
 * The writer of the ledger and its steps. Errors carry a SQLSTATE of class EV and a JSON detail that names the item.
 * Arrays go in and out of every step; items, accounts, terms and seats are named by their place in them, from 1.
 * The steps have the settings of the function that was called: setting them anew would cost more than some of them do. Plans
 * are made once: nothing in an array of keys would make another one better, and making it costs more than it does.
 */
export class LedgerWriter1764000061000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RIGHTS_AND_BOOKS);
    await runner.query(OPEN_ACCOUNTS);
    await runner.query(SPREAD_BALANCES);
    await runner.query(LOCK_BALANCES);
    await runner.query(CLAIM_KEYS);
    await runner.query(PLACE_POSTINGS);
    await runner.query(WRITE_POSTINGS);
    await runner.query(WRITE_EARNINGS);
    await runner.query(WRITE_REVERSALS);
    await runner.query(POST_BATCH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function ledger.post_batch, ledger.write_conversions, ledger.write_reversals, ledger.check_reversals,
        ledger.write_earnings, ledger.write_postings, ledger.place_postings, ledger.refuse_shortfall,
        ledger.cash_partners, ledger.with_cash_partners, ledger.claim_keys, ledger.next_instant, ledger.instant_after,
        ledger.lock_payables, ledger.lock_balances, ledger.lock_reserve, ledger.gather_balances, ledger.open_rules, ledger.open_accounts, ledger.check_period,
        ledger.in_open_period,
        ledger.enter_book, ledger.open_book,
        ledger.require_system`);
  }
}

const POST_BATCH = `
  create function ledger.post_batch(
    p_book integer,
    -- One element per transaction.
    p_keys text[], p_hashes bytea[], p_kinds text[], p_effective_at timestamptz[], p_references text[],
    -- One element per account, each once.
    p_account_kinds text[], p_account_currencies text[], p_account_parties uuid[], p_account_deals uuid[],
    p_account_purposes text[],
    -- True for an account that is only debited, and by postings with an overflow.
    p_account_drawn boolean[],
    -- One element per posting, in order. Overflow 0: none. Share number 0: none of this item's; share id 0: none recorded.
    p_items integer[], p_debits integer[], p_overflows integer[], p_credits integer[], p_amounts bigint[],
    p_posting_share_nos integer[], p_posting_share_ids bigint[],
    p_rule_versions text[], p_rules text[], p_rule_hashes bytea[],
    p_term_kinds text[], p_term_source_types text[], p_term_deals uuid[], p_term_campaigns uuid[],
    p_term_influencers uuid[], p_term_currencies text[], p_term_rules integer[],
    p_earning_items integer[], p_earning_terms integer[], p_earning_sources uuid[], p_earning_bases bigint[],
    p_earning_net_sales_before bigint[], p_earning_caps_left bigint[], p_earning_grosses bigint[], p_earning_release_at timestamptz[],
    p_seat_parties uuid[], p_seat_roles text[], p_seat_shares text[], p_seat_held boolean[],
    p_share_earnings integer[], p_share_nos integer[], p_share_seats integer[], p_share_amounts bigint[],
    p_reversal_items integer[], p_reversal_earnings bigint[], p_reversal_refunds uuid[], p_reversal_bases bigint[],
    p_reversal_grosses bigint[], p_share_reversal_items integer[], p_share_reversal_shares bigint[],
    p_share_reversal_amounts bigint[],
    p_conversions jsonb default null
  ) returns table (transaction_id bigint, is_duplicate boolean)
  language plpgsql security definer set search_path = ledger, pg_temp
  set plan_cache_mode = force_generic_plan as $$
  declare
    v_kinds text[] := p_account_kinds;
    v_currencies text[] := p_account_currencies;
    v_parties uuid[] := p_account_parties;
    v_deals uuid[] := p_account_deals;
    v_purposes text[] := p_account_purposes;
    v_drawn boolean[] := p_account_drawn;
    v_has_cash boolean := p_account_kinds && array['client_cash', 'payout_in_transit'];
    v_closed_before timestamptz;
    v_effective_at timestamptz[];
    v_partners integer[];
    v_accounts record;
    v_locked record;
    v_recorded_at timestamptz;
    v_ids bigint[];
    v_fresh boolean[];
    v_placed record;
    v_rules integer[];
  begin
    v_closed_before := enter_book(p_book);
    if cardinality(p_keys) = 0 then return; end if;
    v_effective_at := in_open_period(v_closed_before, p_effective_at, p_kinds);
    -- Cash and what is in transit are weighed against each other: whoever moves one locks both.
    if v_has_cash then
      select c.kinds, c.currencies, c.parties, c.deals, c.purposes, c.drawn
        into v_kinds, v_currencies, v_parties, v_deals, v_purposes, v_drawn
      from with_cash_partners(v_kinds, v_currencies, v_parties, v_deals, v_purposes, v_drawn) c;
      v_partners := cash_partners(v_kinds, v_currencies);
    end if;
    v_accounts := open_accounts(p_book, v_kinds, v_currencies, v_parties, v_deals, v_purposes);
    v_locked := lock_balances(p_book, v_accounts.ids, v_accounts.floors, v_drawn);
    if v_has_cash then
      v_locked.balances := lock_payables(p_book, v_accounts.ids, v_kinds, p_debits, p_credits, v_locked.balances);
    end if;
    v_recorded_at := next_instant(v_locked.latest);
    select k.ids, k.fresh into v_ids, v_fresh
    from claim_keys(p_book, p_keys, p_hashes, p_kinds, v_effective_at, p_references, v_recorded_at) k;
    perform check_period(v_closed_before, v_effective_at, v_fresh);

    v_placed := place_postings(v_ids, v_fresh, v_kinds, v_currencies, v_accounts.signs, v_accounts.floors,
      v_accounts.pendings, v_partners, p_items, p_debits, p_overflows, p_credits, p_amounts, p_posting_share_nos,
      p_posting_share_ids, v_locked.balances);
    perform write_postings(p_book, v_recorded_at, v_accounts.ids, v_currencies, v_accounts.floors, v_placed.balances,
      v_placed.posting_ids, v_placed.debits, v_placed.credits, v_placed.amounts, v_placed.shares);
    if cardinality(p_earning_items) > 0 then
      v_rules := open_rules(p_book, p_rule_versions, p_rules, p_rule_hashes);
      perform write_earnings(p_book, v_ids, v_fresh, v_effective_at, v_placed.from_escrow, p_term_kinds,
        p_term_source_types, p_term_deals, p_term_campaigns, p_term_influencers, p_term_currencies,
        array(select v_rules[r] from unnest(p_term_rules) with ordinality w (r, n) order by w.n), p_earning_items,
        p_earning_terms, p_earning_sources, p_earning_bases, p_earning_net_sales_before, p_earning_caps_left, p_earning_grosses,
        p_earning_release_at, p_seat_parties, p_seat_roles, p_seat_shares, p_seat_held, p_share_earnings, p_share_nos,
        p_share_seats, p_share_amounts);
    end if;
    if cardinality(p_reversal_items) > 0 or v_placed.takes_pending then
      perform check_reversals(p_book, v_fresh, v_accounts.pendings, v_placed.debits, v_placed.amounts, v_placed.shares,
        p_share_reversal_items, p_share_reversal_shares, p_share_reversal_amounts);
      perform write_reversals(p_book, v_ids, v_fresh, p_reversal_items, p_reversal_earnings, p_reversal_refunds,
        p_reversal_bases, p_reversal_grosses, p_share_reversal_items, p_share_reversal_shares, p_share_reversal_amounts);
    end if;
    if p_conversions is not null then
      perform write_conversions(p_book, v_ids, v_fresh, p_conversions);
    end if;
    return query select w.id, not w.fresh from unnest(v_ids, v_fresh) w (id, fresh);
  end $$;
  grant execute on function ledger.post_batch to evenhand_app;
`;
