import { OffPlatformLink } from '@evenhand/campaigns';
import {
  AcceptShortLivestream,
  ConfirmPublication,
  DealNotActive,
  DeliverableNotPublished,
  DisclosureMissing,
  GetDeal,
  InvalidLiveUrl,
  InvalidLivestreamTimes,
  LivestreamsOverlap,
  LivestreamTooShort,
  LiveUrlAlreadyUsed,
  LiveUrlNotAPost,
  LiveUrlOfAnotherChannel,
  LiveUrlOffCampaign,
  NotALivestream,
  PlanLivestream,
  PublishDeliverable,
} from '@evenhand/deals';
import { type Actor, InvalidInput, InvalidTransition } from '@evenhand/kernel';
import { Mutation, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import { toDeal } from './deal.mapper';
import { DealType } from './deal.types';
import {
  AcceptShortLivestreamInput,
  ConfirmPublicationInput,
  PlanLivestreamInput,
  PublishDeliverableInput,
} from './publication.inputs';

const deal = () => DealType;

const PublishDeliverableResult = resultUnion('PublishDeliverableResult', deal, [
  DealNotActive,
  InvalidTransition,
  InvalidLiveUrl,
  LiveUrlNotAPost,
  LiveUrlOffCampaign,
  LiveUrlOfAnotherChannel,
  LiveUrlAlreadyUsed,
  DisclosureMissing,
  OffPlatformLink,
  InvalidLivestreamTimes,
  LivestreamTooShort,
  LivestreamsOverlap,
]);
const ConfirmPublicationResult = resultUnion('ConfirmPublicationResult', deal, [
  DealNotActive,
  DeliverableNotPublished,
  InvalidTransition,
]);
const PlanLivestreamResult = resultUnion('PlanLivestreamResult', deal, [
  DealNotActive,
  NotALivestream,
  InvalidTransition,
]);
const AcceptShortLivestreamResult = resultUnion('AcceptShortLivestreamResult', deal, [
  DealNotActive,
  NotALivestream,
  InvalidTransition,
]);

/** How a deliverable goes live; each mutation answers the whole deal. */
@Resolver()
export class PublicationResolver {
  constructor(
    private readonly getDeal: GetDeal,
    private readonly publish: PublishDeliverable,
    private readonly confirm: ConfirmPublication,
    private readonly plan: PlanLivestream,
    private readonly accept: AcceptShortLivestream,
  ) {}

  @Mutation(() => PublishDeliverableResult.type, {
    description: 'Says where an approved deliverable went live; of a livestream, once it is over, with its times.',
  })
  publishDeliverable(@CurrentActor() actor: Actor, @Input() input: PublishDeliverableInput) {
    const { liveUrl, caption } = input;
    return PublishDeliverableResult.of(async () => {
      const deliverableId = fromGlobalId('deliverable', input.deliverableId);
      const command = { actor, deliverableId, liveUrl, caption, airing: airingOf(input) };
      return this.shown(actor, await this.publish.execute(command));
    });
  }

  @Mutation(() => ConfirmPublicationResult.type, {
    description: 'A person of the brand has looked at a post whose address proves nothing: it is the influencer’s.',
  })
  confirmPublication(@CurrentActor() actor: Actor, @Input() { deliverableId }: ConfirmPublicationInput) {
    const command = { actor, deliverableId: fromGlobalId('deliverable', deliverableId) };
    return ConfirmPublicationResult.of(async () => this.shown(actor, await this.confirm.execute(command)));
  }

  @Mutation(() => PlanLivestreamResult.type)
  planLivestream(@CurrentActor() actor: Actor, @Input() { deliverableId, plannedStart }: PlanLivestreamInput) {
    const command = { actor, deliverableId: fromGlobalId('deliverable', deliverableId), plannedStart };
    return PlanLivestreamResult.of(async () => this.shown(actor, await this.plan.execute(command)));
  }

  @Mutation(() => AcceptShortLivestreamResult.type, {
    description:
      'The brand takes a livestream shorter than the brief asks for; of two such decisions the later counts.',
  })
  acceptShortLivestream(@CurrentActor() actor: Actor, @Input() { deliverableId, minutes }: AcceptShortLivestreamInput) {
    const command = { actor, deliverableId: fromGlobalId('deliverable', deliverableId), minutes };
    return AcceptShortLivestreamResult.of(async () => this.shown(actor, await this.accept.execute(command)));
  }

  private async shown(actor: Actor, { dealId }: { readonly dealId: string }): Promise<DealType> {
    return toDeal(await this.getDeal.execute({ actor, dealId }));
  }
}

/** Both or none. */
function airingOf({ startedAt, endedAt }: PublishDeliverableInput) {
  if (startedAt === null && endedAt === null) return null;
  if (startedAt === null) throw new InvalidInput('startedAt', 'Say when the livestream began as well.');
  if (endedAt === null) throw new InvalidInput('endedAt', 'Say when the livestream ended as well.');
  return { startedAt, endedAt };
}
