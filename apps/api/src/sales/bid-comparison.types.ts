import type { OfferSide } from '@evenhand/campaigns';
import type { CommissionCost } from '@evenhand/deals';
import type { ComparedBid, Expectation, ForecastBasis, NoForecastReason, Range } from '@evenhand/sales';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { OfferSideEnum } from '../campaigns/campaigns.enums';
import { MoneyType, toGlobalId, toMoney } from '../graphql';
import { PartyType, toParty } from '../parties/party.types';
import { ForecastBasisEnum, NoForecastReasonEnum } from './sales.enums';

@ObjectType('CashCost')
export class CashCostType {
  @Field(() => MoneyType)
  agreed: MoneyType;

  @Field(() => MoneyType, { description: 'The platform’s fee on top; zero where the fee is taken out of the amount.' })
  fee: MoneyType;
}

@ObjectType('SalesExpectation', { description: 'Quartiles of past deals, or the brand’s own assumption.' })
export class SalesExpectationType {
  @Field(() => ForecastBasisEnum)
  basis: ForecastBasis;

  @Field(() => Int, { description: 'Completed deals that it rests on; 0 for an assumption.' })
  deals: number;

  @Field(() => MoneyType)
  low: MoneyType;

  @Field(() => MoneyType, { description: 'The median.' })
  expected: MoneyType;

  @Field(() => MoneyType)
  high: MoneyType;
}

@ObjectType('ClicksExpectation', { description: 'Quartiles of the clicks of people on links of past deals.' })
export class ClicksExpectationType {
  @Field(() => ForecastBasisEnum)
  basis: ForecastBasis;

  @Field(() => Int)
  deals: number;

  @Field(() => String, { description: 'A whole number.' })
  low: string;

  @Field(() => String)
  expected: string;

  @Field(() => String)
  high: string;
}

@ObjectType('CommissionCost', { description: 'What some net sales cost the brand.' })
export class CommissionCostType {
  @Field(() => MoneyType, { description: 'By rates, tiers and cap, as the ledger computes it.' })
  commission: MoneyType;

  @Field(() => MoneyType)
  bonuses: MoneyType;

  @Field(() => MoneyType, { description: 'The platform’s fee on top of both.' })
  fee: MoneyType;
}

@ObjectType('CommissionCostRange')
export class CommissionCostRangeType {
  @Field(() => CommissionCostType)
  low: CommissionCostType;

  @Field(() => CommissionCostType)
  expected: CommissionCostType;

  @Field(() => CommissionCostType)
  high: CommissionCostType;
}

@ObjectType('CostRange')
export class CostRangeType {
  @Field(() => MoneyType)
  low: MoneyType;

  @Field(() => MoneyType)
  expected: MoneyType;

  @Field(() => MoneyType)
  high: MoneyType;
}

@ObjectType('ComparedBid', { description: 'An open bid by what its offer on the table would cost the brand.' })
export class ComparedBidType {
  @Field(() => ID)
  bidId: string;

  @Field(() => PartyType)
  influencer: PartyType;

  @Field(() => Int)
  offerNumber: number;

  @Field(() => OfferSideEnum)
  side: OfferSide;

  @Field(() => GraphQLISODateTime)
  expiresAt: Date;

  @Field(() => CashCostType, { nullable: true })
  cash: CashCostType | null;

  @Field(() => MoneyType, { nullable: true, description: 'Fair market value: in kind, and not in the effective cost.' })
  gift: MoneyType | null;

  @Field(() => SalesExpectationType, { nullable: true })
  netSales: SalesExpectationType | null;

  @Field(() => NoForecastReasonEnum, { nullable: true, description: 'Why no net sales are expected.' })
  noForecastReason: NoForecastReason | null;

  @Field(() => ClicksExpectationType, { nullable: true })
  clicks: ClicksExpectationType | null;

  @Field(() => CommissionCostRangeType, { nullable: true })
  commission: CommissionCostRangeType | null;

  @Field(() => CostRangeType, {
    nullable: true,
    description:
      'Cash, commission, bonuses and fees on top; null where sales are unknown or in another currency than cash.',
  })
  effectiveCost: CostRangeType | null;

  @Field(() => String, { nullable: true, description: 'A whole number: on channels of the campaign’s platforms.' })
  followers: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'Of the expected effective cost.' })
  costPerThousandFollowers: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'Of the expected effective cost, by the expected clicks.' })
  costPerClick: MoneyType | null;
}

export function toComparedBid(bid: ComparedBid): ComparedBidType {
  const { cash, gift, netSales, commission, commissionCurrency, effectiveCost, clicks, followers } = bid;
  const currency = effectiveCost?.currency;
  const cost = (minor: bigint | null) => (minor === null || currency === undefined ? null : toMoney(minor, currency));
  return {
    bidId: toGlobalId('bid', bid.bidId),
    influencer: toParty(bid.influencer),
    offerNumber: bid.offerNumber,
    side: bid.side,
    expiresAt: bid.expiresAt,
    cash: cash && { agreed: toMoney(cash.agreedMinor, cash.currency), fee: toMoney(cash.feeMinor, cash.currency) },
    gift: gift && toMoney(gift.fairMarketValueMinor, gift.currency),
    netSales: netSales && commissionCurrency ? toSalesExpectation(netSales, commissionCurrency) : null,
    noForecastReason: bid.noForecastReason,
    clicks: clicks && { ...clicks, ...each(clicks, (count) => count.toString()) },
    commission:
      commission && commissionCurrency ? each(commission, (one) => toCommissionCost(one, commissionCurrency)) : null,
    effectiveCost: effectiveCost && each(effectiveCost, (minor) => toMoney(minor, effectiveCost.currency)),
    followers: followers === null ? null : followers.toString(),
    costPerThousandFollowers: cost(bid.costPerThousandFollowersMinor),
    costPerClick: cost(bid.costPerClickMinor),
  };
}

function toSalesExpectation(netSales: Expectation, currency: string): SalesExpectationType {
  const { basis, deals } = netSales;
  return { basis, deals, ...each(netSales, (minor) => toMoney(minor, currency)) };
}

function toCommissionCost(
  { commissionMinor, bonusMinor, feeMinor }: CommissionCost,
  currency: string,
): CommissionCostType {
  return {
    commission: toMoney(commissionMinor, currency),
    bonuses: toMoney(bonusMinor, currency),
    fee: toMoney(feeMinor, currency),
  };
}

function each<T, R>({ low, expected, high }: Range<T>, map: (value: T) => R): Range<R> {
  return { low: map(low), expected: map(expected), high: map(high) };
}
