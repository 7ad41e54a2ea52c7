import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Closing of periods, and balances at a point on both axes of time. A book is closed before an instant,
 * `books.closed_before`, which `ledger.post_batch` checks; here is how it moves, only ever forward, and the record of who
 * moved it.
 */
export class LedgerPeriods1764000064000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLOSED_PERIODS);
    await runner.query(LOCKS);
    await runner.query(CLOSE_PERIOD);
    await runner.query(BALANCE_AS_OF);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function ledger.balance_as_of;
      drop index ledger.transactions_ahead;
      drop function ledger.close_period, ledger.have_book_alone, ledger.keep_from_closing, ledger.keep_others_from_posting;
      drop trigger closed_forward on ledger.books;
      drop function ledger.refuse_reopening;
      drop table ledger.closed_periods`);
  }
}

const CLOSED_PERIODS = `
  -- A period ends before closed_before and begins where the one closed before it ended.
  create table ledger.closed_periods (
    book_id integer not null references ledger.books,
    closed_before timestamptz not null,
    -- How it was asked for: a month 2026-10 or the last day 2026-10-15 in this zone of the IANA database.
    period text not null check (period ~ '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$'),
    time_zone text not null check (length(time_zone) between 1 and 64),
    -- Null where no person did: a job, or an administrator at the command line.
    closed_by uuid,
    closed_at timestamptz not null,
    -- By the books' own clock: later than whatever was recorded in the book before.
    recorded_at timestamptz not null,
    primary key (book_id, closed_before),
    constraint closed_periods_over check (closed_before <= closed_at)
  );
  select ledger.make_append_only('ledger.closed_periods');

  alter table ledger.closed_periods enable row level security;
  create policy closed_periods_read on ledger.closed_periods for select using (
    (select ledger.oversees()) or book_id = any ((select ledger.own_books())::integer[]));
  grant select on ledger.closed_periods to evenhand_app;

  create function ledger.refuse_reopening() returns trigger language plpgsql as $$
  begin
    raise exception 'book % is closed before %, which never moves back', old.book_id, old.closed_before
      using errcode = 'EV009';
  end $$;
  create trigger closed_forward before update of closed_before on ledger.books for each row
    when (old.closed_before is not null and (new.closed_before is null or new.closed_before < old.closed_before))
    execute function ledger.refuse_reopening();
`;

const LOCKS = `
  -- Whoever posts shares this lock of the book, whoever closes takes it alone, both until their transaction ends: a
  -- posting that has begun is in the period before it closes, and one that begins afterwards finds it closed. No lock of
  -- the book's row: of thousands of postings that share one, each would write to it, and a close might wait forever.
  create function ledger.keep_from_closing(p_book integer) returns void language sql as
    $$ select pg_advisory_xact_lock_shared(1764000064, p_book) $$;

  create function ledger.keep_others_from_posting(p_book integer) returns void language sql as
    $$ select pg_advisory_xact_lock(1764000064, p_book) $$;

  -- For whoever has to post several times over in one transaction and cannot take all locks in one order. Whoever has
  -- posted in the book before shares its lock already: two of those would wait for each other, so none of them waits.
  create function ledger.have_book_alone(p_book integer) returns void
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    if not pg_try_advisory_xact_lock(1764000064, p_book) and not exists (
      select 1 from pg_locks l where l.pid = pg_backend_pid() and l.locktype = 'advisory' and l.granted
        and l.classid = 1764000064 and l.objid = p_book)
    then
      perform keep_others_from_posting(p_book);
    end if;
  end $$;

  revoke execute on function ledger.keep_from_closing(integer), ledger.keep_others_from_posting(integer),
    ledger.have_book_alone(integer), ledger.refuse_reopening() from public;
  grant execute on function ledger.have_book_alone(integer) to evenhand_app;
