import { InvalidTransition } from '@evenhand/kernel';
import {
  NOW,
  cashOf,
  daysAfter,
  mixedCompensation,
  sampleBrief,
  sampleLimits,
} from '../../../../test/support/campaigns/campaign-samples';
import { type Bid, BID_STATES, latestOffer } from './bid';
import { type Campaign, type CampaignUse, draftCampaign, end, publish, updateBrief } from './campaign';
import type { Compensation } from './compensation';
import {
  BidDeadlinePassed,
  BudgetExceeded,
  CampaignClosed,
  DealCapReached,
  DecisionDeadlinePassed,
  InvalidBrief,
  InvalidOffer,
  NotYourTurn,
  OfferExpired,
  OfferSuperseded,
} from './errors';
import { acceptOffer, counterOffer, endBid, submitBid, uncommit } from './negotiation';

const limits = sampleLimits();
const campaign = publish(draftCampaign('c', 'brand', sampleBrief(), limits, NOW), limits, NOW);
const use: CampaignUse = { ...limits, dealCount: 0, committedMinor: new Map() };
const draft = (compensation: Compensation = cashOf(60_000n), expiresAt: Date | null = null) => ({
  compensation,
  message: null,
  expiresAt,
  offeredBy: 'user',
});
const bidder = { influencerId: 'influencer', agencyId: null };
const submitted = (at: Date = NOW): Bid => submitBid('b', campaign, bidder, draft(), at);

describe('a campaign', () => {
  it('cannot change its brief once published, nor be published twice', () => {
    expect(() => updateBrief(campaign, sampleBrief(), limits, NOW)).toThrow(InvalidTransition);
    expect(() => publish(campaign, limits, NOW)).toThrow(InvalidTransition);
  });

  it('cannot be published when its dates have passed meanwhile', () => {
    const stale = draftCampaign('c', 'brand', sampleBrief(), limits, NOW);
    expect(() => publish(stale, limits, daysAfter(NOW, 60))).toThrow(InvalidBrief);
  });

  it('is completed only after it was closed, and cancelled only before', () => {
    expect(() => end(campaign, 'complete', NOW)).toThrow(InvalidTransition);
    const completed = end(end(campaign, 'close', NOW), 'complete', NOW);
    expect(() => end(completed, 'cancel', NOW)).toThrow(InvalidTransition);
  });
});

describe('submitBid', () => {
  it('takes bids until the deadline and not after', () => {
    expect(submitted(campaign.brief.bidDeadline).state).toBe('submitted');
    expect(() => submitted(new Date(campaign.brief.bidDeadline.getTime() + 1))).toThrow(BidDeadlinePassed);
  });

  it.each(['draft', 'closed', 'completed', 'cancelled'] as const)('takes none on a campaign that is %s', (state) => {
    const other: Campaign = { ...campaign, state };
    expect(() => submitBid('b', other, bidder, draft(), NOW)).toThrow(CampaignClosed);
  });

  it('lets an offer stand seven days unless told, and never past the time for decisions', () => {
    expect(latestOffer(submitted()).expiresAt).toEqual(daysAfter(NOW, 7));
    const lastMoment = daysAfter(campaign.brief.bidDeadline, 30);
    expect(() => submitBid('b', campaign, bidder, draft(cashOf(60_000n), NOW), NOW)).toThrow(InvalidOffer);
    const tooLate = new Date(lastMoment.getTime() + 1);
    expect(() => submitBid('b', campaign, bidder, draft(cashOf(60_000n), tooLate), NOW)).toThrow(InvalidOffer);
    const bid = submitBid('b', campaign, bidder, draft(cashOf(60_000n), lastMoment), NOW);
    expect(latestOffer(bid).expiresAt).toEqual(lastMoment);
  });
});

