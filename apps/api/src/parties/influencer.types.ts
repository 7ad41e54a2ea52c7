import type { ChannelPlatform } from '@evenhand/kernel';
import type { Audience, AudienceShare, Channel, Influencer, InfluencerHit, InfluencerView } from '@evenhand/parties';
import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { ChannelPlatformEnum, connectionOf, FitType, MoneyType, toFit, toGlobalId, toMoney } from '../graphql';

@ObjectType('AudienceShare')
export class AudienceShareType {
  @Field(() => String)
  segment: string;

  @Field(() => Int, { description: 'Whole percent.' })
  percent: number;
}

@ObjectType('Audience')
export class AudienceType {
  @Field(() => [AudienceShareType])
  countries: AudienceShareType[];

  @Field(() => [AudienceShareType])
  ages: AudienceShareType[];

  @Field(() => [AudienceShareType])
  genders: AudienceShareType[];
}

@ObjectType('Channel', { description: 'An account of an influencer on a social platform.' })
export class ChannelType {
  @Field(() => ID)
  id: string;

  @Field(() => ChannelPlatformEnum)
  platform: ChannelPlatform;

  @Field(() => String)
  handle: string;

  @Field(() => String)
  url: string;

  @Field(() => Float, { description: 'A whole number.' })
  followers: number;

  @Field(() => AudienceType)
  audience: AudienceType;

  @Field(() => GraphQLISODateTime)
  updatedAt: Date;
}

@ObjectType('InfluencerProfile')
export class InfluencerProfileType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  displayName: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  country: string;

  @Field(() => String)
  bio: string;

  @Field(() => [String])
  categories: string[];

  @Field(() => [String], { description: 'Countries of the audience, ISO 3166-1 alpha-2.' })
  markets: string[];

  @Field(() => [String])
  languages: string[];

  @Field(() => [MoneyType], { description: 'The least asked for one deliverable, as stated: one a currency, or none.' })
  askingPrices: MoneyType[];
}

@ObjectType('Influencer')
export class InfluencerType extends InfluencerProfileType {
  @Field(() => Float, { description: 'Followers of all channels together, a whole number.' })
  followersTotal: number;

  @Field(() => [ChannelType], { description: 'Most followers first.' })
  channels: ChannelType[];

  @Field(() => FitType, { nullable: true, description: 'Why they stand where they do; in a list by BEST_MATCH only.' })
  fit: FitType | null;
}

@ObjectType()
export class InfluencerConnection extends connectionOf(InfluencerType, 'Influencer') {}

export function toChannel(channel: Channel): ChannelType {
  const { platform, handle, url, updatedAt, audience, followers } = channel;
  const id = toGlobalId('chan', channel.id);
  return { id, platform, handle, url, updatedAt, followers: Number(followers), audience: toAudience(audience) };
}

export function toProfile(profile: Omit<Influencer, 'userId'>): InfluencerProfileType {
  const { displayName, country, bio, categories, markets, languages } = profile;
  const lists = { categories: [...categories], markets: [...markets], languages: [...languages] };
  const askingPrices = profile.askingPrices.map(({ amountMinor, currency }) => toMoney(amountMinor, currency));
  return { id: toGlobalId('party', profile.id), displayName, country, bio, ...lists, askingPrices };
}

export function toInfluencer(view: InfluencerView): InfluencerType {
  const followersTotal = Number(view.followersTotal);
  return { ...toProfile(view), followersTotal, channels: view.channels.map(toChannel), fit: null };
}

export function toFoundInfluencer({ fit, ...view }: InfluencerHit): InfluencerType {
  return { ...toInfluencer(view), fit: fit && toFit(fit) };
}

function toAudience(audience: Audience): AudienceType {
  const shares = (each: readonly AudienceShare[]) => each.map(({ segment, percent }) => ({ segment, percent }));
  return { countries: shares(audience.countries), ages: shares(audience.ages), genders: shares(audience.genders) };
}
