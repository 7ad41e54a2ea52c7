import { multiplyRoundHalfEven, Rational } from '@evenhand/money';

/** What posts, links and sales of some deals came to, in one currency where it is money (minor units). */
export interface MoneyResults {
  readonly currency: string;
  /** Cash agreed on, whatever of it is released yet. */
  readonly cashMinor: bigint;
  /** Gross commission after refunds. */
  readonly commissionMinor: bigint;
  /** Bases of the sales after refunds. */
  readonly netSalesMinor: bigint;
}

/** Effective cost of one result, minor units; null where there is no such result. */
export interface MoneyPerformance extends MoneyResults {
  readonly spendMinor: bigint;
  readonly perThousandViewsMinor: bigint | null;
  readonly perClickMinor: bigint | null;
  readonly perOrderMinor: bigint | null;
}

export interface Results {
  /** Null where no reading tells of them. */
  readonly views: bigint | null;
  /** Visits of people by links of the deals. */
  readonly clicks: bigint;
  readonly orders: bigint;
  readonly money: readonly MoneyResults[];
}

/** Orders per click, exact; null without clicks. It may be above one: orders come by codes as well. */
export function conversionOf({ orders, clicks }: Pick<Results, 'orders' | 'clicks'>): Rational | null {
  return clicks === 0n ? null : Rational.of(orders, clicks);
}

/** What each currency was spent for; every cost is exact until it is rounded, once, half to even. */
export function moneyPerformance({ views, clicks, orders, money }: Results): readonly MoneyPerformance[] {
  return money.map((results) => {
    const spendMinor = results.cashMinor + results.commissionMinor;
    return {
      ...results,
      spendMinor,
      perThousandViewsMinor: costOf(spendMinor * 1_000n, views ?? 0n),
      perClickMinor: costOf(spendMinor, clicks),
      perOrderMinor: costOf(spendMinor, orders),
    };
  });
}

function costOf(spendMinor: bigint, results: bigint): bigint | null {
  return results === 0n ? null : multiplyRoundHalfEven(spendMinor, Rational.of(1n, results));
}
