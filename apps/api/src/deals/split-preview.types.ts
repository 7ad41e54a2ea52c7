import type { ShareRole } from '@evenhand/ledger';
import type { QuotedPart, SplitPreview, SplitQuote } from '@evenhand/deals';
import type { CompensationKind } from '@evenhand/kernel';
import type { PartyName } from '@evenhand/parties';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CompensationKindEnum, MoneyType, ShareRoleEnum, toMoney } from '../graphql';
import { PartyType, toParty } from '../parties/party.types';
import { toPinnedMandate } from './deal.mapper';
import { ExclusivityClashType, toExclusivityClash } from './exclusivity-clash.types';
import { PinnedMandateType } from './deal.types';

@ObjectType('SplitPart')
export class SplitPartType {
  @Field(() => PartyType)
  party: PartyType;

  @Field(() => ShareRoleEnum)
  role: ShareRole;

  @Field(() => String, { description: 'Exact share of the gross amount.' })
  share: string;

  @Field(() => MoneyType)
  amount: MoneyType;
}

@ObjectType('SplitRelease', { description: 'The cash released when one deliverable is approved.' })
export class SplitReleaseType {
  @Field(() => String)
  deliverableKey: string;

  @Field(() => Int)
  sequence: number;

  @Field(() => MoneyType, { description: 'The milestones of the deliverable.' })
  pool: MoneyType;

  @Field(() => MoneyType, { description: 'What the brand pays in all: the pool, and a fee on top.' })
  gross: MoneyType;

  @Field(() => [SplitPartType])
  parts: SplitPartType[];
}

@ObjectType('KindSplit', { description: 'Who gets what of one kind of money.' })
export class KindSplitType {
  @Field(() => CompensationKindEnum)
  kind: CompensationKind;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The net sales that a commission is shown for; null for cash.',
  })
  exampleSales: MoneyType | null;

  @Field(() => String, { nullable: true, description: 'The rate from the first sale on; null for cash.' })
  rate: string | null;

  @Field(() => MoneyType, { description: 'The cash or commission agreed on: what is shared.' })
  pool: MoneyType;

  @Field(() => MoneyType, { description: 'What the brand pays in all: the pool, and a fee on top.' })
  gross: MoneyType;

  @Field(() => [SplitPartType], {
    description:
      'A fee on top first, then in the order of the chain, the influencer last; they sum to the gross. For an agency without what other agencies take.',
  })
  parts: SplitPartType[];

  @Field(() => [SplitReleaseType], { description: 'Cash alone: what each deliverable releases, as it will be booked.' })
  releases: SplitReleaseType[];
}

@ObjectType('BonusPreview', { description: 'Who gets what of a bonus, once it is earned.' })
export class BonusPreviewType {
  @Field(() => String)
  name: string;

  @Field(() => MoneyType, { description: 'The bonus agreed on: what is shared.' })
  pool: MoneyType;

  @Field(() => MoneyType, { description: 'What the brand pays in all: the pool, and a fee on top.' })
  gross: MoneyType;

  @Field(() => [SplitPartType])
  parts: SplitPartType[];
}

@ObjectType('GiftPreview', { description: 'A gift is in kind and is not split.' })
export class GiftPreviewType {
  @Field(() => PartyType)
  receiver: PartyType;

  @Field(() => MoneyType)
  fairMarketValue: MoneyType;
}

@ObjectType('SplitPreview', { description: 'Exactly what each party would get of an offer accepted now, per kind.' })
export class SplitPreviewType {
  @Field(() => Int)
  policyVersion: number;

  @Field(() => [PinnedMandateType])
  mandates: PinnedMandateType[];

  @Field(() => [KindSplitType])
  splits: KindSplitType[];

  @Field(() => MoneyType, { nullable: true, description: 'What the brand puts aside for cash, a fee on top included.' })
  cash: MoneyType | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What the brand puts aside for commission, a fee on top included.',
  })
  commissionReserve: MoneyType | null;

  @Field(() => [BonusPreviewType])
  bonuses: BonusPreviewType[];

  @Field(() => GiftPreviewType, { nullable: true })
  gift: GiftPreviewType | null;

  @Field(() => [ExclusivityClashType], { description: 'What a deal made of it now would clash with.' })
  exclusivityClashes: ExclusivityClashType[];
}

export function toSplitPreview(preview: SplitPreview): SplitPreviewType {
  const { policyVersion, mandates, splits, need, bonuses, gift, exclusivityClashes, parties } = preview;
  const party = (id: string): PartyType => toParty(nameIn(parties, id));
  return {
    policyVersion,
    mandates: mandates.map(toPinnedMandate),
    splits: splits.map((split) => toKindSplit(split, party)),
    cash: need.cash && toMoney(need.cash.amountMinor, need.cash.currency),
    commissionReserve:
      need.commissionReserve && toMoney(need.commissionReserve.amountMinor, need.commissionReserve.currency),
    bonuses: bonuses.map(({ bonusId, currency, poolMinor, grossMinor, parts }) => ({
      name: bonusId,
      pool: toMoney(poolMinor, currency),
      gross: toMoney(grossMinor, currency),
      parts: toParts(parts, currency, party),
    })),
    gift: gift && {
      receiver: party(gift.receiverId),
      fairMarketValue: toMoney(gift.fairMarketValueMinor, gift.currency),
    },
    exclusivityClashes: exclusivityClashes.map(toExclusivityClash),
  };
}

function toKindSplit(split: SplitQuote, party: (id: string) => PartyType): KindSplitType {
  const { currency, exampleSalesMinor } = split;
  return {
    kind: split.kind,
    exampleSales: exampleSalesMinor === null ? null : toMoney(exampleSalesMinor, currency),
    rate: split.rate,
    pool: toMoney(split.poolMinor, currency),
    gross: toMoney(split.grossMinor, currency),
    parts: toParts(split.parts, currency, party),
    releases: split.releases.map(({ deliverableKey, sequence, poolMinor, grossMinor, parts }) => ({
      deliverableKey,
      sequence,
      pool: toMoney(poolMinor, currency),
      gross: toMoney(grossMinor, currency),
      parts: toParts(parts, currency, party),
    })),
  };
}

function toParts(parts: readonly QuotedPart[], currency: string, party: (id: string) => PartyType): SplitPartType[] {
  return parts.map(({ partyId, role, share, amountMinor }) => ({
    party: party(partyId),
    role,
    share,
    amount: toMoney(amountMinor, currency),
  }));
}

function nameIn(parties: ReadonlyMap<string, PartyName>, id: string): PartyName {
  const name = parties.get(id);
  if (!name) throw new RangeError('A preview names every party in it.');
  return name;
}
