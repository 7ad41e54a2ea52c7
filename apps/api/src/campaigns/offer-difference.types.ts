import type { DifferenceKind, OfferComparison, OfferTerm } from '@evenhand/campaigns';
import { Field, ObjectType } from '@nestjs/graphql';
import { MoneyType, toMoney } from '../graphql';
import { OfferType, toOffer } from './bids.types';
import { DifferenceKindEnum } from './campaigns.enums';

@ObjectType('OfferTerm', { description: 'One term of an offer: an amount or words, one of the two is there.' })
export class OfferTermType {
  @Field(() => MoneyType, { nullable: true })
  money: MoneyType | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words, a number of days or pieces, or an exact rate as stated.',
  })
  text: string | null;
}

@ObjectType('OfferDifference', { description: 'One term that is not the same in both offers.' })
export class OfferDifferenceType {
  @Field(() => String, {
    description: 'Where it stands: cash.amount, cash.milestones[video], commission.tiers[1000.00] …',
  })
  path: string;

  @Field(() => DifferenceKindEnum)
  kind: DifferenceKind;

  @Field(() => OfferTermType, { nullable: true, description: 'Null where the first offer has no such term.' })
  before: OfferTermType | null;

  @Field(() => OfferTermType, { nullable: true, description: 'Null where the second offer has no such term.' })
  after: OfferTermType | null;
}

@ObjectType('OfferComparison', { description: 'Two offers of one bid side by side.' })
export class OfferComparisonType {
  @Field(() => OfferType)
  from: OfferType;

  @Field(() => OfferType)
  to: OfferType;

  @Field(() => [OfferDifferenceType], {
    description: 'Empty where both pay the same; a rate is compared by its value.',
  })
  differences: OfferDifferenceType[];
}

export function toOfferComparison({ from, to, differences }: OfferComparison): OfferComparisonType {
  return {
    from: toOffer(from),
    to: toOffer(to),
    differences: differences.map(({ path, kind, before, after }) => ({
      path,
      kind,
      before: before && toTerm(before),
      after: after && toTerm(after),
    })),
  };
}

function toTerm(term: OfferTerm): OfferTermType {
  return term.type === 'money'
    ? { money: toMoney(term.amountMinor, term.currency), text: null }
    : { money: null, text: term.text };
}
