import { type Actor, UnitOfWork } from '@evenhand/kernel';
import type { SourceType } from '@evenhand/ledger';
import { SaleDirectory, type SaleSummary } from '@evenhand/sales';
import { Injectable } from '@nestjs/common';
import { toMoney } from '../graphql';

/** The order behind each sale, by sale id. */
export type Orders = ReadonlyMap<string, SaleSummary>;

/** The shop's order behind each sale, found at once, with the actor's rights. */
@Injectable()
export class OrdersBehind {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SaleDirectory,
  ) {}

  async of(
    actor: Actor,
    sources: readonly { readonly sourceType: SourceType; readonly sourceId: string }[],
  ): Promise<Orders> {
    const ids = sources.filter((source) => source.sourceType === 'sale').map((source) => source.sourceId);
    if (ids.length === 0) return new Map();
    return this.uow.read(actor, (tx) => this.sales.summariesOf(tx, [...new Set(ids)]));
  }
}

/** What is told of the order behind an amount; nothing where it comes from none. */
export function toOrderBehind(order: SaleSummary | undefined) {
  if (!order) return { orderNumber: null, orderBase: null, conversion: null };
  const { orderNumber, orderBaseMinor, orderCurrency, conversion } = order;
  return { orderNumber, orderBase: toMoney(orderBaseMinor, orderCurrency), conversion };
}
