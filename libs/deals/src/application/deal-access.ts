import {
  type Actor,
  actsForInfluencer,
  actsForOrganisation,
  authorize,
  isInfluencer,
  NotFound,
  type Transaction,
} from '@evenhand/kernel';
import type { Deal, Deliverable } from './deal';
import type { Gift } from './gift';
import type { DealRepository } from './deal-repository';
import type { DealProgress } from '../domain/deal';
import type { DealSide } from '../domain/deal-side';
import { DeliverableDisputed } from '../domain/dispute-errors';
import { NoGiftInDeal } from '../domain/errors';

/** The locked deal; whatever the actor may not see is NotFound. */
export async function lockDeal(tx: Transaction, deals: DealRepository, dealId: string): Promise<Deal> {
  const deal = await deals.lock(tx, dealId);
  if (!deal) throw new NotFound('Deal');
  return deal;
}

/** The deliverable with its deal locked. */
export async function lockDeliverable(
  tx: Transaction,
  deals: DealRepository,
  deliverableId: string,
): Promise<{ readonly deal: Deal; readonly deliverable: Deliverable }> {
  const dealId = await deals.dealIdOfDeliverable(tx, deliverableId);
  const deal = dealId === null ? null : await deals.lock(tx, dealId);
  const deliverable = deal?.deliverables.find((candidate) => candidate.id === deliverableId);
  if (!deal || !deliverable) throw new NotFound('Deliverable');
  return { deal, deliverable };
}

export function giftOf(deal: Deal): Gift {
  if (!deal.gift) throw new NoGiftInDeal();
  return deal.gift;
}

// Row-level security has answered who may know the deal; these say who may do what with it.

export function isBrandManager(actor: Actor, deal: Pick<Deal, 'brandId'>): boolean {
  return actsForOrganisation(actor, deal.brandId, 'manager');
}

export function requireBrandManager(actor: Actor, deal: Deal, action: string): void {
  authorize(isBrandManager(actor, deal), true, 'Deal', action);
}

export function requireInfluencerSide(actor: Actor, deal: Pick<Deal, 'influencerId'>, action: string): void {
  authorize(actsForInfluencer(actor, deal.influencerId, 'manager'), true, 'Deal', action);
}

export function requireEitherSide(actor: Actor, deal: Pick<Deal, 'brandId' | 'influencerId'>, action: string): void {
  sideOf(actor, deal, action);
}

/** The side that the actor commands for; the brand's, whoever commands for both. */
export function sideOf(actor: Actor, deal: Pick<Deal, 'brandId' | 'influencerId'>, action: string): DealSide {
  if (isBrandManager(actor, deal)) return 'brand';
  requireInfluencerSide(actor, deal, action);
  return 'influencer';
}

/** The same, where no agency may speak for the influencer. */
export function ownSideOf(actor: Actor, deal: Deal, action: string): DealSide {
  if (isBrandManager(actor, deal)) return 'brand';
  authorize(isInfluencer(actor, deal.influencerId), true, 'Deal', action);
  return 'influencer';
}

/**
 * For whom somebody acts who may act in the deal: the brand, the influencer, or the agency by whose mandate it is. Whoever
 * acts for several sides acts for the one named first.
 */
export function partyOf(actor: Actor, deal: Pick<Deal, 'brandId' | 'influencerId'>): string {
  if (actsForOrganisation(actor, deal.brandId, 'manager')) return deal.brandId;
  return influencersPartyOf(actor, deal);
}

/** The same among the influencer's side. */
export function influencersPartyOf(actor: Actor, { influencerId }: Pick<Deal, 'influencerId'>): string {
  if (actor.kind !== 'person' || isInfluencer(actor, influencerId)) return influencerId;
  const mandate = actor.representations.find(
    (one) => one.influencerId === influencerId && actsForOrganisation(actor, one.agencyId, 'manager'),
  );
  return mandate?.agencyId ?? influencerId;
}

/** Nothing is left to be published: what an operator has settled is owed no more. */
export function everythingPublished(deliverables: readonly Deliverable[]): boolean {
  return deliverables.every(({ progress }) => progress.state === 'published' || progress.state === 'settled');
}

/** Throws DeliverableDisputed. */
export function requireUndisputed({ disputeId }: Pick<Deliverable, 'disputeId'>): void {
  if (disputeId !== null) throw new DeliverableDisputed();
}

export function progressOf(deal: Deal): DealProgress {
  return {
    deliverables: deal.deliverables.map((deliverable) => deliverable.progress.state),
    gift: deal.gift?.progress.state ?? null,
  };
}
