import { EARNING_INVARIANTS } from './earning-invariant-sql';
import { ACCOUNT, type Invariant } from './invariant';

const BALANCES: readonly Invariant[] = [
  {
    name: 'every kept balance and every checkpoint is the sum of the postings up to it',
    isSlow: true,
    sql: `
      with known as materialized (
        -- Of each account the instants up to which a balance is told, and the balances: a kept one is told up to now.
        select k.book_id, k.account_id, array_agg(k.recorded_at order by k.recorded_at) as instants,
               array_agg(k.balance_minor order by k.recorded_at) as balances,
               -- A posting of such an instant counts up to it: between two instants is what is above the one before.
               array_agg(k.recorded_at + interval '1 microsecond' order by k.recorded_at) as bounds
        from (select book_id, account_id, recorded_at, balance_minor from ledger.checkpoints
              union all select book_id, account_id, 'infinity', sum(balance_minor) from ledger.balances
              group by book_id, account_id) k
        group by k.book_id, k.account_id
      ), summed as (
        select l.book_id, l.account_id, l.place, sum(l.debited) as debited from (
          select k.book_id, k.account_id, width_bucket(p.recorded_at, k.bounds) as place, p.amount_minor as debited
          from ledger.postings p join known k on k.book_id = p.book_id and k.account_id = p.debit_account_id
          union all
          select k.book_id, k.account_id, width_bucket(p.recorded_at, k.bounds), -p.amount_minor
          from ledger.postings p join known k on k.book_id = p.book_id and k.account_id = p.credit_account_id) l
        group by l.book_id, l.account_id, l.place
      ), told as (
        select w.book_id, w.account_id, w.instant, w.balance,
               sum(w.debited) over (partition by w.book_id, w.account_id order by w.step) as debited
        from (
          select s.book_id, s.account_id, 2 * s.place + 1 as step, s.debited, null::timestamptz as instant,
                 null::numeric as balance
          from summed s
          union all
          select k.book_id, k.account_id, 2 * t.n, 0, t.instant, t.balance
          from known k cross join unnest(k.instants, k.balances) with ordinality t (instant, balance, n)) w
      )
      select format('book %s: %s %s, its postings sum to %s', a.book_id, ${ACCOUNT('a')},
                    case t.instant when 'infinity' then format('has a balance of %s', t.balance)
                    else format('has a checkpoint of %s at %s', t.balance, t.instant) end, t.debited * a.debit_sign)
             as finding
      from told t join ledger.accounts a on a.book_id = t.book_id and a.account_id = t.account_id
      where t.balance <> t.debited * a.debit_sign`,
  },
  {
    name: 'every account with a floor has its kept balance',
    sql: `
      select format('book %s: no balance is kept for %s', a.book_id, ${ACCOUNT('a')}) as finding
      from ledger.accounts a
      left join ledger.balances b on b.book_id = a.book_id and b.account_id = a.account_id and b.part = 0
      where a.has_floor <> (b.account_id is not null)`,
  },
  {
    name: 'what is in parts of a balance is known to be there',
    sql: `
      select format('book %s: the balance of %s is %s spread, and has %s more parts', a.book_id, ${ACCOUNT('a')},
                    case when b.is_spread then 'said to be' else 'not said to be' end, count(o.part)) as finding
      from ledger.balances b join ledger.accounts a on a.book_id = b.book_id and a.account_id = b.account_id
      left join ledger.balances o on o.book_id = b.book_id and o.account_id = b.account_id and o.part > 0
      where b.part = 0
      group by a.book_id, a.account_id, b.is_spread having b.is_spread <> (count(o.part) > 0)`,
  },
  {
    name: 'debits equal credits in every book and currency',
    sql: `
      -- Computed once, since the balance of a summed account is not there to be read.
      with summed as materialized (select book_id, currency, debit_sign, balance_minor from ledger.account_balances)
      select format('book %s: debit balances come to %s %s, credit balances to %s', a.book_id,
                    coalesce(sum(a.balance_minor) filter (where a.debit_sign = 1), 0), a.currency,
                    coalesce(sum(a.balance_minor) filter (where a.debit_sign = -1), 0)) as finding
      from summed a
      group by a.book_id, a.currency having sum(a.debit_sign * a.balance_minor) <> 0`,
  },
  {
    name: 'no account with a floor and nothing pending is below zero',
    sql: `
      select format('book %s: %s is at %s', a.book_id, ${ACCOUNT('a')}, a.balance_minor) as finding
      from ledger.account_balances a join ledger.account_kinds k on k.kind = a.kind and (k.has_floor or k.is_pending)
      where a.balance_minor < 0`,
  },
  {
    name: "nobody is paid with another brand's money",
    sql: `
      select format('book %s: %s %s of client cash do not cover what is in transit', a.book_id,
                    sum(case a.kind when 'client_cash' then a.balance_minor else -a.balance_minor end), a.currency) as finding
      from ledger.account_balances a
      where a.kind in ('client_cash', 'payout_in_transit') group by a.book_id, a.currency
      having sum(case a.kind when 'client_cash' then a.balance_minor else -a.balance_minor end) < 0`,
  },
];

