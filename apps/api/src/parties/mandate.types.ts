import type {
  BrandOverride,
  MandateCut,
  MandateCuts,
  MandateHistory,
  MandateNotice,
  MandateSide,
  MandateState,
  MandateVersion,
  MandateView,
} from '@evenhand/parties';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, toConnection, toGlobalId } from '../graphql';
import { PartyType, toParty } from './party.types';
import { CutBaseEnum, MandateSideEnum, MandateStateEnum } from './parties.enums';

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

@ObjectType('MandateBrandOverride', { description: 'Other cuts in deals with one brand; null: as with everybody.' })
export class MandateBrandOverrideType {
  @Field(() => ID)
  brandId: string;

  @Field(() => MandateCutType, { nullable: true })
  cash: MandateCutType | null;

  @Field(() => MandateCutType, { nullable: true })
  noteCommission: MandateCutType | null;

  @Field(() => MandateCutType, { nullable: true })
  livestreamCommission: MandateCutType | null;
}

@ObjectType('MandateNotice', { description: 'Somebody’s word that the mandate ends.' })
export class MandateNoticeType {
  @Field(() => MandateSideEnum, { description: 'Who gave it, and alone may take it back until the end.' })
  side: MandateSide;

  @Field(() => GraphQLISODateTime)
  givenAt: Date;

  @Field(() => GraphQLISODateTime, { description: 'The mandate is in force until then, or its planned end if sooner.' })
  endsAt: Date;

  @Field(() => String, { nullable: true })
  reason: string | null;

  @Field(() => Boolean, { description: 'This side would end at once too, if the other agrees.' })
  atOnce: boolean;
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

  @Field(() => [MandateBrandOverrideType])
  brandOverrides: MandateBrandOverrideType[];

  @Field(() => Int, { description: 'Days between notice of the end, by either side, and the end; 0: at once.' })
  noticeDays: number;

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

  @Field(() => MandateNoticeType, { nullable: true, description: 'Of its end; null where none was given.' })
  notice: MandateNoticeType | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  endedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was ended, in words of who did.' })
  endReason: string | null;
}

@ObjectType('Mandate')
export class MandateType extends MandateTermsType {
  @Field(() => String)
  influencerName: string;

  @Field(() => String)
  agencyName: string;

  @Field(() => [PartyType], { description: 'The brands with cuts of their own, in the order of the overrides.' })
  brands: PartyType[];
}

@ObjectType()
export class MandateConnection extends connectionOf(MandateType, 'Mandate') {}

@ObjectType('MandateHistory', { description: 'One mandate with all its versions.' })
export class MandateHistoryType {
  @Field(() => MandateType, {
    description: 'What counts: the version in force, else what begins or waits for an answer, else what was last.',
  })
  current: MandateType;

  @Field(() => MandateConnection, { description: 'The newest request first.' })
  versions: MandateConnection;
}

export function toMandateHistory({ current, versions }: MandateHistory): MandateHistoryType {
  return { current: toMandate(current), versions: toConnection(versions, toMandate) };
}

export function toMandateTerms(version: MandateVersion): MandateTermsType {
  const { state, position, noticeDays, startsOn, endsAt, requestedAt, lapsesAt, validFrom, validUntil } = version;
  return {
    id: toGlobalId('mandate', version.mandateId),
    version: version.version,
    influencerId: toGlobalId('party', version.influencerId),
    agencyId: toGlobalId('party', version.agencyId),
    cuts: toCuts(version.cuts),
    brandOverrides: version.brandOverrides.map(toBrandOverride),
    notice: version.notice && toNotice(version.notice),
    endedAt: version.endedAt,
    endReason: version.endReason,
    noticeDays,
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
  const { influencerName, agencyName, brands } = view;
  return { ...toMandateTerms(view), influencerName, agencyName, brands: brands.map(toParty) };
}

function toBrandOverride({ brandId, cuts }: BrandOverride): MandateBrandOverrideType {
  return {
    brandId: toGlobalId('party', brandId),
    cash: cuts.cash ?? null,
    noteCommission: cuts.note_commission ?? null,
    livestreamCommission: cuts.livestream_commission ?? null,
  };
}

function toNotice({ side, givenAt, endsAt, reason, atOnce }: MandateNotice): MandateNoticeType {
  return { side, givenAt, endsAt, reason, atOnce };
}

function toCuts(cuts: MandateCuts): MandateCutsType {
  return { cash: cuts.cash, noteCommission: cuts.note_commission, livestreamCommission: cuts.livestream_commission };
}
