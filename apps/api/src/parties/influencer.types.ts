import type { ChannelPlatform } from '@evenhand/kernel';
import type { Audience, AudienceShare, Channel, Influencer, InfluencerView } from '@evenhand/parties';
import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { ChannelPlatformEnum, connectionOf, toGlobalId } from '../graphql';

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
}

@ObjectType('Influencer')
export class InfluencerType extends InfluencerProfileType {
  @Field(() => Float, { description: 'Followers of all channels together, a whole number.' })
  followersTotal: number;

  @Field(() => [ChannelType], { description: 'Most followers first.' })
  channels: ChannelType[];
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
  return { id: toGlobalId('party', profile.id), displayName, country, bio, ...lists };
}

export function toInfluencer(view: InfluencerView): InfluencerType {
  const followersTotal = Number(view.followersTotal);
  return { ...toProfile(view), followersTotal, channels: view.channels.map(toChannel) };
}

function toAudience(audience: Audience): AudienceType {
  const shares = (each: readonly AudienceShare[]) => each.map(({ segment, percent }) => ({ segment, percent }));
  return { countries: shares(audience.countries), ages: shares(audience.ages), genders: shares(audience.genders) };
}