const POSTINGS: readonly Invariant[] = [
  {
    name: 'every posting is of a transaction of its book, and recorded with it',
    sql: `
      select format('book %s: posting %s of %s %s has no transaction %s recorded at %s', p.book_id, p.posting_id,
                    p.amount_minor, p.currency, p.posting_id >> 12, p.recorded_at) as finding
      from ledger.postings p left join ledger.transactions t
        on t.book_id = p.book_id and t.transaction_id = p.posting_id >> 12 and t.recorded_at = p.recorded_at
      where t.transaction_id is null`,
  },
  {
    name: 'both accounts of every posting are in its book and currency',
    sql: `
      select format('book %s: posting %s of transaction %s is %s %s between %s and %s', p.book_id, p.posting_id,
                    p.posting_id >> 12, p.amount_minor, p.currency,
                    coalesce(${ACCOUNT('d')}, 'an account that is not there'),
                    coalesce(${ACCOUNT('c')}, 'an account that is not there')) as finding
      from ledger.postings p
      left join ledger.accounts d on d.book_id = p.book_id and d.account_id = p.debit_account_id
      left join ledger.accounts c on c.book_id = p.book_id and c.account_id = p.credit_account_id
      where d.currency is distinct from p.currency or c.currency is distinct from p.currency`,
  },
  {
    name: 'what a posting moves of many shares sums to it, and is a release of one payee',
    sql: `
      with moved as (
        select m.*, (select sum(a) from unnest(m.amounts_minor) a) as summed from ledger.posting_shares m
      )
      select format('book %s: posting %s of transaction %s (%s) is %s %s from %s; it moves shares of %s that sum to %s',
                    m.book_id, m.posting_id, m.posting_id >> 12, coalesce(t.kind, 'not there'),
                    coalesce(p.amount_minor::text, 'nothing'), p.currency,
                    coalesce(${ACCOUNT('d')}, 'no account'), coalesce('party ' || m.party_id, 'the platform'), m.summed)
             as finding
      from moved m
      left join ledger.transactions t on t.book_id = m.book_id and t.transaction_id = m.posting_id >> 12
      left join ledger.postings p
        on p.book_id = m.book_id and p.posting_id = m.posting_id and p.recorded_at = t.recorded_at
      left join ledger.accounts d on d.book_id = p.book_id and d.account_id = p.debit_account_id
      where m.summed is distinct from p.amount_minor or p.share_id is not null or t.kind <> 'holds_released'
         or d.is_pending is distinct from true or d.party_id is distinct from m.party_id`,
  },
  {
    name: 'what a release moves is of holds that it released',
    sql: `
      select format('book %s: transaction %s moves share %s of earning %s, whose hold %s', m.book_id, m.posting_id >> 12,
                    m.share_id, m.share_id >> 6, coalesce('was released by transaction ' || h.released_by, 'is not released'))
             as finding
      from (select g.book_id, g.posting_id, unnest(g.share_ids) as share_id from ledger.posting_shares g) m
      left join ledger.holds h on h.book_id = m.book_id and h.earning_id = m.share_id >> 6
      where h.released_by is distinct from m.posting_id >> 12`,
  },
];

const PERIODS: readonly Invariant[] = [
  {
    name: 'nothing was recorded into a closed period',
    sql: `
      select format('book %s: transaction %s (%s) takes effect at %s and was recorded at %s, after %s was closed at %s',
                    t.book_id, t.transaction_id, t.kind, t.effective_at, t.recorded_at, c.period, c.recorded_at) as finding
      from ledger.closed_periods c join ledger.transactions t
        on t.book_id = c.book_id and t.effective_at < c.closed_before and t.recorded_at > c.recorded_at`,
  },
  {
    name: 'every book is closed to the end of its last closed period',
    sql: `
      select format('book %s is closed before %s, its last closed period ends at %s', b.book_id,
                    coalesce(b.closed_before::text, 'nothing'), coalesce(c.closed_before::text, 'none')) as finding
      from ledger.books b
      left join (select book_id, max(closed_before) as closed_before from ledger.closed_periods group by book_id) c
        on c.book_id = b.book_id
      where b.closed_before is distinct from c.closed_before`,
  },
];

export const INVARIANTS: readonly Invariant[] = [...BALANCES, ...POSTINGS, ...EARNING_INVARIANTS, ...PERIODS];