describe('counterOffer', () => {
  it('goes by turns and keeps every offer', () => {
    const countered = counterOffer(submitted(), campaign, 'brand', 1, draft(cashOf(55_000n)), NOW);
    const again = counterOffer(countered, campaign, 'influencer', 2, draft(cashOf(58_000n)), NOW);
    expect(again.state).toBe('countered');
    expect(again.offers.map((offer) => [offer.number, offer.side, offer.compensation.cash?.amountMinor])).toEqual([
      [1, 'influencer', 60_000n],
      [2, 'brand', 55_000n],
      [3, 'influencer', 58_000n],
    ]);
    expect(() => counterOffer(again, campaign, 'influencer', 3, draft(), NOW)).toThrow(NotYourTurn);
    expect(() => counterOffer(again, campaign, 'brand', 1, draft(), NOW)).toThrow(OfferSuperseded);
  });

  it('answers no offer that has expired', () => {
    const bid = submitted();
    expect(() => counterOffer(bid, campaign, 'brand', 1, draft(), daysAfter(NOW, 7))).toThrow(OfferExpired);
  });

  it('must fit the brief as the first offer must', () => {
    expect(() => counterOffer(submitted(), campaign, 'brand', 1, draft(cashOf(1n)), NOW)).toThrow(InvalidOffer);
  });
});

describe('acceptOffer', () => {
  it('commits cash and commission reserve together', () => {
    const bid = submitBid('b', campaign, bidder, draft(mixedCompensation()), NOW);
    const accepted = acceptOffer(bid, campaign, use, 'brand', 1, NOW);
    expect(accepted.bid.state).toBe('accepted');
    expect(accepted.use.dealCount).toBe(1);
    expect(accepted.use.committedMinor.get('EUR')).toBe(120_000n);
    expect(uncommit(accepted.use, mixedCompensation())).toMatchObject({ dealCount: 0 });
    expect(uncommit(accepted.use, mixedCompensation()).committedMinor.get('EUR')).toBe(0n);
  });

  it('is for the side that did not make the offer, and for the latest offer only', () => {
    const countered = counterOffer(submitted(), campaign, 'brand', 1, draft(), NOW);
    expect(() => acceptOffer(submitted(), campaign, use, 'influencer', 1, NOW)).toThrow(NotYourTurn);
    expect(() => acceptOffer(countered, campaign, use, 'brand', 2, NOW)).toThrow(NotYourTurn);
    expect(() => acceptOffer(countered, campaign, use, 'influencer', 1, NOW)).toThrow(OfferSuperseded);
    expect(acceptOffer(countered, campaign, use, 'influencer', 2, NOW).bid.state).toBe('accepted');
  });

  it('refuses what would go over the budget, to the last unit', () => {
    const bid = submitted();
    const left = (minor: bigint): CampaignUse => ({ ...use, committedMinor: new Map([['EUR', 1_000_000n - minor]]) });
    expect(acceptOffer(bid, campaign, left(60_000n), 'brand', 1, NOW).use.committedMinor.get('EUR')).toBe(1_000_000n);
    expect(() => acceptOffer(bid, campaign, left(59_999n), 'brand', 1, NOW)).toThrow(BudgetExceeded);
    expect(() => acceptOffer(bid, campaign, { ...use, budgets: [] }, 'brand', 1, NOW)).toThrow(BudgetExceeded);
  });

  it('refuses one deal more than the cap', () => {
    const capped: CampaignUse = { ...use, dealCap: 3, dealCount: 3 };
    expect(() => acceptOffer(submitted(), campaign, capped, 'brand', 1, NOW)).toThrow(DealCapReached);
  });

  it('refuses expired offers, closed campaigns, and the time after the one for decisions', () => {
    const bid = submitted();
    expect(() => acceptOffer(bid, campaign, use, 'brand', 1, daysAfter(NOW, 7))).toThrow(OfferExpired);
    expect(() => acceptOffer(bid, end(campaign, 'close', NOW), use, 'brand', 1, NOW)).toThrow(CampaignClosed);
    const late = daysAfter(campaign.brief.bidDeadline, 31);
    expect(() => acceptOffer(bid, campaign, use, 'brand', 1, late)).toThrow(DecisionDeadlinePassed);
  });

  it('is final, as every end is', () => {
    for (const state of BID_STATES.filter((each) => each !== 'submitted' && each !== 'countered')) {
      const ended: Bid = { ...submitted(), state };
      expect(() => acceptOffer(ended, campaign, use, 'brand', 1, NOW)).toThrow(InvalidTransition);
      expect(() => counterOffer(ended, campaign, 'brand', 1, draft(), NOW)).toThrow(InvalidTransition);
      for (const command of ['decline', 'withdraw', 'expire'] as const) {
        expect(() => endBid(ended, command, null, NOW)).toThrow(InvalidTransition);
      }
    }
  });
});
