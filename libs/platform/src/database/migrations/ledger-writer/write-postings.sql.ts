export const WRITE_POSTINGS = `
  -- Debits, credits and balances name accounts by their place. Balances of accounts without a floor are not kept.
  create function ledger.write_postings(
    p_book integer, p_recorded_at timestamptz, p_accounts bigint[], p_currencies text[], p_floors boolean[],
    p_balances bigint[], p_posting_ids bigint[], p_debits integer[], p_credits integer[], p_amounts bigint[],
    p_shares bigint[]
  ) returns void language plpgsql as $$
  begin
    insert into postings
      (book_id, recorded_at, posting_id, debit_account_id, credit_account_id, amount_minor, share_id, currency)
    select p_book, p_recorded_at, w.id, p_accounts[w.debit], p_accounts[w.credit], w.amount, w.share_id,
           p_currencies[w.debit]
    from unnest(p_posting_ids, p_debits, p_credits, p_amounts, p_shares) w (id, debit, credit, amount, share_id);

    if true = any (p_floors) then
      update balances b set balance_minor = w.balance, recorded_at = p_recorded_at
      from unnest(p_accounts, p_floors, p_balances) w (account_id, has_floor, balance)
      where w.has_floor and b.book_id = p_book and b.account_id = w.account_id and b.part = 0
        and b.balance_minor <> w.balance;
    end if;
  end $$;
`;
