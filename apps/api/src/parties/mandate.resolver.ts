import type { Actor } from '@evenhand/kernel';
import {
  AcceptMandate,
  AgencyTwiceInChain,
  DeclineMandate,
  EndMandate,
  GetMandate,
  InvalidMandateCut,
  ListMandates,
  MandateChangeAlreadyOpen,
  MandateCutsExceedWhole,
  MandateNoticeNotRunning,
  MandateNoticeOfOtherSide,
  MandateNoticeReliedOn,
  MandateNotInForce,
  MandatePeriodEmpty,
  MandatePositionTaken,
  MandateRequestExpired,
  MandateRequestNotOpen,
  MandateUnderNotice,
  MandateVersionSuperseded,
  RequestMandate,
  TakeBackMandateNotice,
  WithdrawMandateRequest,
} from '@evenhand/parties';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection } from '../graphql';
import {
  AcceptMandateInput,
  DeclineMandateInput,
  EndMandateInput,
  fromBrandOverrides,
  fromCuts,
  MandateArgs,
  MandatesArgs,
  RequestMandateInput,
  TakeBackMandateNoticeInput,
  WithdrawMandateRequestInput,
} from './mandate.inputs';
import {
  MandateConnection,
  MandateHistoryType,
  MandateTermsType,
  MandateType,
  toMandate,
  toMandateHistory,
  toMandateTerms,
} from './mandate.types';

const terms = () => MandateTermsType;
const RequestMandateResult = resultUnion('RequestMandateResult', terms, [
  MandateChangeAlreadyOpen,
  MandateUnderNotice,
  AgencyTwiceInChain,
  InvalidMandateCut,
  MandatePeriodEmpty,
]);
const AcceptMandateResult = resultUnion('AcceptMandateResult', terms, [
  MandateVersionSuperseded,
  MandateRequestExpired,
  MandatePositionTaken,
  AgencyTwiceInChain,
  MandateCutsExceedWhole,
  MandatePeriodEmpty,
]);
const DeclineMandateResult = resultUnion('DeclineMandateResult', terms, [
  MandateVersionSuperseded,
  MandateRequestExpired,
]);
const WithdrawMandateRequestResult = resultUnion('WithdrawMandateRequestResult', terms, [MandateRequestNotOpen]);
const EndMandateResult = resultUnion('EndMandateResult', terms, [MandateNotInForce, MandateUnderNotice]);
const TakeBackMandateNoticeResult = resultUnion('TakeBackMandateNoticeResult', terms, [
  MandateNoticeNotRunning,
  MandateNoticeOfOtherSide,
  MandateNoticeReliedOn,
]);

@Resolver(() => MandateType)
export class MandateResolver {
  constructor(
    private readonly listMandates: ListMandates,
    private readonly getMandate: GetMandate,
    private readonly requestMandates: RequestMandate,
    private readonly acceptMandates: AcceptMandate,
    private readonly declineMandates: DeclineMandate,
    private readonly withdrawRequests: WithdrawMandateRequest,
    private readonly endMandates: EndMandate,
    private readonly takeBackNotices: TakeBackMandateNotice,
  ) {}

  @Query(() => MandateConnection, { description: 'Versions of one’s own mandates, the newest request first.' })
  async mandates(
    @CurrentActor() actor: Actor,
    @Args() { filter, first, after }: MandatesArgs,
  ): Promise<MandateConnection> {
    const influencerId = filter?.influencerId ? fromGlobalId('party', filter.influencerId) : null;
    const agencyId = filter?.agencyId ? fromGlobalId('party', filter.agencyId) : null;
    const query = { actor, influencerId, agencyId, states: filter?.states ?? [], page: { first, after } };
    return toConnection(await this.listMandates.execute(query), toMandate);
  }

  @Query(() => MandateHistoryType)
  async mandate(@CurrentActor() actor: Actor, @Args() { id, first, after }: MandateArgs): Promise<MandateHistoryType> {
    const query = { actor, mandateId: fromGlobalId('mandate', id), page: { first, after } };
    return toMandateHistory(await this.getMandate.execute(query));
  }

  @Mutation(() => RequestMandateResult.type, {
    description: 'An agency asks an influencer for a mandate or for other terms; nothing changes before she accepts.',
  })
  requestMandate(@CurrentActor() actor: Actor, @Input() input: RequestMandateInput) {
    const command = {
      actor,
      agencyId: fromGlobalId('party', input.agencyId),
      influencerId: fromGlobalId('party', input.influencerId),
      mandateId: input.mandateId ? fromGlobalId('mandate', input.mandateId) : null,
      additional: input.additional,
      cuts: fromCuts(input.cuts),
      brandOverrides: fromBrandOverrides(input.brandOverrides),
      noticeDays: input.noticeDays,
      position: input.position ?? null,
      startsOn: input.startsOn ?? null,
      endsAt: input.endsAt ?? null,
    };
    return RequestMandateResult.of(async () => toMandateTerms(await this.requestMandates.execute(command)));
  }

  @Mutation(() => AcceptMandateResult.type, { description: 'The influencer’s consent to the version she names.' })
  acceptMandate(@CurrentActor() actor: Actor, @Input() input: AcceptMandateInput) {
    const command = { actor, mandateId: fromGlobalId('mandate', input.mandateId), version: input.version };
    return AcceptMandateResult.of(async () => toMandateTerms(await this.acceptMandates.execute(command)));
  }

  @Mutation(() => DeclineMandateResult.type, { description: 'A mandate given before stays as it is.' })
  declineMandate(@CurrentActor() actor: Actor, @Input() input: DeclineMandateInput) {
    const command = { actor, mandateId: fromGlobalId('mandate', input.mandateId), version: input.version };
    return DeclineMandateResult.of(async () => toMandateTerms(await this.declineMandates.execute(command)));
  }

  @Mutation(() => WithdrawMandateRequestResult.type, {
    description: 'The agency takes an open request back; a mandate it has stays as it is.',
  })
  withdrawMandateRequest(@CurrentActor() actor: Actor, @Input() input: WithdrawMandateRequestInput) {
    const command = { actor, mandateId: fromGlobalId('mandate', input.mandateId), version: input.version };
    return WithdrawMandateRequestResult.of(async () => toMandateTerms(await this.withdrawRequests.execute(command)));
  }

  @Mutation(() => EndMandateResult.type, {
    description:
      'By either side, after the notice its terms ask for, or at once where both say so; deals made before keep their terms.',
  })
  endMandate(@CurrentActor() actor: Actor, @Input() input: EndMandateInput) {
    const { atOnce, reason, side } = input;
    const mandateId = fromGlobalId('mandate', input.mandateId);
    const command = { actor, mandateId, atOnce, reason: reason ?? null, side: side ?? null };
    return EndMandateResult.of(async () => toMandateTerms(await this.endMandates.execute(command)));
  }

  @Mutation(() => TakeBackMandateNoticeResult.type, { description: 'By the side that gave it, until its end.' })
  takeBackMandateNotice(@CurrentActor() actor: Actor, @Input() input: TakeBackMandateNoticeInput) {
    const command = { actor, mandateId: fromGlobalId('mandate', input.mandateId), side: input.side ?? null };
    return TakeBackMandateNoticeResult.of(async () => toMandateTerms(await this.takeBackNotices.execute(command)));
  }
}
