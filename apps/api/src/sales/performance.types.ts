import { multiplyRoundHalfEven, type Rational } from '@evenhand/money';
import type { MoneyPerformance, Performance } from '@evenhand/sales';
import { Field, Float, ObjectType } from '@nestjs/graphql';
import { MetricCountsType, toCounts } from '../deals/metrics.types';
import { MoneyType, toMoney } from '../graphql';

const DECIMALS = 4;

@ObjectType('MoneyPerformance', { description: 'In one currency. Gifts are not counted: they are not cash.' })
export class MoneyPerformanceType {
  @Field(() => MoneyType, { description: 'After refunds.' })
  netSales: MoneyType;

  @Field(() => MoneyType, { description: 'Agreed on, whatever of it is released yet.' })
  cash: MoneyType;

  @Field(() => MoneyType, { description: 'Gross, after refunds.' })
  commission: MoneyType;

  @Field(() => MoneyType, { description: 'Cash and commission.' })
  spend: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'Spend per 1,000 views; null without views.' })
  perThousandViews: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'Null without clicks.' })
  perClick: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'Null without orders.' })
  perOrder: MoneyType | null;
}

@ObjectType('Performance', {
  description: 'What posts, links and sales came to. Each cost is rounded once, half to even.',
})
export class PerformanceType {
  @Field(() => MetricCountsType, { description: 'Sums of what is last known of each post.' })
  counts: MetricCountsType;

  @Field(() => Float, { description: 'Visits of people.' })
  clicks: number;

  @Field(() => Float, { description: 'Sales, by codes as well as by links.' })
  orders: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Orders per click, a decimal with four places; null without clicks, and above 1 where codes bring more.',
  })
  conversion: string | null;

  @Field(() => [MoneyPerformanceType], { description: 'One per currency; each is to be read for itself.' })
  money: MoneyPerformanceType[];
}

export function toPerformance({ counts, clicks, orders, conversion, money }: Performance): PerformanceType {
  return {
    counts: toCounts(counts),
    clicks: Number(clicks),
    orders: Number(orders),
    conversion: conversion && toDecimal(conversion),
    money: money.map(toMoneyPerformance),
  };
}

function toMoneyPerformance({ currency, ...results }: MoneyPerformance): MoneyPerformanceType {
  const money = (minor: bigint) => toMoney(minor, currency);
  const cost = (minor: bigint | null) => (minor === null ? null : money(minor));
  return {
    netSales: money(results.netSalesMinor),
    cash: money(results.cashMinor),
    commission: money(results.commissionMinor),
    spend: money(results.spendMinor),
    perThousandViews: cost(results.perThousandViewsMinor),
    perClick: cost(results.perClickMinor),
    perOrder: cost(results.perOrderMinor),
  };
}

/** Never negative: both parts are counted. */
function toDecimal(ratio: Rational): string {
  const digits = multiplyRoundHalfEven(10n ** BigInt(DECIMALS), ratio)
    .toString()
    .padStart(DECIMALS + 1, '0');
  return `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}
