import {
  type MandateCut,
  type MandateCuts,
  type MandateState,
  type MandateVersion,
  type MandateView,
} from '@evenhand/parties';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, toGlobalId } from '../graphql';
import { CutBaseEnum, MandateStateEnum } from './parties.enums';

@ObjectType('MandateCut')
export class MandateCutType {
  @Field(() => CutBaseEnum, { description: 'Of the whole gross, or of what the chain before it has left.' })
  of: MandateCut['of'];

  @Field(() => String, { description: 'Exact share from 0 to 1 as a fraction, e.g. "1/5".' })
  share: string;
}

@ObjectType('MandateCuts')
export class MandateCutsType {
  @Field(() => MandateCutType)
  cash: MandateCutType;

  @Field(() => MandateCutType)
  noteCommission: MandateCutType;

  @Field(() => MandateCutType)
  livestreamCommission: MandateCutType;
}

@ObjectType('MandateTerms', { description: 'One version of a mandate. Its terms never change.' })
export class MandateTermsType {
  @Field(() => ID)
  id: string;

  @Field(() => Int)
  version: number;

  @Field(() => ID)
  influencerId: string;

  @Field(() => ID)
  agencyId: string;

  @Field(() => MandateStateEnum)
  state: MandateState;

  @Field(() => Int, { description: 'Place in the influencer’s chain of agencies; 1 is outermost and cuts first.' })
  position: number;

  @Field(() => MandateCutsType)
  cuts: MandateCutsType;

  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD (UTC); null: from acceptance.' })
  startsOn: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  endsAt: Date | null;

  @Field(() => GraphQLISODateTime)
  requestedAt: Date;

  @Field(() => GraphQLISODateTime, { description: 'When the request lapses unanswered.' })
  lapsesAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'In force from then on; null before acceptance.' })
  validFrom: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'In force until then; null without an end.' })
  validUntil: Date | null;
}

@ObjectType('Mandate')
export class MandateType extends MandateTermsType {
  @Field(() => String)
  influencerName: string;

  @Field(() => String)
  agencyName: string;
}

@ObjectType()
export class MandateConnection extends connectionOf(MandateType, 'Mandate') {}

export function toMandateTerms(version: MandateVersion): MandateTermsType {
  const { state, position, startsOn, endsAt, requestedAt, lapsesAt, validFrom, validUntil } = version;
  return {
    id: toGlobalId('mandate', version.mandateId),
    version: version.version,
    influencerId: toGlobalId('party', version.influencerId),
    agencyId: toGlobalId('party', version.agencyId),
    cuts: toCuts(version.cuts),
    state,
    position,
    startsOn,
    endsAt,
    requestedAt,
    lapsesAt,
    validFrom,
    validUntil,
  };
}

export function toMandate(view: MandateView): MandateType {
  return { ...toMandateTerms(view), influencerName: view.influencerName, agencyName: view.agencyName };
}

function toCuts(cuts: MandateCuts): MandateCutsType {
  return { cash: cuts.cash, noteCommission: cuts.note_commission, livestreamCommission: cuts.livestream_commission };
}
