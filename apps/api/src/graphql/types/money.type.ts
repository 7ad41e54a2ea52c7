import { currencyOf, formatMoney, parseMoney, type Money } from '@evenhand/money';
import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsString, MaxLength } from 'class-validator';

@ObjectType('Money', { description: 'An exact amount. `amount` is a decimal string with the digits of the currency.' })
export class MoneyType {
  @Field(() => String, { description: 'Exact decimal string, e.g. "12.34" (EUR), "1200" (JPY).' })
  amount: string;

  @Field(() => String, { description: 'ISO 4217 alphabetic code.' })
  currency: string;
}

@InputType({ description: 'An exact positive amount as a decimal string, with the digits of the currency at most.' })
export class MoneyInput {
  @Field(() => String)
  @IsString()
  @MaxLength(32)
  amount: string;

  @Field(() => String)
  @IsString()
  @MaxLength(3)
  currency: string;
}

/** Minor units and a currency code as money on the wire. */
export function toMoney(amountMinor: bigint, currency: string): MoneyType {
  return { amount: formatMoney({ amountMinor, currency: currencyOf(currency).code }), currency };
}

/** Money from the wire, refused where it is not an exact positive amount (zero only where `allowZero`). */
export function fromMoneyInput(input: MoneyInput, options: { readonly allowZero?: boolean } = {}): Money {
  return parseMoney(input.amount, input.currency, { allowZero: options.allowZero ?? false });
}
