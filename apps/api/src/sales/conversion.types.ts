import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('CurrencyConversion', { description: 'How the amount of an order came into its deal’s currency.' })
export class CurrencyConversionType {
  @Field(() => String, {
    description: 'Major units of the deal’s currency for one of the order’s, exact: a decimal or a fraction.',
  })
  rate: string;

  @Field(() => String, { description: 'The day the rate was published, YYYY-MM-DD.' })
  date: string;

  @Field(() => String, { description: 'Who published it.' })
  source: string;
}
