import { UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { ListSalesQuery, ListSalesResult } from './commands';
import { authorizeReading } from './intake-rights';
import { SaleRepository } from './sale-repository';

/** What the actor may see: a brand its own, an influencer and her agencies what is attributed to her, staff all. */
@Injectable()
export class ListSales {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SaleRepository,
  ) {}

  async execute({ actor, filter, page }: ListSalesQuery): Promise<ListSalesResult> {
    authorizeReading(actor);
    return this.uow.read(actor, (tx) => this.sales.salePage(tx, filter, page));
  }
}
