import {
  CAMPAIGN_ORDERS,
  CancelCampaign,
  CloseCampaign,
  CompleteCampaign,
  CreateCampaign,
  GetCampaign,
  InvalidBrief,
  OffPlatformLink,
  PublishCampaign,
  SearchCampaigns,
  UpdateBrief,
} from '@evenhand/campaigns';
import { campaignFilterAt, RankCampaigns } from '@evenhand/discovery';
import { type Actor, Clock, InvalidInput, InvalidTransition } from '@evenhand/kernel';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Counted, CurrentActor, Input, fromGlobalId, resultUnion, toConnection } from '../graphql';
import { fromBriefInput, fromLimits } from './brief.inputs';
import {
  CampaignFilterInput,
  CampaignsArgs,
  CancelCampaignInput,
  CloseCampaignInput,
  CompleteCampaignInput,
  PublishCampaignInput,
  CreateCampaignInput,
  UpdateBriefInput,
  fromCampaignFilter,
} from './campaigns.inputs';
import { BEST_MATCH } from './campaigns.enums';
import { CampaignConnection, CampaignType, toCampaign, toFoundCampaign } from './campaigns.types';

const campaignType = () => CampaignType;
const CreateCampaignResult = resultUnion('CreateCampaignResult', campaignType, [InvalidBrief, OffPlatformLink]);
const UpdateBriefResult = resultUnion('UpdateBriefResult', campaignType, [
  InvalidBrief,
  OffPlatformLink,
  InvalidTransition,
]);
const PublishCampaignResult = resultUnion('PublishCampaignResult', campaignType, [
  InvalidBrief,
  OffPlatformLink,
  InvalidTransition,
]);
const CloseCampaignResult = resultUnion('CloseCampaignResult', campaignType, [InvalidTransition]);
const CompleteCampaignResult = resultUnion('CompleteCampaignResult', campaignType, [InvalidTransition]);
const CancelCampaignResult = resultUnion('CancelCampaignResult', campaignType, [InvalidTransition]);

@Resolver(() => CampaignType)
export class CampaignsResolver {
  constructor(
    private readonly createCampaigns: CreateCampaign,
    private readonly updateBriefs: UpdateBrief,
    private readonly publishCampaigns: PublishCampaign,
    private readonly closeCampaigns: CloseCampaign,
    private readonly completeCampaigns: CompleteCampaign,
    private readonly cancelCampaigns: CancelCampaign,
    private readonly getCampaign: GetCampaign,
    private readonly searchCampaigns: SearchCampaigns,
    private readonly rankCampaigns: RankCampaigns,
    private readonly clock: Clock,
  ) {}

  @Query(() => CampaignType, { description: 'A campaign the actor may see.' })
  async campaign(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<CampaignType> {
    return toCampaign(await this.getCampaign.execute({ actor, campaignId: fromGlobalId('campaign', id) }));
  }

  @Query(() => CampaignConnection, { description: 'Campaigns the actor may see; published ones unless told.' })
  async campaigns(
    @CurrentActor() actor: Actor,
    @Args() { filter: wanted, orderBy, forInfluencerId, first, after }: CampaignsArgs,
    @Counted() counted: boolean,
  ): Promise<CampaignConnection> {
    const filter = campaignFilterAt(fromCampaignFilter(wanted ?? new CampaignFilterInput()), this.clock.now());
    const page = { first, after, counted };
    const ranking = orderBy ?? (forInfluencerId === null ? CAMPAIGN_ORDERS[0] : BEST_MATCH);
    if (ranking === BEST_MATCH) {
      const influencerId = forInfluencerId === null ? null : fromGlobalId('party', forInfluencerId);
      return toConnection(await this.rankCampaigns.execute({ actor, influencerId, filter, page }), toFoundCampaign);
    }
    if (forInfluencerId !== null) throw new InvalidInput('orderBy', 'Campaigns for an influencer come by BEST_MATCH.');
    return toConnection(await this.searchCampaigns.execute({ actor, filter, ranking, page }), toFoundCampaign);
  }

  @Mutation(() => CreateCampaignResult.type, { description: 'A draft that only its brand sees.' })
  createCampaign(@CurrentActor() actor: Actor, @Input() input: CreateCampaignInput) {
    return CreateCampaignResult.of(async () => {
      const brandId = fromGlobalId('party', input.brandId);
      const brief = fromBriefInput(input.brief);
      const limits = fromLimits(input.budgets, input.dealCap);
      return toCampaign(await this.createCampaigns.execute({ actor, brandId, brief, limits }));
    });
  }

  @Mutation(() => UpdateBriefResult.type, { description: 'Rewrites the brief and the limits of a draft.' })
  updateBrief(@CurrentActor() actor: Actor, @Input() input: UpdateBriefInput) {
    return UpdateBriefResult.of(async () => {
      const campaignId = fromGlobalId('campaign', input.campaignId);
      const brief = fromBriefInput(input.brief);
      const limits = fromLimits(input.budgets, input.dealCap);
      return toCampaign(await this.updateBriefs.execute({ actor, campaignId, brief, limits }));
    });
  }

  @Mutation(() => PublishCampaignResult.type, { description: 'Opens a draft to bids.' })
  publishCampaign(@CurrentActor() actor: Actor, @Input() input: PublishCampaignInput) {
    const command = { actor, campaignId: fromGlobalId('campaign', input.campaignId) };
    return PublishCampaignResult.of(async () => toCampaign(await this.publishCampaigns.execute(command)));
  }

  @Mutation(() => CloseCampaignResult.type, { description: 'Ends bidding; open bids expire, deals go on.' })
  closeCampaign(@CurrentActor() actor: Actor, @Input() input: CloseCampaignInput) {
    const command = { actor, campaignId: fromGlobalId('campaign', input.campaignId) };
    return CloseCampaignResult.of(async () => toCampaign(await this.closeCampaigns.execute(command)));
  }

  @Mutation(() => CompleteCampaignResult.type, { description: 'Files a closed campaign.' })
  completeCampaign(@CurrentActor() actor: Actor, @Input() input: CompleteCampaignInput) {
    const command = { actor, campaignId: fromGlobalId('campaign', input.campaignId) };
    return CompleteCampaignResult.of(async () => toCampaign(await this.completeCampaigns.execute(command)));
  }

  @Mutation(() => CancelCampaignResult.type, {
    description: 'Calls a campaign off; deals already made keep their terms.',
  })
  cancelCampaign(@CurrentActor() actor: Actor, @Input() input: CancelCampaignInput) {
    const command = { actor, campaignId: fromGlobalId('campaign', input.campaignId) };
    return CancelCampaignResult.of(async () => toCampaign(await this.cancelCampaigns.execute(command)));
  }
}
