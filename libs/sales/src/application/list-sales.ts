import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { ListSalesQuery, ListSalesResult } from './commands';
import { authorizeReading, mayKnowBrand } from './intake-rights';
import type { ExplainedSale } from './listings';
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
    const listed = await this.uow.read(actor, (tx) => this.sales.salePage(tx, filter, page));
    return { ...listed, rows: listed.rows.map((row) => ({ ...row, node: shownTo(actor, row.node) })) };
  }
}

/** An influencer learns what of her own deal was looked at, and nothing of what else the shop named, nor of other lines. */
function shownTo(actor: Actor, sale: ExplainedSale): ExplainedSale {
  if (mayKnowBrand(actor, sale.brandId)) return sale;
  const { rule, candidates } = sale.attribution;
  const own = candidates.filter(({ dealId }) => dealId === sale.dealId);
  return { ...sale, attribution: { rule, candidates: own.map(({ lineNumbers: _lines, ...candidate }) => candidate) } };
}
