import { type AcceptedOffer, type GiftOffer, giftValueMinor } from '@evenhand/campaigns';
import type { IdGenerator } from '@evenhand/kernel';
import { stateAtAcceptance } from '../domain/deal';
import { PLANNED } from '../domain/deliverable';
import { PROMISED } from '../domain/gift-progress';
import { NO_PLAN } from '../domain/publication/livestream';
import { expandMilestones, expandPieces } from '../domain/milestone';
import type { Deal, DealTerms, Deliverable } from './deal';
import { type DealScope, deliverableId } from './deliverable-id';
import { escrowNeedOf } from './escrow-need';
import type { Gift } from './gift';

/** The deal that an accepted offer becomes, without its tracking codes. */
export function newDeal(
  ids: IdGenerator,
  offer: AcceptedOffer,
  terms: DealTerms,
  accepted: { readonly by: string | null; readonly at: Date; readonly number: number },
): Deal {
  const need = escrowNeedOf(terms);
  const state = stateAtAcceptance(need);
  return {
    id: ids.next(),
    bidId: offer.bidId,
    offerNumber: offer.offerNumber,
    campaignId: offer.campaignId,
    campaignTitle: offer.campaignTitle,
    brandId: offer.brandId,
    influencerId: offer.influencerId,
    agencyId: offer.agencyId,
    number: accepted.number,
    state,
    terms,
    need,
    acceptedAt: accepted.at,
    acceptedBy: accepted.by,
    fundedAt: null,
    fundingKey: null,
    activatedAt: state === 'active' ? accepted.at : null,
    completedAt: null,
    cancelledAt: null,
    deliverables: deliverablesOf(ids, { ...offer, dealNumber: accepted.number }, terms),
    gift: terms.compensation.gift && giftFrom(ids, terms.compensation.gift),
    codes: [],
    linkDestination: null,
  };
}

function deliverablesOf(ids: IdGenerator, scope: DealScope, terms: DealTerms): readonly Deliverable[] {
  const specs = terms.brief.deliverables;
  const parts = expandMilestones(terms.compensation.cash?.milestones ?? [], specs);
  return expandPieces(specs).map((piece) => ({
    id: deliverableId(scope, piece),
    specKey: piece.specKey,
    sequence: piece.sequence,
    kind: piece.spec.kind,
    description: piece.spec.description,
    dueOn: piece.spec.dueOn,
    revisionsAllowed: piece.spec.revisionsAllowed,
    progress: PLANNED,
    disputeId: null,
    milestones: parts
      .filter((part) => part.specKey === piece.specKey && part.sequence === piece.sequence)
      .map(({ ordinal, amountMinor }) => ({ id: ids.next(), ordinal, amountMinor, releasedAt: null })),
    versions: [],
    plan: NO_PLAN,
    publication: null,
  }));
}

function giftFrom(ids: IdGenerator, offer: GiftOffer): Gift {
  const valueMinor = giftValueMinor(offer);
  return {
    id: ids.next(),
    currency: offer.currency,
    declaredValueMinor: valueMinor,
    fairMarketValueMinor: valueMinor,
    items: offer.items,
    postingDutyDays: offer.postingDutyDays,
    progress: PROMISED,
    corrections: [],
    history: [],
  };
}