`;

const CLOSE_PERIOD = `
  -- The period as it is closed now, or as the same one was before; no row where its end lies within what is closed already.
  create function ledger.close_period(
    p_book integer, p_closed_before timestamptz, p_period text, p_time_zone text, p_closed_by uuid,
    p_closed_at timestamptz
  ) returns table (
    closed_before timestamptz, period text, time_zone text, closed_by uuid, closed_at timestamptz, is_new boolean
  ) language plpgsql security definer set search_path = ledger, pg_temp as $$
  #variable_conflict use_column
  declare
    v_closed_before timestamptz;
  begin
    perform require_system();
    perform keep_others_from_posting(p_book);
    -- A statement of its own: it sees what the last close has left.
    select b.closed_before into v_closed_before from books b where b.book_id = p_book;
    if not found then
      raise exception 'there is no book %', p_book using errcode = 'EV006';
    end if;

    if p_closed_before <= v_closed_before then
      return query
        select c.closed_before, c.period, c.time_zone, c.closed_by, c.closed_at, false from closed_periods c
        where c.book_id = p_book and c.closed_before = p_closed_before and c.period = p_period
          and c.time_zone = p_time_zone;
      return;
    end if;
    insert into closed_periods (book_id, closed_before, period, time_zone, closed_by, closed_at, recorded_at)
    select p_book, p_closed_before, p_period, p_time_zone, p_closed_by, p_closed_at,
           next_instant((select max(p.recorded_at) from postings p where p.book_id = p_book));
    update books b set closed_before = p_closed_before where b.book_id = p_book;
    return query select p_closed_before, p_period, p_time_zone, p_closed_by, p_closed_at, true;
  end $$;
  revoke execute on function ledger.close_period from public;
  grant execute on function ledger.close_period to evenhand_app;
`;

const BALANCE_AS_OF = `
  -- What takes effect after it was recorded, by a clock that was ahead: hardly any, so that the index costs nothing.
  create index transactions_ahead on ledger.transactions (book_id, effective_at) where effective_at > recorded_at;

  -- The balance of an account, positive on its normal side, by what was recorded up to one instant and took effect
  -- before another; null is no limit. What was recorded before the second instant took effect before it but for what was
  -- ahead of its time; of what was recorded later, that counts which was told late. With the rights of the caller.
  create function ledger.balance_as_of(
    p_book integer, p_account bigint, p_recorded_up_to timestamptz, p_effective_before timestamptz
  ) returns numeric language sql stable as $$
    with axis as (
      select coalesce(p_recorded_up_to, 'infinity') as recorded_up_to,
             coalesce(p_effective_before, 'infinity') as effective_before
    ), legs as (
      select p.posting_id, p.recorded_at, p.amount_minor from ledger.postings p
      where p.book_id = p_book and p.debit_account_id = p_account
      union all
      select p.posting_id, p.recorded_at, -p.amount_minor from ledger.postings p
      where p.book_id = p_book and p.credit_account_id = p_account
    ), ahead as (
      select sum(l.amount_minor) as debited from axis x
      join ledger.transactions t on t.book_id = p_book and t.effective_at > t.recorded_at
        and t.effective_at >= x.effective_before and t.recorded_at < x.effective_before
        and t.recorded_at <= x.recorded_up_to
      join legs l on l.recorded_at = t.recorded_at and l.posting_id >> 12 = t.transaction_id
    ), late as (
      select sum(l.amount_minor) as debited from axis x
      join legs l on l.recorded_at >= x.effective_before and l.recorded_at <= x.recorded_up_to
      join ledger.transactions t on t.book_id = p_book and t.transaction_id = l.posting_id >> 12
        and t.effective_at < x.effective_before
    )
    select ledger.balance_at(p_book, p_account,
                             least(x.recorded_up_to, x.effective_before - interval '1 microsecond'))
           + a.debit_sign * (coalesce(l.debited, 0) - coalesce(h.debited, 0))
    from axis x cross join ahead h cross join late l
    join ledger.accounts a on a.book_id = p_book and a.account_id = p_account
  $$;
  revoke execute on function ledger.balance_as_of from public;
  grant execute on function ledger.balance_as_of to evenhand_app;
`;
