import { minutesOf, type PostDoubt, type Publication, type PublicationCheck } from '@evenhand/deals';
import type { ChannelPlatform } from '@evenhand/kernel';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { ChannelPlatformEnum, toGlobalId } from '../graphql';
import { PostDoubtEnum, PublicationCheckEnum } from './deal.enums';

@ObjectType('Publication', { description: 'A post as it went live. Its address is never called.' })
export class PublicationType {
  @Field(() => ChannelPlatformEnum)
  platform: ChannelPlatform;

  @Field(() => ID, { nullable: true, description: 'The channel that the address names; null where it names none.' })
  channelId: string | null;

  @Field(() => String, { description: 'As published.' })
  caption: string;

  @Field(() => PublicationCheckEnum, {
    description:
      'Whether it is the influencer’s: the address proves it, a person of the brand is to look, or has looked.',
  })
  check: PublicationCheck;

  @Field(() => PostDoubtEnum, { nullable: true, description: 'Why the address proves nothing; null where it does.' })
  doubt: PostDoubt | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  confirmedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Of a livestream.' })
  startedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Of a livestream.' })
  endedAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Whole minutes of a livestream.' })
  minutes: number | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since when it is an explosive note (爆款笔记); null while it is none.',
  })
  explodedAt: Date | null;
}

export function toPublication({ airing, channelId, ...publication }: Publication): PublicationType {
  const { platform, caption, check, doubt, confirmedAt, explodedAt } = publication;
  return {
    platform,
    channelId: channelId === null ? null : toGlobalId('chan', channelId),
    caption,
    check,
    doubt,
    confirmedAt,
    startedAt: airing?.startedAt ?? null,
    endedAt: airing?.endedAt ?? null,
    minutes: airing && minutesOf(airing),
    explodedAt,
  };
}
