import type { CutBounds, PlatformFee } from '@evenhand/deals';
import { InvalidInput } from '@evenhand/kernel';
import { assertSameCurrency } from '@evenhand/money';
import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { fromMoneyInput, MoneyInput, MoneyType, Text, toMoney } from '../graphql';

const SHARE = 'Exact share from 0 to 1 of the amount agreed on: "0.10" or "1/10".';
const ON_TOP = 'True where the brand pays it beside the amount agreed on, which the others then share whole.';
const BOUNDS = 'At most one per currency; they hold for each milestone and each sale.';
const MAX_BOUNDS = 50;

@ObjectType('CutBounds', { description: 'The least and the most that a cut takes of one earning, in one currency.' })
export class CutBoundsType {
  @Field(() => MoneyType, { nullable: true })
  minimum: MoneyType | null;

  @Field(() => MoneyType, { nullable: true })
  maximum: MoneyType | null;
}

@ObjectType('PlatformFee', { description: 'What the platform takes of one kind of money.' })
export class PlatformFeeType {
  @Field(() => String, { description: SHARE })
  share: string;

  @Field(() => Boolean, { description: ON_TOP })
  onTop: boolean;

  @Field(() => [CutBoundsType], { description: BOUNDS })
  bounds: CutBoundsType[];
}

@InputType({ description: 'At least one of the two, in the same currency.' })
export class CutBoundsInput {
  @Field(() => MoneyInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  minimum: MoneyInput | null = null;

  @Field(() => MoneyInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  maximum: MoneyInput | null = null;
}

@InputType()
export class PlatformFeeInput {
  @Field(() => String, { description: SHARE })
  @Text({ max: 40 })
  share: string;

  @Field(() => Boolean, { defaultValue: false, description: ON_TOP })
  @IsBoolean()
  onTop: boolean = false;

  @Field(() => [CutBoundsInput], { defaultValue: [], description: BOUNDS })
  @ArrayMaxSize(MAX_BOUNDS)
  @ValidateNested({ each: true })
  @Type(() => CutBoundsInput)
  bounds: CutBoundsInput[] = [];
}

export function toPlatformFee({ share, of, bounds }: PlatformFee): PlatformFeeType {
  return { share, onTop: of === 'on_top', bounds: bounds.map(toBounds) };
}

/** Throws InvalidInput, InvalidAmount, UnknownCurrency, CurrencyMismatch. */
export function fromPlatformFeeInput({ share, onTop, bounds }: PlatformFeeInput): PlatformFee {
  return { share, of: onTop ? 'on_top' : 'gross', bounds: bounds.map(fromBounds) };
}

function toBounds({ currency, minMinor, maxMinor }: CutBounds): CutBoundsType {
  return {
    minimum: minMinor === null ? null : toMoney(minMinor, currency),
    maximum: maxMinor === null ? null : toMoney(maxMinor, currency),
  };
}

function fromBounds(input: CutBoundsInput): CutBounds {
  const minimum = input.minimum && fromMoneyInput(input.minimum);
  const maximum = input.maximum && fromMoneyInput(input.maximum);
  if (minimum && maximum) assertSameCurrency(minimum, maximum);
  const stated = minimum ?? maximum;
  if (!stated) throw new InvalidInput('bounds', 'A bound needs a minimum or a maximum.');
  return {
    currency: stated.currency,
    minMinor: minimum?.amountMinor ?? null,
    maxMinor: maximum?.amountMinor ?? null,
  };
}
