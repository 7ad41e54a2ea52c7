import { type Actor, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type EarningFilter, type EarningPage, LedgerQueries } from './ledger-queries';

export interface ListEarningsQuery {
  readonly actor: Actor;
  readonly filter: EarningFilter;
  readonly page: PageRequest;
}

/**
 * Earnings with their chain of shares, latest first: a brand's own spend, an influencer's own with the whole chain, an
 * agency's with the shares it may see, all for staff. A filter for what the actor does not see finds nothing.
 */
@Injectable()
export class ListEarnings {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: LedgerQueries,
  ) {}

  async execute({ actor, filter, page }: ListEarningsQuery): Promise<EarningPage> {
    return this.uow.read(actor, (tx) => this.queries.earnings(tx, filter, page));
  }
}
