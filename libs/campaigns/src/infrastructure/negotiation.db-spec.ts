import { InvalidTransition, NotFound, type PersonActor } from '@evenhand/kernel';
import { latestOffer } from '../domain/bid';
import { BudgetExceeded, CampaignClosed, NotYourTurn, OfferSuperseded, OpenBidExists } from '../domain/errors';
import { CampaignWorld } from '../../../../test/support/campaigns/campaign-world';
import {
  NOW,
  cashOf,
  daysAfter,
  mixedCompensation,
  sampleBrief,
  sampleLimits,
} from '../../../../test/support/campaigns/campaign-samples';

describe('from brief to accepted offer', () => {
  let world: CampaignWorld;
  let brand: PersonActor & { readonly brandId: string };
  let mei: PersonActor & { readonly influencerId: string };

  beforeAll(async () => {
    world = await CampaignWorld.open();
    [brand, mei] = await Promise.all([world.brand(), world.influencer()]);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    world.clock.instant = NOW;
  });

  const counter = (actor: PersonActor, bidId: string, inAnswerTo: number, minor: bigint) =>
    world.counterOffer.execute({
      actor,
      bidId,
      inAnswerTo,
      compensation: cashOf(minor),
      message: 'How about this?',
      expiresAt: null,
    });
  const meiBids = async (campaignId: string) => (await world.bid(mei, mei.influencerId, campaignId)).bid.id;

  it('stores every term of an offer and of the brief exactly', async () => {
    const campaignId = await world.publish(brand);
    const { bid } = await world.bid(mei, mei.influencerId, campaignId, mixedCompensation());
    const accepted = await world.accept(brand, bid.id);
    expect(accepted).toMatchObject({ campaignId, offerNumber: 1, agencyId: null, influencerId: mei.influencerId });
    expect(accepted.compensation).toEqual(mixedCompensation());
    expect(accepted.brief).toEqual(sampleBrief());
  });

  it('goes by turns, each side answering the latest offer, and either may accept', async () => {
    const bidId = await meiBids(await world.publish(brand));
    await expect(world.accept(mei, bidId)).rejects.toThrow(NotYourTurn);
    await counter(brand, bidId, 1, 55_000n);
    await expect(world.accept(mei, bidId, 1)).rejects.toThrow(OfferSuperseded);
    await expect(counter(brand, bidId, 2, 54_000n)).rejects.toThrow(NotYourTurn);
    await counter(mei, bidId, 2, 58_000n);
    await counter(brand, bidId, 3, 57_000n);
    const accepted = await world.accept(mei, bidId, 4);
    expect(accepted.compensation.cash?.amountMinor).toBe(57_000n);
    const { bid } = await world.getBid.execute({ actor: brand, bidId });
    expect(bid.offers.map((offer) => offer.side)).toEqual(['influencer', 'brand', 'influencer', 'brand']);
    await expect(world.bidEnding.run({ actor: mei, bidId, reason: null }, 'influencer')).rejects.toThrow(
      InvalidTransition,
    );
  });

  it('has one open bid per influencer and campaign, and another after the first ended', async () => {
    const campaignId = await world.publish(brand);
    const bidId = await meiBids(campaignId);
    await expect(meiBids(campaignId)).rejects.toThrow(OpenBidExists);
    await world.bidEnding.run({ actor: brand, bidId, reason: 'Too few followers' }, 'brand');
    expect((await world.getBid.execute({ actor: mei, bidId })).bid).toMatchObject({
      state: 'declined',
      endReason: 'Too few followers',
    });
    await meiBids(campaignId);
  });

  it('expires bids whose latest offer has, once, and no others', async () => {
    const bidId = await meiBids(await world.publish(brand));
    const fresh = await meiBids(await world.publish(brand));
    world.clock.instant = daysAfter(NOW, 6);
    await counter(brand, fresh, 1, 55_000n);
    const due = daysAfter(NOW, 7);
    const both = await Promise.all([world.expireBids.execute({ now: due }), world.expireBids.execute({ now: due })]);
    expect(both[0].expired + both[1].expired).toBeGreaterThanOrEqual(1);
    expect((await world.getBid.execute({ actor: mei, bidId })).bid.state).toBe('expired');
    expect((await world.getBid.execute({ actor: mei, bidId: fresh })).bid.state).toBe('countered');
    const told = await world.asSystem(
      `select 1 from platform.outbox where subject_id = $1 and type = 'campaigns.bid_expired'`,
      [bidId],
    );
    expect(told).toHaveLength(1);
  });

  it('ends open bids with their campaign, and takes none after', async () => {
    const campaignId = await world.publish(brand);
    const bidId = await meiBids(campaignId);
    await world.campaignEnding.run({ actor: brand, campaignId }, 'close');
    expect((await world.getBid.execute({ actor: mei, bidId })).bid).toMatchObject({
      state: 'expired',
      endReason: 'campaign_closed',
    });
    await expect(meiBids(campaignId)).rejects.toThrow(CampaignClosed);
    const rival = await world.influencer();
    const other = await world.publish(brand);
    const visible = await meiBids(other);
    await world.campaignEnding.run({ actor: brand, campaignId: other }, 'cancel');
    await expect(meiBids(other)).rejects.toThrow(CampaignClosed);
    await expect(world.bid(rival, rival.influencerId, other)).rejects.toThrow(NotFound);
    await expect(world.accept(brand, visible)).rejects.toThrow(InvalidTransition);
  });

  it('gives a commitment back once, so that the budget can be used again', async () => {
    const budgets = [{ currency: 'EUR', amountMinor: 60_000n }];
    const campaignId = await world.publish(brand, {}, { budgets, dealCap: 1 });
    const first = await meiBids(campaignId);
    const rival = await world.influencer();
    const second = (await world.bid(rival, rival.influencerId, campaignId)).bid.id;
    await world.accept(brand, first);
    const uncapped = await world.publish(brand, {}, { budgets });
    const third = (await world.bid(rival, rival.influencerId, uncapped)).bid.id;
    await world.accept(brand, third);
    await expect(world.accept(brand, await meiBids(uncapped))).rejects.toThrow(BudgetExceeded);
    const release = () => world.uow.run(brand, (tx) => world.commitments.release(tx, first, new Map(), NOW));
    await Promise.all([release(), release(), release()]);
    await world.accept(brand, second);
  });

  it('rewrites a draft whole, and never a published brief', async () => {
    const actor = brand;
    const created = await world.createCampaign.execute({
      actor,
      brandId: brand.brandId,
      brief: sampleBrief(),
      limits: sampleLimits(),
    });
    const campaignId = created.campaign.id;
    const yen = { currency: 'JPY', amountMinor: 500_000n };
    const brief = sampleBrief({
      title: 'A bag for one livestream',
      compensation: { cash: [], gift: [{ currency: 'JPY', minimumMinor: 1n, maximumMinor: 90_000n }], commission: [] },
    });
    const limits = { budgets: [yen], dealCap: 1 };
    const updated = await world.updateBrief.execute({ actor, campaignId, brief, limits });
    expect(updated.campaign.brief).toEqual(brief);
    expect(updated.use).toMatchObject({ budgets: [yen], dealCap: 1, dealCount: 0 });
    await world.publishCampaign.execute({ actor, campaignId });
    await expect(world.updateBrief.execute({ actor, campaignId, brief, limits })).rejects.toThrow(InvalidTransition);
    const rewrite = world.asSystem(`update campaigns.campaigns set brief = '{"title":"x"}' where id = $1`, [
      campaignId,
    ]);
    await expect(rewrite).rejects.toThrow(/cannot change/);
  });

  it('lets the latest of two who counter the same offer know that it was answered', async () => {
    const bidId = await meiBids(await world.publish(brand));
    const both = await Promise.allSettled([counter(brand, bidId, 1, 51_000n), counter(brand, bidId, 1, 52_000n)]);
    const errors = both.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(OfferSuperseded);
    const { bid } = await world.getBid.execute({ actor: brand, bidId });
    expect(latestOffer(bid).number).toBe(2);
  });
});
