import { type Actor, UnitOfWork } from '@evenhand/kernel';
import type { SourceType } from '@evenhand/ledger';
import { SaleDirectory } from '@evenhand/sales';
import { Injectable } from '@nestjs/common';

/** The shop's order number behind each sale, found at once, with the actor's rights. */
@Injectable()
export class OrderNumbers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SaleDirectory,
  ) {}

  async of(
    actor: Actor,
    sources: readonly { readonly sourceType: SourceType; readonly sourceId: string }[],
  ): Promise<ReadonlyMap<string, string>> {
    const ids = sources.filter((source) => source.sourceType === 'sale').map((source) => source.sourceId);
    if (ids.length === 0) return new Map();
    const found = await this.uow.read(actor, (tx) => this.sales.summariesOf(tx, [...new Set(ids)]));
    return new Map([...found].map(([saleId, sale]) => [saleId, sale.orderNumber]));
  }
}
