import type { Brief, CommissionBase, DeliverableKind, LinksPolicy } from '@evenhand/campaigns';
import type { ChannelPlatform } from '@evenhand/kernel';
import { Field, GraphQLISODateTime, Int, ObjectType } from '@nestjs/graphql';
import { ChannelPlatformEnum, MoneyType, toMoney } from '../graphql';
import { CommissionBaseEnum, DeliverableKindEnum, LinksPolicyEnum } from './campaigns.enums';

@ObjectType('BriefProduct')
export class BriefProductType {
  @Field(() => String)
  name: string;

  @Field(() => String)
  description: string;

  @Field(() => MoneyType, { nullable: true })
  retailPrice: MoneyType | null;
}

@ObjectType('DeliverableSpec')
export class DeliverableSpecType {
  @Field(() => String)
  key: string;

  @Field(() => DeliverableKindEnum)
  kind: DeliverableKind;

  @Field(() => Int)
  quantity: number;

  @Field(() => String, { description: 'Calendar day, YYYY-MM-DD.' })
  dueOn: string;

  @Field(() => Int)
  revisionsAllowed: number;

  @Field(() => String)
  description: string;

  @Field(() => Int, { nullable: true, description: 'Of a livestream: how many minutes it lasts at least.' })
  minimumMinutes?: number | null;
}

@ObjectType('AmountRange', { description: 'Both ends included.' })
export class AmountRangeType {
  @Field(() => MoneyType)
  minimum: MoneyType;

  @Field(() => MoneyType)
  maximum: MoneyType;
}

@ObjectType('CommissionRange', { description: 'Exact shares of sales; both ends included.' })
export class CommissionRangeType {
  @Field(() => String)
  currency: string;

  @Field(() => String)
  minimumRate: string;

  @Field(() => String)
  maximumRate: string;

  @Field(() => CommissionBaseEnum)
  base: CommissionBase;
}

@ObjectType('CompensationRanges', { description: 'One range per currency; an empty list: the kind is not offered.' })
export class CompensationRangesType {
  @Field(() => [AmountRangeType])
  cash: AmountRangeType[];

  @Field(() => [AmountRangeType], { description: 'Ranges of the whole gift’s fair market value.' })
  gift: AmountRangeType[];

  @Field(() => [CommissionRangeType])
  commission: CommissionRangeType[];
}

@ObjectType('UsageRights')
export class UsageRightsType {
  @Field(() => [String])
  media: string[];

  @Field(() => [String], { description: 'ISO 3166-1 alpha-2 codes, or WORLD.' })
  territory: string[];

  @Field(() => String)
  from: string;

  @Field(() => String)
  to: string;
}

@ObjectType('Exclusivity')
export class ExclusivityType {
  @Field(() => String)
  category: string;

  @Field(() => String)
  from: string;

  @Field(() => String)
  to: string;
}

@ObjectType('Brief', { description: 'What a campaign asks for and offers.' })
export class BriefType {
  @Field(() => String)
  title: string;

  @Field(() => String)
  summary: string;

  @Field(() => [BriefProductType])
  products: BriefProductType[];

  @Field(() => [ChannelPlatformEnum])
  channels: ChannelPlatform[];

  @Field(() => [DeliverableSpecType])
  deliverables: DeliverableSpecType[];

  @Field(() => CompensationRangesType)
  compensation: CompensationRangesType;

  @Field(() => GraphQLISODateTime, { description: 'The last instant at which a bid may be submitted.' })
  bidDeadline: Date;

  @Field(() => [String])
  markets: string[];

  @Field(() => [String])
  languages: string[];

  @Field(() => [String])
  categories: string[];

  @Field(() => String)
  disclosureText: string;

  @Field(() => UsageRightsType, { nullable: true })
  usageRights: UsageRightsType | null;

  @Field(() => ExclusivityType, { nullable: true })
  exclusivity: ExclusivityType | null;

  @Field(() => LinksPolicyEnum)
  linksPolicy: LinksPolicy;

  @Field(() => String, { nullable: true, description: 'The platform’s order number for paid content (报备).' })
  lawfulOrderNumber: string | null;
}

export function toBrief(brief: Brief): BriefType {
  const { cash, gift, commission } = brief.compensation;
  const toRange = (range: { currency: string; minimumMinor: bigint; maximumMinor: bigint }): AmountRangeType => ({
    minimum: toMoney(range.minimumMinor, range.currency),
    maximum: toMoney(range.maximumMinor, range.currency),
  });
  return {
    ...brief,
    products: brief.products.map(({ name, description, retailPrice }) => ({
      name,
      description,
      retailPrice: retailPrice && toMoney(retailPrice.amountMinor, retailPrice.currency),
    })),
    channels: [...brief.channels],
    deliverables: [...brief.deliverables],
    compensation: { cash: cash.map(toRange), gift: gift.map(toRange), commission: [...commission] },
    markets: [...brief.markets],
    languages: [...brief.languages],
    categories: [...brief.categories],
    usageRights: brief.usageRights && {
      ...brief.usageRights,
      media: [...brief.usageRights.media],
      territory: [...brief.usageRights.territory],
    },
  };
}
