import {
  ATTRIBUTION_MODELS,
  type AttributionModel,
  BONUS_SPLITS,
  type BonusOffer,
  COMMISSION_BASES,
  type CashOffer,
  type CommissionBase,
  type CommissionOffer,
  type Compensation,
  type GiftOffer,
} from '@evenhand/campaigns';
import { InvalidInput } from '@evenhand/kernel';
import { CurrencyMismatch, type Money } from '@evenhand/money';
import { Field, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, ValidateNested } from 'class-validator';
import { MoneyInput, Text, fromMoneyInput } from '../graphql';
import { AttributionModelEnum, BonusSplitEnum, CommissionBaseEnum } from './campaigns.enums';

const MAX_PARTS = 50;

@InputType()
export class CashMilestoneInput {
  @Field(() => String)
  @Text({ max: 40 })
  deliverableKey: string;

  @Field(() => MoneyInput)
  @ValidateNested()
  @Type(() => MoneyInput)
  amount: MoneyInput;
}

@InputType()
export class CashOfferInput {
  @Field(() => MoneyInput)
  @ValidateNested()
  @Type(() => MoneyInput)
  amount: MoneyInput;

  @Field(() => [CashMilestoneInput], { description: 'Parts paid on approval of deliverables; they sum to the amount.' })
  @ArrayMaxSize(MAX_PARTS)
  @ValidateNested({ each: true })
  @Type(() => CashMilestoneInput)
  milestones: CashMilestoneInput[];
}

@InputType()
export class GiftItemInput {
  @Field(() => String)
  @Text({ max: 120 })
  name: string;

  @Field(() => Int)
  @IsInt()
  quantity: number;

  @Field(() => MoneyInput, { description: 'Fair market value of one piece.' })
  @ValidateNested()
  @Type(() => MoneyInput)
  fairMarketValue: MoneyInput;
}

@InputType()
export class GiftOfferInput {
  @Field(() => [GiftItemInput])
  @ArrayMaxSize(MAX_PARTS)
  @ValidateNested({ each: true })
  @Type(() => GiftItemInput)
  items: GiftItemInput[];

  @Field(() => Int)
  @IsInt()
  postingDutyDays: number;
}

@InputType()
export class CommissionTierInput {
  @Field(() => MoneyInput)
  @ValidateNested()
  @Type(() => MoneyInput)
  fromNetSales: MoneyInput;

  @Field(() => String)
  @Text({ max: 40 })
  rate: string;
}

@InputType({
  description:
    'Paid once, beside the commission, from a figure of the deal on: net sales or a number of sales, one of the two.',
})
export class BonusOfferInput {
  @Field(() => String, { description: 'A short name, unique in the offer.' })
  @Text({ max: 40 })
  name: string;

  @Field(() => MoneyInput, { nullable: true, description: 'Net sales of the deal, refunds taken off.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  fromNetSales: MoneyInput | null = null;

  @Field(() => Int, { nullable: true, description: 'Sales of the deal that were not refunded whole.' })
  @IsOptional()
  @IsInt()
  fromSalesCount: number | null = null;

  @Field(() => MoneyInput)
  @ValidateNested()
  @Type(() => MoneyInput)
  amount: MoneyInput;

  @Field(() => BonusSplitEnum, { defaultValue: BONUS_SPLITS[0], description: 'The kind whose split plan shares it.' })
  @IsIn(BONUS_SPLITS)
  splitBy: BonusOffer['splitBy'] = BONUS_SPLITS[0];
}

@InputType()
export class CommissionOfferInput {
  @Field(() => String)
  @Text({ max: 3 })
  currency: string;

  @Field(() => String, { description: 'Exact share of sales, e.g. "0.10" or "3/8".' })
  @Text({ max: 40 })
  rate: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 40 })
  livestreamRate: string | null = null;

  @Field(() => [CommissionTierInput], { defaultValue: [] })
  @ArrayMaxSize(MAX_PARTS)
  @ValidateNested({ each: true })
  @Type(() => CommissionTierInput)
  tiers: CommissionTierInput[] = [];

