import {
  AcceptOffer,
  CancelDeal,
  ChooseTrackingCode,
  CompleteDeal,
  FundDeal,
  GetDeal,
  ListDeals,
  SetLinkDestination,
} from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input } from '../graphql';
import {
  AcceptOfferInput,
  CancelDealInput,
  ChooseTrackingCodeInput,
  CompleteDealInput,
  type DealFilterInput,
  DealsArgs,
  FundDealInput,
  SetLinkDestinationInput,
} from './deal.inputs';
import { toDeal, toDealConnection } from './deal.mapper';
import {
  AcceptOfferResult,
  CancelDealResult,
  ChooseTrackingCodeResult,
  CompleteDealResult,
  FundDealResult,
  SetLinkDestinationResult,
} from './deal.results';
import { DealConnection, DealType } from './deal.types';

@Resolver()
export class DealResolver {
  constructor(
    private readonly getDeal: GetDeal,
    private readonly listDeals: ListDeals,
    private readonly accept: AcceptOffer,
    private readonly fund: FundDeal,
    private readonly complete: CompleteDeal,
    private readonly cancel: CancelDeal,
    private readonly chooseCode: ChooseTrackingCode,
    private readonly setDestination: SetLinkDestination,
  ) {}

  @Query(() => DealType)
  deal(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<DealType> {
    return this.shown(actor, { dealId: fromGlobalId('deal', id) });
  }

  @Query(() => DealConnection, { description: "The viewer's deals, latest acceptance first." })
  async deals(@CurrentActor() actor: Actor, @Args() { filter, first, after }: DealsArgs): Promise<DealConnection> {
    const page = { first, after };
    return toDealConnection(await this.listDeals.execute({ actor, page, filter: filterFrom(filter ?? {}) }));
  }

  @Mutation(() => AcceptOfferResult.type)
  acceptOffer(@CurrentActor() actor: Actor, @Input() input: AcceptOfferInput) {
    const { offerNumber, noteCode, livestreamCode, acceptClashes } = input;
    const codeWishes = {
      ...(noteCode && { note_commission: noteCode }),
      ...(livestreamCode && { livestream_commission: livestreamCode }),
    };
    const bidId = fromGlobalId('bid', input.bidId);
    return AcceptOfferResult.of(async () =>
      this.shown(actor, await this.accept.execute({ actor, bidId, offerNumber, codeWishes, acceptClashes })),
    );
  }

  @Mutation(() => FundDealResult.type)
  fundDeal(@CurrentActor() actor: Actor, @Input() { dealId, idempotencyKey }: FundDealInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), idempotencyKey };
    return FundDealResult.of(async () => this.shown(actor, await this.fund.execute(command)));
  }

  @Mutation(() => CompleteDealResult.type)
  completeDeal(@CurrentActor() actor: Actor, @Input() { dealId }: CompleteDealInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId) };
    return CompleteDealResult.of(async () => this.shown(actor, await this.complete.execute(command)));
  }

  @Mutation(() => CancelDealResult.type)
  cancelDeal(@CurrentActor() actor: Actor, @Input() { dealId, reason }: CancelDealInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), reason };
    return CancelDealResult.of(async () => this.shown(actor, await this.cancel.execute(command)));
  }

  @Mutation(() => ChooseTrackingCodeResult.type)
  chooseTrackingCode(@CurrentActor() actor: Actor, @Input() { dealId, kind, code }: ChooseTrackingCodeInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), kind, code };
    return ChooseTrackingCodeResult.of(async () => this.shown(actor, await this.chooseCode.execute(command)));
  }

  @Mutation(() => SetLinkDestinationResult.type, { description: 'Says where the links of the deal lead.' })
  setLinkDestination(@CurrentActor() actor: Actor, @Input() { dealId, destination }: SetLinkDestinationInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), destination: destination ?? null };
    return SetLinkDestinationResult.of(async () => this.shown(actor, await this.setDestination.execute(command)));
  }

  private async shown(actor: Actor, { dealId }: { readonly dealId: string }): Promise<DealType> {
    return toDeal(await this.getDeal.execute({ actor, dealId }));
  }
}

function filterFrom({ states, brandId, influencerId, campaignId }: DealFilterInput) {
  return {
    ...(states && { states }),
    ...(brandId && { brandId: fromGlobalId('party', brandId) }),
    ...(influencerId && { influencerId: fromGlobalId('party', influencerId) }),
    ...(campaignId && { campaignId: fromGlobalId('campaign', campaignId) }),
  };
}
