import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { OpenBalances } from '../application/count-open-balances';

const COUNT = `
  select count(*)::integer as count from ledger.account_balances
  where balance_minor <> 0
    and ((party_id = any ($1::uuid[]) and kind in ('payee_pending', 'payee_available'))
      or (kind in ('brand_balance', 'brand_receivable', 'deal_escrow')
          and book_id in (select book_id from ledger.books where brand_id = any ($1::uuid[]))))`;

@Injectable()
export class SqlOpenBalances extends OpenBalances {
  override async count(tx: Transaction, partyIds: readonly string[]): Promise<number> {
    const [row] = await managerOf(tx).query<{ count: number }[]>(COUNT, [partyIds]);
    return row?.count ?? 0;
  }
}
