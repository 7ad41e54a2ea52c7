import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { OpenBalances } from '../application/count-open-balances';

/** A balance may be spread over several rows. */
const COUNT = `
  select count(*)::integer as count from (
    select from ledger.accounts a join ledger.balances b using (book_id, account_id)
    where (a.party_id = any ($1::uuid[]) and a.kind in ('payee_pending', 'payee_available'))
       or (a.kind in ('brand_balance', 'brand_receivable', 'deal_escrow')
           and a.book_id in (select book_id from ledger.books where brand_id = any ($1::uuid[])))
    group by a.book_id, a.account_id having sum(b.balance_minor) <> 0) as open`;

@Injectable()
export class SqlOpenBalances extends OpenBalances {
  override async count(tx: Transaction, partyIds: readonly string[]): Promise<number> {
    const [row] = await managerOf(tx).query<{ count: number }[]>(COUNT, [partyIds]);
    return row?.count ?? 0;
  }
}
