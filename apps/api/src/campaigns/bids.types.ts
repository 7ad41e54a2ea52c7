import type { BidState, BidView, Offer, OfferSide } from '@evenhand/campaigns';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, toGlobalId } from '../graphql';
import { BidStateEnum, OfferSideEnum } from './campaigns.enums';
import { CompensationType, toCompensation } from './compensation.types';

@ObjectType('Offer', { description: 'One of the numbered offers that a bid holds; never changed.' })
export class OfferType {
  @Field(() => Int)
  number: number;

  @Field(() => OfferSideEnum, { description: 'The side that made it; an agency acts on the influencer’s.' })
  side: OfferSide;

  @Field(() => CompensationType)
  compensation: CompensationType;

  @Field(() => String, { nullable: true })
  message: string | null;

  @Field(() => GraphQLISODateTime)
  offeredAt: Date;

  @Field(() => GraphQLISODateTime)
  expiresAt: Date;
}

@ObjectType('Bid')
export class BidType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  campaignId: string;

  @Field(() => String, { nullable: true })
  campaignTitle: string | null;

  @Field(() => ID)
  brandId: string;

  @Field(() => String)
  brandName: string;

  @Field(() => ID)
  influencerId: string;

  @Field(() => String)
  influencerName: string;

  @Field(() => ID, { nullable: true, description: 'The agency that bid for the influencer; null where she did.' })
  agencyId: string | null;

  @Field(() => String, { nullable: true })
  agencyName: string | null;

  @Field(() => BidStateEnum)
  state: BidState;

  @Field(() => [OfferType], { description: 'Every offer, in the order they were made.' })
  offers: OfferType[];

  @Field(() => OfferType, { description: 'The offer on the table.' })
  latestOffer: OfferType;

  @Field(() => GraphQLISODateTime)
  submittedAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  endedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was declined, withdrawn or expired.' })
  endReason: string | null;
}

@ObjectType()
export class BidConnection extends connectionOf(BidType, 'Bid') {}

/** Ids are made where they are asked for: in lists they cost more than the rest. */
export function toBid({ bid, campaignTitle, brandName, influencerName, agencyName }: BidView): BidType {
  const offers = bid.offers.map(toOffer);
  const latest = offers.at(-1);
  if (!latest) throw new TypeError('A bid holds at least one offer.');
  return {
    id: toGlobalId('bid', bid.id),
    get campaignId() {
      return toGlobalId('campaign', bid.campaignId);
    },
    campaignTitle,
    get brandId() {
      return toGlobalId('party', bid.brandId);
    },
    brandName,
    get influencerId() {
      return toGlobalId('party', bid.influencerId);
    },
    influencerName,
    agencyId: bid.agencyId === null ? null : toGlobalId('party', bid.agencyId),
    agencyName,
    state: bid.state,
    offers,
    latestOffer: latest,
    submittedAt: bid.submittedAt,
    endedAt: bid.endedAt,
    endReason: bid.endReason,
  };
}

export function toOffer(offer: Offer): OfferType {
  return {
    number: offer.number,
    side: offer.side,
    compensation: toCompensation(offer.compensation),
    message: offer.message,
    offeredAt: offer.offeredAt,
    expiresAt: offer.expiresAt,
  };
}
