import { type Actor, InvalidInput } from '@evenhand/kernel';
import {
  AddChannel,
  ChannelTaken,
  GetInfluencer,
  RemoveChannel,
  SearchInfluencers,
  UpdateChannel,
  UpdateInfluencerProfile,
} from '@evenhand/parties';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection } from '../graphql';
import {
  AddChannelInput,
  fromChannelFacts,
  fromInfluencerFilter,
  InfluencerFilterInput,
  InfluencersArgs,
  RemoveChannelInput,
  UpdateChannelInput,
} from './influencer.inputs';
import {
  ChannelType,
  InfluencerConnection,
  InfluencerProfileType,
  InfluencerType,
  toChannel,
  toInfluencer,
  toProfile,
} from './influencer.types';
import { UpdateInfluencerProfileInput } from './sign-up.inputs';

const UpdateInfluencerProfileResult = resultUnion('UpdateInfluencerProfileResult', () => InfluencerProfileType, [
  InvalidInput,
]);
const ChannelResult = resultUnion('ChannelResult', () => ChannelType, [ChannelTaken]);

@Resolver(() => InfluencerType)
export class InfluencerResolver {
  constructor(
    private readonly search: SearchInfluencers,
    private readonly getInfluencer: GetInfluencer,
    private readonly updateProfiles: UpdateInfluencerProfile,
    private readonly addChannels: AddChannel,
    private readonly updateChannels: UpdateChannel,
    private readonly removeChannels: RemoveChannel,
  ) {}

  @Query(() => InfluencerConnection, { description: 'Influencers, most followers first.' })
  async influencers(
    @CurrentActor() actor: Actor,
    @Args() { filter, first, after }: InfluencersArgs,
  ): Promise<InfluencerConnection> {
    const search = fromInfluencerFilter(filter ?? new InfluencerFilterInput());
    return toConnection(await this.search.execute({ actor, search, page: { first, after } }), toInfluencer);
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
