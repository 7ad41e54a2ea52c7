import { ApproveDeliverable, GetDeal, RequestChanges, SubmitDeliverable } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Mutation, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input } from '../graphql';
import { ApproveDeliverableInput, RequestChangesInput, SubmitDeliverableInput } from './deal.inputs';
import { toDeal } from './deal.mapper';
import { ApproveDeliverableResult, RequestChangesResult, SubmitDeliverableResult } from './deal.results';
import type { DealType } from './deal.types';

/** The course of a deliverable; each mutation answers the whole deal. */
@Resolver()
export class DeliverableResolver {
  constructor(
    private readonly getDeal: GetDeal,
    private readonly submit: SubmitDeliverable,
    private readonly sendBack: RequestChanges,
    private readonly approve: ApproveDeliverable,
  ) {}

  @Mutation(() => SubmitDeliverableResult.type)
  submitDeliverable(@CurrentActor() actor: Actor, @Input() input: SubmitDeliverableInput) {
    const { caption, mediaUrls } = input;
    return SubmitDeliverableResult.of(async () => {
      const deliverableId = fromGlobalId('deliverable', input.deliverableId);
      const fileIds = input.fileIds.map((id) => fromGlobalId('file', id));
      return this.shown(actor, await this.submit.execute({ actor, deliverableId, caption, mediaUrls, fileIds }));
    });
  }

  @Mutation(() => RequestChangesResult.type)
  requestChanges(@CurrentActor() actor: Actor, @Input() { deliverableId, feedback }: RequestChangesInput) {
    const command = { actor, deliverableId: fromGlobalId('deliverable', deliverableId), feedback };
    return RequestChangesResult.of(async () => this.shown(actor, await this.sendBack.execute(command)));
  }

  @Mutation(() => ApproveDeliverableResult.type)
  approveDeliverable(@CurrentActor() actor: Actor, @Input() { deliverableId }: ApproveDeliverableInput) {
    const command = { actor, deliverableId: fromGlobalId('deliverable', deliverableId) };
    return ApproveDeliverableResult.of(async () => this.shown(actor, await this.approve.execute(command)));
  }

  private async shown(actor: Actor, { dealId }: { readonly dealId: string }): Promise<DealType> {
    return toDeal(await this.getDeal.execute({ actor, dealId }));
  }
}
