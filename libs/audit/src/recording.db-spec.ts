import { CancelCampaign, CloseCampaign, CreateCampaign, ExpireBids, UpdateBrief } from '@evenhand/campaigns';
import {
  ApproveDeliverable,
  AutoApproveDeliverables,
  CompleteDeal,
  GetMarketplacePolicy,
  DecideDispute,
  OpenDispute,
  WriteToDispute,
  ReceiveGift,
  SetLinkDestination,
  ShipGift,
  SubmitDeliverable,
  UpdateMarketplacePolicy,
  WriteReview,
} from '@evenhand/deals';
import { PLATFORM_PARTY_ID } from '@evenhand/parties';
import { AUDIT_DIGESTS, KeyedDigest } from '@evenhand/platform';
import { Client } from 'pg';
import { auditEntriesOf, type StoredEntry } from '../../../test/support/audit-entries';
import { finishedDeal } from '../../../test/support/completed-deal';
import { briefIn, DISPUTE_OVER_DEAL, everyKind, limitsIn, mixIn } from '../../../test/support/deal-samples';
import { DealWorld, type Someone } from '../../../test/support/deal-world';

let world: DealWorld;
let owner: Client;
let brand: Someone;
let influencer: Someone;
let agency: Someone;

beforeAll(async () => {
  world = await DealWorld.open();
  owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const log = (objectId: string) => auditEntriesOf(owner, objectId);
const last = async (objectId: string, table: string) =>
  (await log(objectId)).findLast((entry) => entry.table === table);
const by = (someone: Someone) => ({ by: `person ${someone.userId}`, forParty: someone.partyId });
const briefly = (entries: readonly StoredEntry[]) => entries.map(({ table, action }) => `${table} ${action}`);
/** What the log keeps of a text. */
const digest = (text: string) =>
  new KeyedDigest([{ id: 'test', key: Buffer.alloc(32, 7) }]).tokensOf(text, AUDIT_DIGESTS)[0];

async function newDeal(): Promise<string> {
  const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
  return world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR')));
}

describe('a campaign', () => {
  it('leaves its states, its brief key by key, and its limits', async () => {
    const actor = await world.actor(brand);
    const draft = { actor, brandId: brand.partyId, brief: briefIn('EUR'), limits: limitsIn('EUR') };
    const { campaign } = await world.get(CreateCampaign).execute(draft);
    const brief = briefIn('EUR', { title: 'Summer purses' });
    const limits = limitsIn('EUR', { budgets: [{ currency: 'EUR', amountMinor: 2_000_000n }], dealCap: 3 });
    await world.get(UpdateBrief).execute({ actor, campaignId: campaign.id, brief, limits });
    await world.get(CancelCampaign).execute({ actor, campaignId: campaign.id });
    const entries = await log(campaign.id);
    expect(entries.every((entry) => entry.by === by(brand).by && entry.forParty === brand.partyId)).toBe(true);
    expect(entries.filter(({ table }) => table === 'campaigns.campaigns')).toMatchObject([
      { action: 'created', changes: { state: { new: 'draft' }, 'brief.title': { new: 'Spring purses' } } },
      { action: 'changed', changes: { 'brief.title': { old: 'Spring purses', new: 'Summer purses' } } },
      { action: 'cancelled', changes: { state: { old: 'draft', new: 'cancelled' } } },
    ]);
    expect(Object.keys(entries.find(({ action }) => action === 'changed')?.changes ?? {})).toEqual(['brief.title']);
    expect(await last(campaign.id, 'campaigns.campaign_limits')).toMatchObject({
      changes: { deal_cap: { old: null, new: 3 } },
    });
    expect(await last(campaign.id, 'campaigns.campaign_budgets')).toMatchObject({
      changes: { budget_minor: { new: 2_000_000 } },
    });
  });
});

describe('a bid', () => {
  it('leaves each offer by its side, its message as a digest alone, and the job that ended it', async () => {
    const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
    const bidId = await world.bid(campaignId, influencer, mixIn('EUR'));
    await world.counter(brand, bidId, 1, mixIn('EUR'));
    world.clock.advanceDays(29);
    await world.get(ExpireBids).execute({ now: world.clock.now() });
    world.clock.advanceDays(-29);
    const entries = await log(bidId);
    expect(entries).toMatchObject([
      { table: 'campaigns.bids', action: 'created', ...by(influencer), changes: { state: { new: 'submitted' } } },
      { table: 'campaigns.offers', action: 'created', ...by(influencer), changes: { side: { new: 'influencer' } } },
      { table: 'campaigns.bids', action: 'countered', ...by(brand), changes: { state: { old: 'submitted' } } },
      { table: 'campaigns.offers', action: 'created', ...by(brand) },
      { table: 'campaigns.bids', action: 'expired', by: 'system expire bids', forParty: null },
    ]);
    expect(entries[1]?.changes['compensation.cash']?.['new']).toMatchObject({ currency: 'EUR' });
    await world.get(CloseCampaign).execute({ actor: await world.actor(brand), campaignId });
  });
});

describe('a deal', () => {
  it('leaves who accepted it, under which policy, and the digest of its terms', async () => {
    const dealId = await newDeal();
    const [accepted] = await log(dealId);
    expect(accepted).toMatchObject({ table: 'deals.deals', action: 'created', ...by(brand) });
    expect(accepted?.changes).toMatchObject({ state: { new: 'awaiting_funding' }, policy_version: { new: 1 } });
    const { rows } = await owner.query<{ terms: string }>(
      'select terms::text as terms from deals.deals where id = $1',
      [dealId],
    );
    expect(accepted?.changes['terms']).toEqual({ oldDigest: null, newDigest: digest(rows[0]?.terms ?? '') });
    const tables = new Set((await log(dealId)).map(({ table }) => table));
    expect([...tables].toSorted()).toEqual(
      ['deals', 'deliverables', 'gifts', 'milestones', 'tracking_codes'].map((table) => `deals.${table}`),
    );
  });

  it('leaves its course, with that of its deliverables and its gift', async () => {
    const dealId = await newDeal();
    const before = (await log(dealId)).length;
    await world.credit(brand, 'EUR', 1_000_000n);
    await world.fund(brand, dealId);
    const [manager, creator] = [await world.actor(brand), await world.actor(influencer)];
    await world.get(ShipGift).execute({ actor: manager, dealId, carrier: 'DHL', trackingNumber: 'JD0146' });
    await world.get(ReceiveGift).execute({ actor: creator, dealId });
    const [first, second] = (await world.deal(brand, dealId)).deliverables;
    const work = { caption: 'My private words', mediaUrls: [] };
    await world.get(SubmitDeliverable).execute({ actor: creator, deliverableId: first?.id ?? '', ...work });
    await world.get(ApproveDeliverable).execute({ actor: manager, deliverableId: first?.id ?? '' });
    await world.get(SubmitDeliverable).execute({ actor: creator, deliverableId: second?.id ?? '', ...work });
    world.clock.advanceDays(8);
    await world.get(AutoApproveDeliverables).execute({ now: world.clock.now(), limit: 10 });
    world.clock.advanceDays(-8);
    const claim = { ...DISPUTE_OVER_DEAL, text: 'My private reason' };
    const { disputeId } = await world.get(OpenDispute).execute({ actor: creator, dealId, ...claim });
    const written = { disputeId, text: 'Not so: private', idempotencyKey: 'answer' };
    await world.get(WriteToDispute).execute({ actor: manager, kind: 'answer', ...written });
    const decision = { outcome: 'dismissed', reason: 'A private matter.', idempotencyKey: 'decide' } as const;
    await world.get(DecideDispute).execute({ actor: await world.operator(), disputeId, ...decision });
    const entries = (await log(dealId)).slice(before);
    expect(briefly(entries)).toEqual([
      'deals.deals active',
      'deals.gifts shipped',
      'deals.gifts received',
      'deals.deliverables submitted',
      'deals.deliverable_versions created',
      'deals.deliverables approved',
      'deals.deliverable_versions changed',
      'deals.milestones changed',
      'deals.deliverables submitted',
      'deals.deliverable_versions created',
      'deals.deliverables approved',
      'deals.deliverable_versions changed',
      'deals.milestones changed',
      'ledger.freezes created',
      'deals.deals disputed',
      'deals.disputes created',
      ...Array.from({ length: 3 }, () => 'deals.dispute_items created'),
      ...Array.from({ length: 3 }, () => 'deals.deliverables changed'),
      'deals.dispute_entries created',
      'deals.dispute_entries created',
      'deals.disputes answered',
      'deals.disputes decided',
      ...Array.from({ length: 3 }, () => 'deals.deliverables changed'),
      'ledger.freezes changed',
      'deals.deals active',
    ]);
    expect(entries[1]).toMatchObject({ ...by(brand), changes: { tracking_number: { newDigest: digest('JD0146') } } });
    expect(entries[10]).toMatchObject({ by: expect.stringMatching(/^system /), forParty: null });
    expect(entries.at(-1)?.forParty).toBe(PLATFORM_PARTY_ID);
    expect(JSON.stringify(entries)).not.toMatch(/private|JD0146/);
  });

  it('leaves where its links lead', async () => {
    const dealId = await newDeal();
    const command = { actor: await world.actor(brand), dealId, destination: 'https://shop.example/purse' };
    await world.get(SetLinkDestination).execute(command);
    expect(await last(dealId, 'deals.deals')).toMatchObject({
      ...by(brand),
      changes: { link_destination: { old: null, new: command.destination } },
    });
  });

  it('leaves reviews without their words', async () => {
    const dealId = await finishedDeal(world, brand, influencer);
    await world.get(CompleteDeal).execute({ actor: await world.actor(brand), dealId });
    await world
      .get(WriteReview)
      .execute({ actor: await world.actor(brand), dealId, stars: 4, text: 'My private words' });
    const review = await last(dealId, 'deals.reviews');
    expect(review).toMatchObject({ action: 'created', ...by(brand), changes: { stars: { new: 4 } } });
    expect(review?.changes['text']).toEqual({ oldDigest: null, newDigest: digest('My private words') });
  });
});

describe('a mandate', () => {
  it('leaves each version, who asked for it and who agreed to it', async () => {
    const { mandateId } = await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.2' }));
    await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.3' }));
    await world.endMandate(agency, mandateId);
    const entries = await log(mandateId);
    expect(entries.map(({ action, changes, by: who }) => [action, changes['version']?.['new'], who])).toEqual([
      ['created', 1, by(agency).by],
      ['accepted', undefined, by(influencer).by],
      ['created', 2, by(agency).by],
      ['changed', undefined, by(influencer).by],
      ['accepted', undefined, by(influencer).by],
      ['ended', undefined, by(agency).by],
    ]);
    expect(entries[2]?.changes['cuts.cash']).toEqual({ new: { of: 'gross', share: '3/10' } });
  });
});

describe('the marketplace’s policy', () => {
  it('leaves each version by its operator, for the platform', async () => {
    const actor = await world.operator();
    const { platformFees, autoApprovalDays } = await world.get(GetMarketplacePolicy).execute({ actor });
    const terms = { platformFees, autoApprovalDays, defaultHoldDays: 1 };
    await world.get(UpdateMarketplacePolicy).execute({ actor, terms, expectedVersion: 1 });
    expect(await last(PLATFORM_PARTY_ID, 'deals.marketplace_policies')).toMatchObject({
      by: `person ${actor.userId}`,
      forParty: PLATFORM_PARTY_ID,
      changes: { version: { new: 2 }, 'platform_fees.cash': {}, default_hold_days: { new: 1 } },
    });
  });
});
