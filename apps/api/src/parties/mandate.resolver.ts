import type { Actor } from '@evenhand/kernel';
import {
  AcceptMandate,
  DeclineMandate,
  EndMandate,
  InvalidMandateCut,
  ListMandates,
  MandateChangeAlreadyOpen,
  MandateCutsExceedWhole,
  MandateNotInForce,
  MandatePeriodEmpty,
  MandatePositionTaken,
  MandateRequestExpired,
  MandateVersionSuperseded,
  RequestMandate,
} from '@evenhand/parties';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection } from '../graphql';
import {
  AcceptMandateInput,
  DeclineMandateInput,
  EndMandateInput,
  fromCuts,
  MandatesArgs,
  RequestMandateInput,
} from './mandate.inputs';
import { MandateConnection, MandateTermsType, MandateType, toMandate, toMandateTerms } from './mandate.types';

const terms = () => MandateTermsType;
const RequestMandateResult = resultUnion('RequestMandateResult', terms, [
  MandateChangeAlreadyOpen,
  InvalidMandateCut,
  MandatePeriodEmpty,
]);
const AcceptMandateResult = resultUnion('AcceptMandateResult', terms, [
  MandateVersionSuperseded,
  MandateRequestExpired,
  MandatePositionTaken,
  MandateCutsExceedWhole,
  MandatePeriodEmpty,
]);
const DeclineMandateResult = resultUnion('DeclineMandateResult', terms, [
  MandateVersionSuperseded,
  MandateRequestExpired,
]);
const EndMandateResult = resultUnion('EndMandateResult', terms, [MandateNotInForce]);

@Resolver(() => MandateType)
export class MandateResolver {
  constructor(
    private readonly listMandates: ListMandates,
    private readonly requestMandates: RequestMandate,
    private readonly acceptMandates: AcceptMandate,
    private readonly declineMandates: DeclineMandate,
    private readonly endMandates: EndMandate,
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

  @Mutation(() => RequestMandateResult.type, {
    description: 'An agency asks an influencer for a mandate or for other terms; nothing changes before she accepts.',
  })
  requestMandate(@CurrentActor() actor: Actor, @Input() input: RequestMandateInput) {
    const command = {
      actor,
      agencyId: fromGlobalId('party', input.agencyId),
      influencerId: fromGlobalId('party', input.influencerId),
      cuts: fromCuts(input.cuts),
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

  @Mutation(() => EndMandateResult.type, {
    description: 'By either side, at once; deals made before keep their terms.',
  })
  endMandate(@CurrentActor() actor: Actor, @Input() input: EndMandateInput) {
    const command = { actor, mandateId: fromGlobalId('mandate', input.mandateId) };
    return EndMandateResult.of(async () => toMandateTerms(await this.endMandates.execute(command)));
  }
}
