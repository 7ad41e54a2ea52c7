import { RankInfluencers } from '@evenhand/discovery';
import { type Actor, InvalidInput } from '@evenhand/kernel';
import {
  AddChannel,
  ChannelTaken,
  GetInfluencer,
  RemoveChannel,
  SearchInfluencers,
  SetAskingPrices,
  UpdateChannel,
  UpdateInfluencerProfile,
} from '@evenhand/parties';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Counted, CurrentActor, fromGlobalId, fromMoneyInput, Input, resultUnion, toConnection } from '../graphql';
import {
  AddChannelInput,
  fromChannelFacts,
  fromInfluencerFilter,
  InfluencerFilterInput,
  InfluencersArgs,
  RemoveChannelInput,
  SetAskingPricesInput,
  UpdateChannelInput,
} from './influencer.inputs';
import {
  ChannelType,
  InfluencerConnection,
  InfluencerProfileType,
  InfluencerType,
  toChannel,
  toFoundInfluencer,
  toInfluencer,
  toProfile,
} from './influencer.types';
import { UpdateInfluencerProfileInput } from './sign-up.inputs';

const UpdateInfluencerProfileResult = resultUnion('UpdateInfluencerProfileResult', () => InfluencerProfileType, [
  InvalidInput,
]);
const SetAskingPricesResult = resultUnion('SetAskingPricesResult', () => InfluencerProfileType, [InvalidInput]);
const ChannelResult = resultUnion('ChannelResult', () => ChannelType, [ChannelTaken]);

@Resolver(() => InfluencerType)
export class InfluencerResolver {
  constructor(
    private readonly search: SearchInfluencers,
    private readonly getInfluencer: GetInfluencer,
    private readonly updateProfiles: UpdateInfluencerProfile,
    private readonly setPrices: SetAskingPrices,
    private readonly rankInfluencers: RankInfluencers,
    private readonly addChannels: AddChannel,
    private readonly updateChannels: UpdateChannel,
    private readonly removeChannels: RemoveChannel,
  ) {}

  @Query(() => InfluencerConnection, { description: 'Influencers, most followers or best match first.' })
  async influencers(
    @CurrentActor() actor: Actor,
    @Args() { filter, orderBy, forCampaignId, first, after }: InfluencersArgs,
    @Counted() counted: boolean,
  ): Promise<InfluencerConnection> {
    const query = {
      actor,
      search: fromInfluencerFilter(filter ?? new InfluencerFilterInput()),
      page: { first, after, counted },
    };
    if (forCampaignId === null) {
      if (orderBy === 'best_match') throw new InvalidInput('forCampaignId', 'Say which campaign they shall fit.');
      return toConnection(await this.search.execute({ ...query, asks: null }), toFoundInfluencer);
    }
    if (orderBy === 'followers') throw new InvalidInput('orderBy', 'Influencers for a campaign come by BEST_MATCH.');
    const campaignId = fromGlobalId('campaign', forCampaignId);
    return toConnection(await this.rankInfluencers.execute({ ...query, campaignId }), toFoundInfluencer);
  }

  @Query(() => InfluencerType)
  async influencer(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<InfluencerType> {
    return toInfluencer(await this.getInfluencer.execute({ actor, influencerId: fromGlobalId('party', id) }));
  }

  @Mutation(() => UpdateInfluencerProfileResult.type, { description: 'Replaces one’s own profile as a whole.' })
  updateInfluencerProfile(@CurrentActor() actor: Actor, @Input() input: UpdateInfluencerProfileInput) {
    return UpdateInfluencerProfileResult.of(async () =>
      toProfile(await this.updateProfiles.execute({ ...input, actor })),
    );
  }

  @Mutation(() => SetAskingPricesResult.type, {
    description: 'States what one asks for at least, replaced as a whole.',
  })
  setAskingPrices(@CurrentActor() actor: Actor, @Input() input: SetAskingPricesInput) {
    return SetAskingPricesResult.of(async () => {
      const prices = input.prices.map((price) => fromMoneyInput(price));
      return toProfile(await this.setPrices.execute({ actor, prices }));
    });
  }

  @Mutation(() => ChannelResult.type, { description: 'Adds a channel to one’s own profile.' })
  addChannel(@CurrentActor() actor: Actor, @Input() input: AddChannelInput) {
    const command = { actor, platform: input.platform, ...fromChannelFacts(input) };
    return ChannelResult.of(async () => toChannel(await this.addChannels.execute(command)));
  }

  @Mutation(() => ChannelResult.type)
  updateChannel(@CurrentActor() actor: Actor, @Input() input: UpdateChannelInput) {
    const command = { actor, channelId: fromGlobalId('chan', input.channelId), ...fromChannelFacts(input) };
    return ChannelResult.of(async () => toChannel(await this.updateChannels.execute(command)));
  }

  @Mutation(() => ChannelResult.type)
  removeChannel(@CurrentActor() actor: Actor, @Input() input: RemoveChannelInput) {
    const command = { actor, channelId: fromGlobalId('chan', input.channelId) };
    return ChannelResult.of(async () => toChannel(await this.removeChannels.execute(command)));
  }
}
