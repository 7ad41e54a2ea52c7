import {
  AlreadyDecided,
  AnswerStillOpen,
  DealNotActive,
  DecideDispute,
  DecisionIncomplete,
  DeliverableDisputed,
  GetDispute,
  NothingInQuestion,
  OpenDispute,
  OperatorIsParty,
  TooManyEntries,
  WithdrawDispute,
  WriteToDispute,
} from '@evenhand/deals';
import { type Actor, IdempotencyConflict, InvalidTransition } from '@evenhand/kernel';
import { PeriodClosed } from '@evenhand/ledger';
import { InvalidRational } from '@evenhand/money';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import { DealType } from './deal.types';
import {
  AddDisputeEvidenceInput,
  AnswerDisputeInput,
  DecideDisputeInput,
  OpenDisputeInput,
  WithdrawDisputeInput,
} from './dispute.inputs';
import { DisputeType, toDispute } from './dispute.types';
import { DisputesOfDeal } from './disputes-of-deal';

const dispute = () => DisputeType;
const OpenDisputeResult = resultUnion('OpenDisputeResult', dispute, [
  DealNotActive,
  DeliverableDisputed,
  AlreadyDecided,
  NothingInQuestion,
  InvalidTransition,
  IdempotencyConflict,
]);
const writing = [TooManyEntries, InvalidTransition, IdempotencyConflict] as const;
const AnswerDisputeResult = resultUnion('AnswerDisputeResult', dispute, writing);
const AddDisputeEvidenceResult = resultUnion('AddDisputeEvidenceResult', dispute, writing);
const WithdrawDisputeResult = resultUnion('WithdrawDisputeResult', dispute, [InvalidTransition]);
const DecideDisputeResult = resultUnion('DecideDisputeResult', dispute, [
  OperatorIsParty,
  AnswerStillOpen,
  DecisionIncomplete,
  InvalidRational,
  InvalidTransition,
  IdempotencyConflict,
  PeriodClosed,
]);

@Resolver(() => DealType)
export class DisputeResolver {
  constructor(
    private readonly get: GetDispute,
    private readonly open: OpenDispute,
    private readonly write: WriteToDispute,
    private readonly withdraw: WithdrawDispute,
    private readonly decide: DecideDispute,
    private readonly disputesOfDeal: DisputesOfDeal,
  ) {}

  @Query(() => DisputeType)
  dispute(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<DisputeType> {
    return this.shown(actor, { disputeId: fromGlobalId('dispute', id) });
  }

  @ResolveField(() => [DisputeType], { description: 'The first opened first.' })
  async disputes(@CurrentActor() actor: Actor, @Parent() deal: DealType): Promise<DisputeType[]> {
    return (await this.disputesOfDeal.of(actor, fromGlobalId('deal', deal.id))).map(toDispute);
  }

  @Mutation(() => OpenDisputeResult.type, {
    description:
      'Freezes exactly the cash in question until an operator has decided or the dispute is taken back; it never ends by itself.',
  })
  openDispute(@CurrentActor() actor: Actor, @Input() input: OpenDisputeInput) {
    const { reason, text, idempotencyKey } = input;
    return OpenDisputeResult.of(async () => {
      const dealId = fromGlobalId('deal', input.dealId);
      const deliverableIds = input.deliverableIds?.map((id) => fromGlobalId('deliverable', id)) ?? null;
      const command = { actor, dealId, deliverableIds, reason, text, fileIds: filesFrom(input), idempotencyKey };
      return this.shown(actor, await this.open.execute(command));
    });
  }

  @Mutation(() => AnswerDisputeResult.type, { description: 'The side that did not open the dispute answers, once.' })
  answerDispute(@CurrentActor() actor: Actor, @Input() input: AnswerDisputeInput) {
    return AnswerDisputeResult.of(() => this.written(actor, 'answer', input));
  }

  @Mutation(() => AddDisputeEvidenceResult.type, { description: 'Either side, until the dispute has ended.' })
  addDisputeEvidence(@CurrentActor() actor: Actor, @Input() input: AddDisputeEvidenceInput) {
    return AddDisputeEvidenceResult.of(() => this.written(actor, 'evidence', input));
  }

  @Mutation(() => WithdrawDisputeResult.type, { description: 'The side that opened it takes it back.' })
  withdrawDispute(@CurrentActor() actor: Actor, @Input() { disputeId }: WithdrawDisputeInput) {
    return WithdrawDisputeResult.of(async () => {
      const command = { actor, disputeId: fromGlobalId('dispute', disputeId) };
      return this.shown(actor, await this.withdraw.execute(command));
    });
  }

  @Mutation(() => DecideDisputeResult.type, {
    description: 'An operator who belongs to no side decides once, and the money moves in the same moment.',
  })
  decideDispute(@CurrentActor() actor: Actor, @Input() input: DecideDisputeInput) {
    const { outcome, reason, idempotencyKey } = input;
    return DecideDisputeResult.of(async () => {
      const shares = input.shares.map(({ deliverableId, influencerShare }) => ({
        deliverableId: fromGlobalId('deliverable', deliverableId),
        influencerShare,
      }));
      const disputeId = fromGlobalId('dispute', input.disputeId);
      const command = { actor, disputeId, outcome, shares, reason, idempotencyKey };
      return this.shown(actor, await this.decide.execute(command));
    });
  }

  private async written(actor: Actor, kind: 'answer' | 'evidence', input: AnswerDisputeInput): Promise<DisputeType> {
    const { text, idempotencyKey } = input;
    const disputeId = fromGlobalId('dispute', input.disputeId);
    const command = { actor, disputeId, kind, text, fileIds: filesFrom(input), idempotencyKey };
    return this.shown(actor, await this.write.execute(command));
  }

  private async shown(actor: Actor, { disputeId }: { readonly disputeId: string }): Promise<DisputeType> {
    return toDispute(await this.get.execute({ actor, disputeId }));
  }
}

function filesFrom({ fileIds }: { readonly fileIds: readonly string[] }): readonly string[] {
  return fileIds.map((id) => fromGlobalId('file', id));
}