  @Field(() => MoneyInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  cap: MoneyInput | null = null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Escrowed by the brand ahead of sales; nothing unless told.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  reserve: MoneyInput | null = null;

  @Field(() => Int, { defaultValue: 30 })
  @IsInt()
  attributionWindowDays: number = 30;

  @Field(() => AttributionModelEnum, {
    defaultValue: ATTRIBUTION_MODELS[0],
    description: 'Which of the clicks before a sale decides; a code beats them all.',
  })
  @IsIn(ATTRIBUTION_MODELS)
  attributionModel: AttributionModel = ATTRIBUTION_MODELS[0];

  @Field(() => CommissionBaseEnum, { defaultValue: COMMISSION_BASES[0] })
  @IsIn(COMMISSION_BASES)
  base: CommissionBase = COMMISSION_BASES[0];

  @Field(() => Int, { defaultValue: 15, description: 'Days between a sale and the release of its commission.' })
  @IsInt()
  holdDays: number = 15;

  @Field(() => [BonusOfferInput], { defaultValue: [] })
  @ArrayMaxSize(MAX_PARTS)
  @ValidateNested({ each: true })
  @Type(() => BonusOfferInput)
  bonuses: BonusOfferInput[] = [];
}

@InputType({ description: 'Any mix of cash, gift and commission; at least one.' })
export class CompensationInput {
  @Field(() => CashOfferInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => CashOfferInput)
  cash: CashOfferInput | null = null;

  @Field(() => GiftOfferInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => GiftOfferInput)
  gift: GiftOfferInput | null = null;

  @Field(() => CommissionOfferInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => CommissionOfferInput)
  commission: CommissionOfferInput | null = null;
}

/** Throws InvalidAmount, UnknownCurrency, CurrencyMismatch, InvalidInput. */
export function fromCompensationInput({ cash, gift, commission }: CompensationInput): Compensation {
  return {
    cash: cash ? fromCash(cash) : null,
    gift: gift ? fromGift(gift) : null,
    commission: commission ? fromCommission(commission) : null,
  };
}

function fromCash({ amount, milestones }: CashOfferInput): CashOffer {
  const { amountMinor, currency } = fromMoneyInput(amount);
  return {
    currency,
    amountMinor,
    milestones: milestones.map((milestone) => ({
      deliverableKey: milestone.deliverableKey,
      amountMinor: minorIn(currency, fromMoneyInput(milestone.amount)),
    })),
  };
}

function fromGift({ items, postingDutyDays }: GiftOfferInput): GiftOffer {
  const [first] = items;
  if (!first) throw new InvalidInput('gift.items', 'A gift needs at least one item.');
  const { currency } = fromMoneyInput(first.fairMarketValue);
  return {
    currency,
    items: items.map(({ name, quantity, fairMarketValue }) => ({
      name,
      quantity,
      fairMarketValueMinor: minorIn(currency, fromMoneyInput(fairMarketValue)),
    })),
    postingDutyDays,
  };
}

function fromCommission(input: CommissionOfferInput): CommissionOffer {
  const { currency, rate, livestreamRate, attributionWindowDays, attributionModel, base, holdDays } = input;
  return {
    currency,
    rate,
    livestreamRate: livestreamRate ?? null,
    tiers: input.tiers.map((tier) => ({
      fromNetSalesMinor: minorIn(currency, fromMoneyInput(tier.fromNetSales)),
      rate: tier.rate,
    })),
    capMinor: input.cap ? minorIn(currency, fromMoneyInput(input.cap)) : null,
    reserveMinor: input.reserve ? minorIn(currency, fromMoneyInput(input.reserve, { allowZero: true })) : 0n,
    attributionWindowDays,
    attributionModel,
    base,
    holdDays,
    bonuses: input.bonuses.map((bonus) => fromBonus(bonus, currency)),
  };
}

function fromBonus(input: BonusOfferInput, currency: string): BonusOffer {
  const { name: id, fromNetSales, fromSalesCount, amount, splitBy } = input;
  const amountMinor = minorIn(currency, fromMoneyInput(amount));
  if (fromNetSales && (fromSalesCount ?? null) === null) {
    const threshold = minorIn(currency, fromMoneyInput(fromNetSales));
    return { id, metric: 'net_sales', threshold, amountMinor, splitBy };
  }
  if (fromNetSales || typeof fromSalesCount !== 'number') {
    throw new InvalidInput('bonuses', 'A bonus is for net sales or for a number of sales.');
  }
  return { id, metric: 'sales_count', threshold: BigInt(fromSalesCount), amountMinor, splitBy };
}

function minorIn(currency: string, money: Money): bigint {
  if (money.currency !== currency) throw new CurrencyMismatch(currency, money.currency);
  return money.amountMinor;
}
