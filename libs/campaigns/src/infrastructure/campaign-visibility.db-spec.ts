import { ANONYMOUS, Forbidden, NotFound, type PersonActor, Unauthenticated } from '@evenhand/kernel';
import { CampaignWorld } from '../../../../test/support/campaigns/campaign-world';
import { cashOf, sampleBrief, sampleLimits } from '../../../../test/support/campaigns/campaign-samples';

type Brand = PersonActor & { readonly brandId: string };
type Influencer = PersonActor & { readonly influencerId: string };

const FIRST_PAGE = { first: 20, after: null };
const ANY_BID = { campaignId: null, influencerId: null, states: [] };

describe('who sees what of campaigns and bids', () => {
  let world: CampaignWorld;
  let brand: Brand;
  let rivalBrand: Brand;
  let mei: Influencer;
  let rival: Influencer;
  let agency: Awaited<ReturnType<CampaignWorld['agencyFor']>>;
  let campaignId: string;
  let bidOfMei: string;
  let bidOfRival: string;

  beforeAll(async () => {
    world = await CampaignWorld.open();
    [brand, rivalBrand, mei, rival] = await Promise.all([
      world.brand(),
      world.brand(),
      world.influencer(),
      world.influencer(),
    ]);
    agency = await world.agencyFor([mei.influencerId]);
    campaignId = await world.publish(brand);
    bidOfMei = (await world.bid(agency, mei.influencerId, campaignId)).bid.id;
    bidOfRival = (await world.bid(rival, rival.influencerId, campaignId)).bid.id;
  });
  afterAll(() => world.close());

  const bidsSeenBy = async (actor: PersonActor | typeof ANONYMOUS) =>
    (await world.rowsAs(actor, 'select id from campaigns.bids order by submitted_at, id')).map((row) => row['id']);
  const countAs = async (actor: PersonActor | typeof ANONYMOUS, table: string) =>
    (await world.rowsAs(actor, `select count(*)::int as count from campaigns.${table}`))[0]?.['count'];

  it('shows nobody anything of any table', async () => {
    for (const table of ['campaigns', 'campaign_limits', 'campaign_budgets', 'bids', 'offers']) {
      expect([table, await countAs(ANONYMOUS, table)]).toEqual([table, 0]);
    }
  });

  it('shows in raw SQL a bid to its brand, its influencer and who represents her now, and to nobody else', async () => {
    expect(await bidsSeenBy(brand)).toEqual([bidOfMei, bidOfRival]);
    expect(await bidsSeenBy(mei)).toEqual([bidOfMei]);
    expect(await bidsSeenBy(agency)).toEqual([bidOfMei]);
    expect(await bidsSeenBy(rival)).toEqual([bidOfRival]);
    expect(await bidsSeenBy(rivalBrand)).toEqual([]);
    expect(await countAs(mei, 'offers')).toBe(1);
    expect(await countAs(rivalBrand, 'offers')).toBe(0);
  });

  it('shows an agency nothing more once its mandate has ended, although it made the bid', async () => {
    const former = { ...agency, representations: [] };
    expect(await bidsSeenBy(former)).toEqual([]);
    await expect(world.getBid.execute({ actor: former, bidId: bidOfMei })).rejects.toThrow(NotFound);
  });

  it('shows limits and what is committed to the brand alone', async () => {
    expect(await countAs(brand, 'campaign_limits')).toBe(1);
    for (const actor of [mei, rival, agency, rivalBrand]) {
      expect(await countAs(actor, 'campaign_limits')).toBe(0);
      expect(await countAs(actor, 'campaign_budgets')).toBe(0);
    }
    expect((await world.getCampaign.execute({ actor: mei, campaignId })).use).toBeNull();
    expect((await world.getCampaign.execute({ actor: brand, campaignId })).use?.budgets).toHaveLength(1);
  });

  it('counts for each only what they see', async () => {
    const total = async (actor: PersonActor) =>
      (await world.listBids.execute({ actor, filter: { ...ANY_BID, campaignId }, page: FIRST_PAGE })).totalCount;
    expect(await Promise.all([brand, mei, agency, rival, rivalBrand].map(total))).toEqual([2, 1, 1, 1, 0]);
  });

  it('answers NOT_FOUND for others’ drafts and bids, the same as for ids that do not exist', async () => {
    const draft = await world.createCampaign.execute({
      actor: brand,
      brandId: brand.brandId,
      brief: sampleBrief(),
      limits: sampleLimits(),
    });
    const id = draft.campaign.id;
    for (const actor of [mei, agency, rivalBrand]) {
      await expect(world.getCampaign.execute({ actor, campaignId: id })).rejects.toThrow(NotFound);
      await expect(world.publishCampaign.execute({ actor, campaignId: id })).rejects.toThrow(NotFound);
    }
    await expect(world.getCampaign.execute({ actor: rivalBrand, campaignId })).rejects.toThrow(NotFound);
    await expect(world.getBid.execute({ actor: rival, bidId: bidOfMei })).rejects.toThrow(NotFound);
    await expect(world.accept(rivalBrand, bidOfMei)).rejects.toThrow(NotFound);
    await expect(world.getBid.execute({ actor: rival, bidId: world.ids.next() })).rejects.toThrow(NotFound);
    await expect(world.getBid.execute({ actor: ANONYMOUS, bidId: bidOfMei })).rejects.toThrow(Unauthenticated);
  });

  it('tells viewers that their role is not enough', async () => {
    const viewer: Brand = { ...brand, memberships: [{ partyId: brand.brandId, kind: 'brand', role: 'viewer' }] };
    await expect(world.accept(viewer, bidOfMei)).rejects.toThrow(Forbidden);
    await expect(world.campaignEnding.run({ actor: viewer, campaignId }, 'cancel')).rejects.toThrow(Forbidden);
    const assistant = {
      ...agency,
      representations: agency.representations.map((held) => ({ ...held, role: 'viewer' as const })),
    };
    await expect(world.bid(assistant, mei.influencerId, campaignId)).rejects.toThrow(Forbidden);
    await expect(world.bidEnding.run({ actor: mei, bidId: bidOfMei, reason: null }, 'brand')).rejects.toThrow(
      Forbidden,
    );
  });

  it('lets nobody bid for an influencer they do not represent, in the use case and in raw SQL', async () => {
    await expect(world.bid(agency, rival.influencerId, campaignId)).rejects.toThrow(NotFound);
    await expect(world.bid(brand, mei.influencerId, campaignId)).rejects.toThrow(NotFound);
    const insert = `insert into campaigns.bids (id, campaign_id, brand_id, influencer_id, state, offer_expires_at, submitted_at)
      values ($1, $2, $3, $4, 'submitted', now(), now())`;
    const values = [world.ids.next(), campaignId, brand.brandId, rival.influencerId];
    await expect(world.rowsAs(agency, insert, values)).rejects.toThrow(/row-level security/);
  });

  it('lets nobody rewrite an offer, drop a bid, or write another brand’s campaign', async () => {
    await expect(world.rowsAs(brand, 'update campaigns.offers set message = null')).rejects.toThrow(
      /permission denied/,
    );
    await expect(world.rowsAs(brand, 'delete from campaigns.bids')).rejects.toThrow(/permission denied/);
    await world.rowsAs(rivalBrand, `update campaigns.campaigns set state = 'cancelled', ended_at = now()`);
    expect((await world.getCampaign.execute({ actor: brand, campaignId })).campaign.state).toBe('published');
    const brandOffer = `insert into campaigns.offers (bid_id, number, side, compensation, offered_by, offered_at, expires_at)
      values ($1, 2, 'brand', '{}', 'x', now(), now() + interval '1 day')`;
    await expect(world.rowsAs(mei, brandOffer, [bidOfMei])).rejects.toThrow(/row-level security/);
  });

  it('records the agency that bid, and leaves the campaign visible to bidders after it closed', async () => {
    const { bid } = await world.getBid.execute({ actor: mei, bidId: bidOfMei });
    expect(bid.agencyId).toBe(agency.agencyId);
    const other = await world.publish(brand, { title: 'Closing soon' });
    await world.bid(rival, rival.influencerId, other, cashOf(70_000n));
    await world.campaignEnding.run({ actor: brand, campaignId: other }, 'close');
    expect((await world.getCampaign.execute({ actor: rival, campaignId: other })).campaign.state).toBe('closed');
    await expect(world.getCampaign.execute({ actor: mei, campaignId: other })).rejects.toThrow(NotFound);
  });
});
