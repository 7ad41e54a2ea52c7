import { UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { ListRefundsQuery, ListRefundsResult } from './commands';
import { authorizeReading } from './intake-rights';
import { SaleRepository } from './sale-repository';

/** What the actor may see: a brand its own, an influencer and her agencies what is attributed to her, staff all. */
@Injectable()
export class ListRefunds {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SaleRepository,
  ) {}

  async execute({ actor, filter, page }: ListRefundsQuery): Promise<ListRefundsResult> {
    authorizeReading(actor);
    return this.uow.read(actor, (tx) => this.sales.refundPage(tx, filter, page));
  }
}
