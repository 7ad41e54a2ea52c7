-- The peer: the ledger that a good engineer writes in an afternoon. One call and one transaction a sale, row at a time:
-- balances locked in sorted order, updated one by one, each posting with the running balances it left; one hold a share;
-- the key claimed by its unique index, and compared with the hash of the request where it was there already.
create schema peer;

create table peer.balances (
  account_id bigint primary key,
  balance_minor bigint not null default 0
) with (fillfactor = 50);

create table peer.transactions (
  transaction_id bigint generated always as identity primary key,
  idempotency_key text collate "C" not null unique,
  request_hash bytea not null,
  recorded_at timestamptz not null default now()
);

create table peer.postings (
  posting_id bigint generated always as identity primary key,
  transaction_id bigint not null,
  debit_account_id bigint not null,
  credit_account_id bigint not null,
  amount_minor bigint not null,
  debit_balance_minor bigint not null,
  credit_balance_minor bigint not null,
  recorded_at timestamptz not null default now()
);
create index on peer.postings (debit_account_id, posting_id);
create index on peer.postings (credit_account_id, posting_id);

create table peer.holds (
  posting_id bigint primary key,
  release_at timestamptz not null
);

create function peer.record_sale(
  p_key text, p_hash bytea, p_debit bigint, p_credits bigint[], p_amounts bigint[], p_release_at timestamptz
) returns bigint language plpgsql as $$
declare
  v_transaction bigint;
  v_hash bytea;
  v_posting bigint;
  v_debit_balance bigint;
  v_credit_balance bigint;
begin
  insert into peer.transactions (idempotency_key, request_hash) values (p_key, p_hash)
  on conflict (idempotency_key) do nothing returning transaction_id into v_transaction;
  if v_transaction is null then
    select transaction_id, request_hash into v_transaction, v_hash from peer.transactions where idempotency_key = p_key;
    if v_hash <> p_hash then raise exception 'idempotency key used for another request'; end if;
    return v_transaction;
  end if;

  perform 1 from peer.balances where account_id = p_debit or account_id = any (p_credits) order by account_id for update;
  for i in 1..cardinality(p_credits) loop
    update peer.balances set balance_minor = balance_minor + p_amounts[i] where account_id = p_debit
    returning balance_minor into v_debit_balance;
    update peer.balances set balance_minor = balance_minor + p_amounts[i] where account_id = p_credits[i]
    returning balance_minor into v_credit_balance;
    insert into peer.postings
      (transaction_id, debit_account_id, credit_account_id, amount_minor, debit_balance_minor, credit_balance_minor)
    values (v_transaction, p_debit, p_credits[i], p_amounts[i], v_debit_balance, v_credit_balance)
    returning posting_id into v_posting;
    insert into peer.holds (posting_id, release_at) values (v_posting, p_release_at);
  end loop;
  return v_transaction;
end $$;
