import { type PostResults, ReadMetrics, type ResultsBy } from '@evenhand/deals';
import { type Actor, UnitOfWork } from '@evenhand/kernel';
import type { Rational } from '@evenhand/money';
import { Injectable } from '@nestjs/common';
import { conversionOf, type MoneyPerformance, moneyPerformance, type MoneyResults } from '../domain/performance';
import { authorizeReading } from './intake-rights';
import type { SaleTotals } from './listings';
import { SaleRepository } from './sale-repository';
import { type ClickCounts, ClickRepository } from './tracking/click-repository';

export interface PerformanceQuery {
  readonly actor: Actor;
  readonly by: ResultsBy;
  readonly ids: readonly string[];
}

export interface Performance {
  readonly counts: PostResults['counts'];
  readonly clicks: bigint;
  readonly orders: bigint;
  readonly conversion: Rational | null;
  /** One per currency that was spent or earned in. */
  readonly money: readonly MoneyPerformance[];
}

/**
 * What deals came to, each or all of a campaign, of those deals that the actor may see: posts, clicks, sales and what they
 * cost. In as many statements for many as for one. Throws Unauthenticated, Forbidden.
 */
@Injectable()
export class ReadPerformance {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly metrics: ReadMetrics,
    private readonly clicks: ClickRepository,
    private readonly sales: SaleRepository,
  ) {}

  /** In the order of the ids. */
  async execute({ actor, by, ids }: PerformanceQuery): Promise<readonly Performance[]> {
    authorizeReading(actor);
    const results = await this.metrics.results({ actor, by, ids });
    const deals = results.flatMap((one) => one.deals);
    return this.uow.read(actor, async (tx) => {
      const clicks = await this.clicks.countsOf(
        tx,
        deals.map(({ dealId }) => dealId),
      );
      const sales = await this.sales.totalsOfDeals(tx, deals);
      return results.map((one) => performanceOf(one, clicks, sales));
    });
  }
}

function performanceOf(
  { counts, deals }: PostResults,
  clicksOf: ReadonlyMap<string, ClickCounts>,
  salesOf: ReadonlyMap<string, readonly SaleTotals[]>,
): Performance {
  const sales = deals.flatMap(({ dealId }) => salesOf.get(dealId) ?? []);
  const clicks = deals.reduce((sum, { dealId }) => {
    const { total, filtered } = clicksOf.get(dealId) ?? { total: 0, filtered: 0 };
    return sum + BigInt(total - filtered);
  }, 0n);
  const orders = sales.reduce((sum, { count }) => sum + BigInt(count), 0n);
  const money = moneyOf(deals, sales);
  const costs = moneyPerformance({ views: counts.views, clicks, orders, money });
  return { counts, clicks, orders, conversion: conversionOf({ orders, clicks }), money: costs };
}

function moneyOf(deals: PostResults['deals'], sales: readonly SaleTotals[]): readonly MoneyResults[] {
  const paid = deals.flatMap(({ cash }) => (cash ? [cash] : []));
  const currencies = new Set([...paid, ...sales].map(({ currency }) => currency));
  return [...currencies].toSorted().map((currency) => {
    const ofCurrency = sales.filter((totals) => totals.currency === currency);
    return {
      currency,
      cashMinor: sumOf(paid.filter((cash) => cash.currency === currency).map(({ amountMinor }) => amountMinor)),
      commissionMinor: sumOf(ofCurrency.map((totals) => totals.commissionMinor - totals.commissionReversedMinor)),
      netSalesMinor: sumOf(ofCurrency.map((totals) => totals.baseMinor - totals.refundedBaseMinor)),
    };
  });
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
