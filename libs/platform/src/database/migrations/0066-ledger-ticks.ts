import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The books' own clock: which instants are settled, and the balances at them from which sums start. */
export class LedgerTicks1764000066000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CHECKPOINTS);
    await runner.query(TICK);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function ledger.settled_through, ledger.tick, ledger.write_checkpoints');
  }
}

const CHECKPOINTS = `
  -- A checkpoint for every account of the book that has 64 postings or more since its last one, at each place where the
  -- 64th is passed; p_from and p_to are settled instants, and everything up to p_from has been here before.
  create function ledger.write_checkpoints(p_book integer, p_from timestamptz, p_to timestamptz) returns void
  language sql set search_path = ledger, pg_temp as $$
    with moved as (
      select l.account_id, p.recorded_at, sum(l.debited) as debited, count(*) as count
      from postings p
      cross join lateral (values (p.debit_account_id, p.amount_minor), (p.credit_account_id, -p.amount_minor)) l (account_id, debited)
      where p.book_id = p_book and p.recorded_at > p_from and p.recorded_at <= p_to
      group by l.account_id, p.recorded_at
    ), base as (
      select m.account_id, a.debit_sign * coalesce(c.balance_minor, 0) + t.debited as debited, t.count
      from (select distinct account_id from moved) m
      join accounts a on a.book_id = p_book and a.account_id = m.account_id
      left join lateral (select k.recorded_at, k.balance_minor from checkpoints k
                         where k.book_id = p_book and k.account_id = m.account_id
                         order by k.recorded_at desc limit 1) c on true
      cross join lateral (
        select coalesce(sum(l.debited), 0) as debited, count(*) as count from (
          select amount_minor as debited from postings p where p.book_id = p_book and p.debit_account_id = m.account_id
            and p.recorded_at > coalesce(c.recorded_at, '-infinity') and p.recorded_at <= p_from
          union all
          select -amount_minor from postings p where p.book_id = p_book and p.credit_account_id = m.account_id
            and p.recorded_at > coalesce(c.recorded_at, '-infinity') and p.recorded_at <= p_from) l) t
    ), running as (
      -- What was there before comes first, so that no join is needed.
      select l.account_id, l.recorded_at, l.own, sum(l.debited) over so_far as debited, sum(l.count) over so_far as count
      from (select account_id, recorded_at, debited, count, count as own from moved
            union all select account_id, '-infinity', debited, count, 0 from base) l
      window so_far as (partition by l.account_id order by l.recorded_at rows unbounded preceding)
    )
    insert into checkpoints (book_id, account_id, recorded_at, balance_minor)
    select p_book, r.account_id, r.recorded_at, a.debit_sign * r.debited
    from running r join accounts a on a.book_id = p_book and a.account_id = r.account_id
    where div(r.count, 64) > div(r.count - r.own, 64)
  $$;
`;

const TICK = `
  -- One step of the clock; call it again and again. An instant is announced and committed; the next step puts up a fence:
  -- every transaction that may not have seen it has a number below; once all of those have ended, nothing is recorded at
  -- or before the instant any more, whatever the machines' clocks say, and it is settled. Returns the settled instant.
  create function ledger.tick() returns timestamptz
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  declare
    v_clock clock;
  begin
    perform require_system();
    select * into v_clock from clock for update skip locked;
    if not found then
      return settled_through();
    elsif v_clock.announced_at = v_clock.settled_at then
      update clock set announced_at = greatest(clock_timestamp(), announced_at + interval '1 microsecond'), fence = null;
    elsif v_clock.fence is null then
      -- The number of this very step: the end of its snapshot may be that of a writer who has begun already.
      update clock set fence = pg_current_xact_id();
    elsif pg_snapshot_xmin(pg_current_snapshot()) >= v_clock.fence then
      perform write_checkpoints(b.book_id, v_clock.settled_at, v_clock.announced_at) from books b
      where exists (select 1 from transactions t where t.book_id = b.book_id and t.recorded_at > v_clock.settled_at
                                                   and t.recorded_at <= v_clock.announced_at);
      update clock set settled_at = announced_at;
      return v_clock.announced_at;
    end if;
    return v_clock.settled_at;
  end $$;

  -- Every transaction recorded up to this instant has ended, and none will be recorded at or before it.
  create function ledger.settled_through() returns timestamptz
  language sql stable security definer set search_path = ledger, pg_temp as $$ select settled_at from clock $$;

  revoke execute on function ledger.write_checkpoints(integer, timestamptz, timestamptz), ledger.tick(),
    ledger.settled_through() from public;
  grant execute on function ledger.tick(), ledger.settled_through() to evenhand_app;
`;
