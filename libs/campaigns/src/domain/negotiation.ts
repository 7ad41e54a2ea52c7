import { type Bid, type Offer, type OfferSide, bidAfter, latestOffer } from './bid';
import type { Brief } from './brief';
import { type Campaign, type CampaignUse, assertTakesBids, assertTakesDecisions, decisionDeadline } from './campaign';
import { type Compensation, committedMinor } from './compensation';
import { BudgetExceeded, DealCapReached, InvalidOffer, NotYourTurn, OfferExpired, OfferSuperseded } from './errors';
import { assertFitsBrief } from './offer-rules';

const DEFAULT_OFFER_DAYS = 7;
const MAX_OFFERS = 50;
const DAY_MS = 86_400_000;

export interface OfferDraft {
  readonly compensation: Compensation;
  readonly message: string | null;
  /** Null for the usual seven days, or less where decisions end before. */
  readonly expiresAt: Date | null;
  /** The user who makes it. */
  readonly offeredBy: string;
}

export interface Bidder {
  readonly influencerId: string;
  readonly agencyId: string | null;
}

/** A bid with its first offer; throws CampaignClosed, BidDeadlinePassed, InvalidOffer. */
export function submitBid(id: string, campaign: Campaign, bidder: Bidder, draft: OfferDraft, now: Date): Bid {
  assertTakesBids(campaign, now);
  return {
    id,
    campaignId: campaign.id,
    brandId: campaign.brandId,
    influencerId: bidder.influencerId,
    agencyId: bidder.agencyId,
    state: 'submitted',
    submittedAt: now,
    endedAt: null,
    endReason: null,
    offers: [makeOffer(1, 'influencer', campaign.brief, draft, now)],
  };
}

/**
 * The bid with one more offer, made by the side whose turn it is in answer to offer `inAnswerTo`.
 * Throws InvalidTransition, CampaignClosed, DecisionDeadlinePassed, OfferSuperseded, NotYourTurn, OfferExpired, InvalidOffer.
 */
export function counterOffer(
  bid: Bid,
  campaign: Campaign,
  side: OfferSide,
  inAnswerTo: number,
  draft: OfferDraft,
  now: Date,
): Bid {
  const state = bidAfter(bid.state, 'counter');
  assertTakesDecisions(campaign, now);
  const answered = offerToAnswer(bid, side, inAnswerTo, now);
  if (answered.number >= MAX_OFFERS) {
    throw new InvalidOffer([{ field: 'offers', message: `A bid may hold at most ${MAX_OFFERS} offers.` }]);
  }
  const offer = makeOffer(answered.number + 1, side, campaign.brief, draft, now);
  return { ...bid, state, offers: [...bid.offers, offer] };
}

/**
 * The accepted bid and what the campaign has committed with it.
 * Throws InvalidTransition, CampaignClosed, DecisionDeadlinePassed, OfferSuperseded, NotYourTurn, OfferExpired, DealCapReached, BudgetExceeded.
 */
export function acceptOffer(
  bid: Bid,
  campaign: Campaign,
  use: CampaignUse,
  side: OfferSide,
  offerNumber: number,
  now: Date,
): { readonly bid: Bid; readonly use: CampaignUse; readonly offer: Offer } {
  const state = bidAfter(bid.state, 'accept');
  assertTakesDecisions(campaign, now);
  const offer = offerToAnswer(bid, side, offerNumber, now);
  return { bid: { ...bid, state, endedAt: now }, use: commit(use, offer.compensation), offer };
}

/** Declined by the brand, withdrawn by the influencer's side, or expired. */
export function endBid(bid: Bid, command: 'decline' | 'withdraw' | 'expire', reason: string | null, now: Date): Bid {
  return { ...bid, state: bidAfter(bid.state, command), endedAt: now, endReason: reason };
}

/** Throws {@link DealCapReached} or {@link BudgetExceeded}. */
export function commit(use: CampaignUse, compensation: Compensation): CampaignUse {
  if (use.dealCap !== null && use.dealCount >= use.dealCap) throw new DealCapReached();
  return { ...commitFees(use, committedMinor(compensation)), dealCount: use.dealCount + 1 };
}

/** Amounts per currency beside a deal's compensation, such as a fee on top; throws {@link BudgetExceeded}. */
export function commitFees(use: CampaignUse, amounts: ReadonlyMap<string, bigint>): CampaignUse {
  const committed = new Map(use.committedMinor);
  for (const [currency, amountMinor] of amounts) {
    const budget = use.budgets.find((each) => each.currency === currency);
    const after = (committed.get(currency) ?? 0n) + amountMinor;
    if (!budget || after > budget.amountMinor) throw new BudgetExceeded(currency);
    committed.set(currency, after);
  }
  return { ...use, committedMinor: committed };
}

/** The reverse of {@link commit}. */
export function uncommit(use: CampaignUse, compensation: Compensation): CampaignUse {
  return { ...uncommitFees(use, committedMinor(compensation)), dealCount: use.dealCount - 1 };
}

/** The reverse of {@link commitFees}. */
export function uncommitFees(use: CampaignUse, amounts: ReadonlyMap<string, bigint>): CampaignUse {
  const committed = new Map(use.committedMinor);
  for (const [currency, amountMinor] of amounts) committed.set(currency, (committed.get(currency) ?? 0n) - amountMinor);
  return { ...use, committedMinor: committed };
}

/** The latest offer, where it is the one named, from the other side, and still standing. */
function offerToAnswer(bid: Bid, side: OfferSide, offerNumber: number, now: Date): Offer {
  const latest = latestOffer(bid);
  if (latest.number !== offerNumber) throw new OfferSuperseded(offerNumber, latest.number);
  if (latest.side === side) throw new NotYourTurn();
  if (now >= latest.expiresAt) throw new OfferExpired(latest.number, latest.expiresAt);
  return latest;
}

function makeOffer(number: number, side: OfferSide, brief: Brief, draft: OfferDraft, now: Date): Offer {
  assertFitsBrief(draft.compensation, draft.message, brief);
  return {
    number,
    side,
    compensation: draft.compensation,
    message: draft.message,
    offeredBy: draft.offeredBy,
    offeredAt: now,
    expiresAt: expiryOf(draft.expiresAt, brief, now),
  };
}

function expiryOf(asked: Date | null, brief: Brief, now: Date): Date {
  const latest = decisionDeadline(brief);
  if (asked === null) {
    const usual = new Date(now.getTime() + DEFAULT_OFFER_DAYS * DAY_MS);
    return usual < latest ? usual : latest;
  }
  if (!(asked > now && asked <= latest)) {
    const message = `Must be in the future and not after ${latest.toISOString()}.`;
    throw new InvalidOffer([{ field: 'expiresAt', message }]);
  }
  return asked;
}
