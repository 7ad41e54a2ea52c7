import {
  BidDeadlinePassed,
  CampaignClosed,
  CounterOffer,
  DecisionDeadlinePassed,
  DeclineBid,
  GetBid,
  InvalidOffer,
  ListBids,
  NotYourTurn,
  OfferExpired,
  OfferSuperseded,
  OpenBidExists,
  SubmitBid,
  WithdrawBid,
} from '@evenhand/campaigns';
import { type Actor, InvalidInput, InvalidTransition, requirePerson } from '@evenhand/kernel';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Counted, CurrentActor, Input, fromGlobalId, resultUnion, toConnection } from '../graphql';
import {
  BidFilterInput,
  BidsArgs,
  CounterOfferInput,
  DeclineBidInput,
  SubmitBidInput,
  WithdrawBidInput,
  fromBidFilter,
} from './bids.inputs';
import { BidConnection, BidType, toBid } from './bids.types';
import { fromCompensationInput } from './compensation.inputs';

const bidType = () => BidType;
const SubmitBidResult = resultUnion('SubmitBidResult', bidType, [
  CampaignClosed,
  BidDeadlinePassed,
  InvalidOffer,
  OpenBidExists,
]);
const CounterOfferResult = resultUnion('CounterOfferResult', bidType, [
  InvalidTransition,
  CampaignClosed,
  DecisionDeadlinePassed,
  OfferSuperseded,
  NotYourTurn,
  OfferExpired,
  InvalidOffer,
]);
const DeclineBidResult = resultUnion('DeclineBidResult', bidType, [InvalidTransition]);
const WithdrawBidResult = resultUnion('WithdrawBidResult', bidType, [InvalidTransition]);

@Resolver(() => BidType)
export class BidsResolver {
  constructor(
    private readonly submitBids: SubmitBid,
    private readonly counterOffers: CounterOffer,
    private readonly declineBids: DeclineBid,
    private readonly withdrawBids: WithdrawBid,
    private readonly getBid: GetBid,
    private readonly listBids: ListBids,
  ) {}

  @Query(() => BidType, { description: 'A bid the actor may see, with every offer.' })
  async bid(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<BidType> {
    return toBid(await this.getBid.execute({ actor, bidId: fromGlobalId('bid', id) }));
  }

  @Query(() => BidConnection, {
    description: 'Bids on own campaigns, own bids, and those of influencers represented now.',
  })
  async bids(
    @CurrentActor() actor: Actor,
    @Args() { filter, first, after }: BidsArgs,
    @Counted() counted: boolean,
  ): Promise<BidConnection> {
    const wanted = fromBidFilter(filter ?? new BidFilterInput());
    return toConnection(await this.listBids.execute({ actor, filter: wanted, page: { first, after, counted } }), toBid);
  }

  @Mutation(() => SubmitBidResult.type, { description: 'Bids for oneself, or as the agency that holds the mandate.' })
  submitBid(@CurrentActor() actor: Actor, @Input() input: SubmitBidInput) {
    return SubmitBidResult.of(async () => {
      const view = await this.submitBids.execute({
        actor,
        campaignId: fromGlobalId('campaign', input.campaignId),
        influencerId: influencerOf(actor, input.influencerId),
        agencyId: input.agencyId ? fromGlobalId('party', input.agencyId) : null,
        compensation: fromCompensationInput(input.compensation),
        message: input.message || null,
        expiresAt: input.expiresAt ?? null,
      });
      return toBid(view);
    });
  }

  @Mutation(() => CounterOfferResult.type, { description: 'Answers the other side’s latest offer with another.' })
  counterOffer(@CurrentActor() actor: Actor, @Input() input: CounterOfferInput) {
    return CounterOfferResult.of(async () => {
      const view = await this.counterOffers.execute({
        actor,
        bidId: fromGlobalId('bid', input.bidId),
        inAnswerTo: input.inAnswerTo,
        compensation: fromCompensationInput(input.compensation),
        message: input.message || null,
        expiresAt: input.expiresAt ?? null,
      });
      return toBid(view);
    });
  }

  @Mutation(() => DeclineBidResult.type, { description: 'The brand’s no.' })
  declineBid(@CurrentActor() actor: Actor, @Input() input: DeclineBidInput) {
    const command = { actor, bidId: fromGlobalId('bid', input.bidId), reason: input.reason ?? null };
    return DeclineBidResult.of(async () => toBid(await this.declineBids.execute(command)));
  }

  @Mutation(() => WithdrawBidResult.type, { description: 'The influencer’s side takes its bid back.' })
  withdrawBid(@CurrentActor() actor: Actor, @Input() input: WithdrawBidInput) {
    const command = { actor, bidId: fromGlobalId('bid', input.bidId), reason: input.reason ?? null };
    return WithdrawBidResult.of(async () => toBid(await this.withdrawBids.execute(command)));
  }
}

function influencerOf(actor: Actor, named: string | null): string {
  if (named) return fromGlobalId('party', named);
  const { influencerId } = requirePerson(actor);
  if (influencerId === null) throw new InvalidInput('influencerId', 'Say for whom you bid.');
  return influencerId;
}
