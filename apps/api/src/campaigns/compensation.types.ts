import {
  type AttributionModel,
  type BonusOffer,
  type CommissionBase,
  type CommissionOffer,
  type Compensation,
  giftValueMinor,
} from '@evenhand/campaigns';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { MoneyType, toMoney } from '../graphql';
import { AttributionModelEnum, BonusSplitEnum, CommissionBaseEnum } from './campaigns.enums';

@ObjectType('CashMilestone')
export class CashMilestoneType {
  @Field(() => String, { description: 'Key of a deliverable of the brief.' })
  deliverableKey: string;

  @Field(() => MoneyType)
  amount: MoneyType;
}

@ObjectType('CashOffer')
export class CashOfferType {
  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => [CashMilestoneType], { description: 'They sum to the amount.' })
  milestones: CashMilestoneType[];
}

@ObjectType('GiftItem')
export class GiftItemType {
  @Field(() => String)
  name: string;

  @Field(() => Int)
  quantity: number;

  @Field(() => MoneyType, { description: 'Fair market value of one piece.' })
  fairMarketValue: MoneyType;
}

@ObjectType('GiftOffer')
export class GiftOfferType {
  @Field(() => [GiftItemType])
  items: GiftItemType[];

  @Field(() => MoneyType, { description: 'Fair market value of all pieces.' })
  fairMarketValue: MoneyType;

  @Field(() => Int, { description: 'Days after receipt within which the influencer must post.' })
  postingDutyDays: number;
}

@ObjectType('CommissionTier')
export class CommissionTierType {
  @Field(() => MoneyType)
  fromNetSales: MoneyType;

  @Field(() => String)
  rate: string;
}

@ObjectType('BonusOffer', {
  description: 'Paid once, beside the commission, from a figure of the deal on: one of the two is there.',
})
export class BonusOfferType {
  @Field(() => String)
  name: string;

  @Field(() => MoneyType, { nullable: true, description: 'Net sales of the deal, refunds taken off.' })
  fromNetSales: MoneyType | null;

  @Field(() => Int, { nullable: true, description: 'Sales of the deal that were not refunded whole.' })
  fromSalesCount: number | null;

  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => BonusSplitEnum, { description: 'The kind whose split plan shares it.' })
  splitBy: BonusOffer['splitBy'];
}

@ObjectType('CommissionOffer')
export class CommissionOfferType {
  @Field(() => String)
  currency: string;

  @Field(() => String, { description: 'Exact share of sales, e.g. "0.10" or "3/8".' })
  rate: string;

  @Field(() => String, { nullable: true, description: 'For sales in a livestream; null where they earn `rate`.' })
  livestreamRate: string | null;

  @Field(() => [CommissionTierType])
  tiers: CommissionTierType[];

  @Field(() => MoneyType, { nullable: true, description: 'The most the whole deal can earn.' })
  cap: MoneyType | null;

  @Field(() => MoneyType, { description: 'Escrowed by the brand ahead of sales.' })
  reserve: MoneyType;

  @Field(() => Int)
  attributionWindowDays: number;

  @Field(() => AttributionModelEnum, { description: 'Which of the clicks before a sale decides.' })
  attributionModel: AttributionModel;

  @Field(() => CommissionBaseEnum)
  base: CommissionBase;

  @Field(() => Int, { description: 'Days between a sale and the release of its commission.' })
  holdDays: number;

  @Field(() => [BonusOfferType])
  bonuses: BonusOfferType[];
}

@ObjectType('Compensation', { description: 'Any mix of cash, gift and commission.' })
export class CompensationType {
  @Field(() => CashOfferType, { nullable: true })
  cash: CashOfferType | null;

  @Field(() => GiftOfferType, { nullable: true })
  gift: GiftOfferType | null;

  @Field(() => CommissionOfferType, { nullable: true })
  commission: CommissionOfferType | null;
}

export function toCompensation({ cash, gift, commission }: Compensation): CompensationType {
  return {
    cash: cash && {
      amount: toMoney(cash.amountMinor, cash.currency),
      milestones: cash.milestones.map(({ deliverableKey, amountMinor }) => ({
        deliverableKey,
        amount: toMoney(amountMinor, cash.currency),
      })),
    },
    gift: gift && {
      items: gift.items.map(({ name, quantity, fairMarketValueMinor }) => ({
        name,
        quantity,
        fairMarketValue: toMoney(fairMarketValueMinor, gift.currency),
      })),
      fairMarketValue: toMoney(giftValueMinor(gift), gift.currency),
      postingDutyDays: gift.postingDutyDays,
    },
    commission: commission && toCommission(commission),
  };
}

function toCommission(commission: CommissionOffer): CommissionOfferType {
  return {
    currency: commission.currency,
    rate: commission.rate,
    livestreamRate: commission.livestreamRate,
    tiers: commission.tiers.map(({ fromNetSalesMinor, rate }) => ({
      fromNetSales: toMoney(fromNetSalesMinor, commission.currency),
      rate,
    })),
    cap: commission.capMinor === null ? null : toMoney(commission.capMinor, commission.currency),
    reserve: toMoney(commission.reserveMinor, commission.currency),
    attributionWindowDays: commission.attributionWindowDays,
    attributionModel: commission.attributionModel,
    base: commission.base,
    holdDays: commission.holdDays,
    bonuses: commission.bonuses.map((bonus) => toBonus(bonus, commission.currency)),
  };
}

function toBonus({ id, metric, threshold, amountMinor, splitBy }: BonusOffer, currency: string): BonusOfferType {
  return {
    name: id,
    fromNetSales: metric === 'net_sales' ? toMoney(threshold, currency) : null,
    fromSalesCount: metric === 'sales_count' ? Number(threshold) : null,
    amount: toMoney(amountMinor, currency),
    splitBy,
  };
}
