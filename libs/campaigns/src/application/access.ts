import {
  type Actor,
  Unauthenticated,
  actsForInfluencer,
  actsForOrganisation,
  authorize,
  isInfluencer,
  requirePerson,
} from '@evenhand/kernel';
import { type Bid, type OfferSide, latestOffer } from '../domain/bid';
import type { Campaign } from '../domain/campaign';
import type { Bidder } from '../domain/negotiation';

/** Throws Unauthenticated for nobody; the system passes. */
export function requireSignedIn(actor: Actor): void {
  if (actor.kind === 'anonymous') throw new Unauthenticated();
}

/** Who did it, for events and offers: a user's id, or the name of the job. */
export function nameOfActor(actor: Actor): string {
  return actor.kind === 'system' ? `system:${actor.name}` : requirePerson(actor).userId;
}

/** Managers of the brand; its viewers are told so, others learn nothing. */
export function authorizeBrand(actor: Actor, brandId: string, action: string): void {
  requireSignedIn(actor);
  const isBrand = actor.kind === 'system' || isMemberOfBrand(actor, brandId);
  const allowed = isBrand && actsForOrganisation(actor, brandId, 'manager');
  authorize(allowed, isBrand, 'The brand', action);
}

function isMemberOfBrand(actor: Actor, brandId: string): boolean {
  return actor.kind === 'person' && actor.memberships.some((m) => m.partyId === brandId && m.kind === 'brand');
}

/** The same for a campaign loaded with the actor's rights, who therefore may know that it exists. */
export function authorizeCampaign(actor: Actor, campaign: Campaign, action: string): void {
  requireSignedIn(actor);
  authorize(actsForOrganisation(actor, campaign.brandId, 'manager'), true, 'The campaign', action);
}

/**
 * For whom the actor bids: herself, or as a manager of an agency that holds the influencer's mandate. With more than
 * one such agency, `agencyId` says which; otherwise it may be null.
 */
export function bidderFor(actor: Actor, influencerId: string, agencyId: string | null): Bidder {
  const person = requirePerson(actor);
  if (agencyId === null && isInfluencer(person, influencerId)) return { influencerId, agencyId: null };
  const mandates = person.representations.filter(
    (held) => held.influencerId === influencerId && (agencyId === null || held.agencyId === agencyId),
  );
  const managing = mandates.find((held) => held.role !== 'viewer');
  authorize(managing !== undefined, mandates.length > 0, 'The influencer', 'bid for this influencer');
  return { influencerId, agencyId: managing?.agencyId ?? null };
}

/** The sides of the bid the actor may act for: managers of the brand; the influencer or managers of her agency. */
function sidesOf(actor: Actor, bid: Bid): readonly OfferSide[] {
  const sides: OfferSide[] = [];
  if (actsForOrganisation(actor, bid.brandId, 'manager')) sides.push('brand');
  if (actsForInfluencer(actor, bid.influencerId, 'manager')) sides.push('influencer');
  return sides;
}

/** The actor's side; for somebody on both, the one whose turn it is. The bid was loaded with the actor's rights. */
export function sideToAnswer(actor: Actor, bid: Bid, action: string): OfferSide {
  requireSignedIn(actor);
  const sides = sidesOf(actor, bid);
  const [first] = sides;
  authorize(first !== undefined, true, 'The bid', action);
  const other: OfferSide = latestOffer(bid).side === 'brand' ? 'influencer' : 'brand';
  return sides.includes(other) || first === undefined ? other : first;
}

/** Throws Forbidden unless the actor may act for that side of a bid loaded with the actor's rights. */
export function authorizeSide(actor: Actor, bid: Bid, side: OfferSide, action: string): void {
  requireSignedIn(actor);
  authorize(sidesOf(actor, bid).includes(side), true, 'The bid', action);
}
