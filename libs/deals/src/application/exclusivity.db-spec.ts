import { type Brief, CounterOffer } from '@evenhand/campaigns';
import { finishedDeal } from '../../../../test/support/completed-deal';
import { briefIn, cashIn, everyKind, limitsIn } from '../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../test/support/deal-world';
import { withDealWorld } from '../../../../test/support/with-deal-world';
import type { Client } from 'pg';
import { STANDING_SQL } from '../infrastructure/sql-exclusivity-repository';
import { ClashesWithExclusivity } from '../domain/errors';
import { AcceptOffer } from './accept-offer';
import { CancelDeal } from './cancel-deal';
import { CompleteDeal } from './complete-deal';
import { PreviewSplit } from './preview-split';
import { ReadExclusivityClashes } from './read-exclusivity-clashes';

const SPRING = { category: 'handbags', from: '2026-04-01', to: '2026-06-30' };
/** Handbags too: work until 2 May, which is within {@link SPRING}. */
const HANDBAGS: Partial<Brief> = { categories: ['handbags'] };
const EXCLUSIVE: Partial<Brief> = { categories: ['fashion'], exclusivity: SPRING };

let world: DealWorld;
let owner: Client;
let first: Someone;
let rival: Someone;
let influencer: Someone;

withDealWorld(async (made, connected) => {
  [world, owner] = [made, connected];
  first = await world.signUpBrand('Maison Aurore');
  rival = await world.signUpBrand('Studio Rival');
});

beforeEach(async () => {
  influencer = await world.signUpInfluencer();
});

async function bidOn(brand: Someone, changes: Partial<Brief>): Promise<string> {
  const campaignId = await world.publishCampaign(brand, briefIn('EUR', changes), limitsIn('EUR'));
  return world.bid(campaignId, influencer, cashIn('EUR'));
}

async function dealWith(brand: Someone, changes: Partial<Brief>): Promise<string> {
  return world.accept(brand, await bidOn(brand, changes));
}

async function clashesSeenBy(someone: Someone, bidId: string) {
  const query = { actor: await world.actor(someone), bidIds: [bidId] };
  const [clashes] = await world.get(ReadExclusivityClashes).execute(query);
  return clashes;
}

async function acceptInSpite(brand: Someone, bidId: string): Promise<string> {
  const actor = await world.actor(brand);
  const command = { actor, bidId, offerNumber: 1, codeWishes: {}, acceptClashes: true };
  return (await world.get(AcceptOffer).execute(command)).dealId;
}

const RUNNING = { direction: 'running_exclusivity', ...SPRING };

describe('a bid that clashes with a running exclusivity', () => {
  it('is flagged at once with its days: for her side with the deal, for the brand without', async () => {
    const dealId = await dealWith(first, EXCLUSIVE);
    const agency = await world.signUpAgency();
    await world.mandate(agency, influencer, everyKind({ of: 'remainder', share: '1/5' }));
    const bidId = await bidOn(rival, HANDBAGS);
    expect(await clashesSeenBy(influencer, bidId)).toEqual([{ ...RUNNING, dealId }]);
    expect(await clashesSeenBy(agency, bidId)).toEqual([{ ...RUNNING, dealId }]);
    expect(await clashesSeenBy(rival, bidId)).toEqual([{ ...RUNNING, dealId: null }]);
    expect(await clashesSeenBy(first, bidId)).toEqual([]);
  });

  it('is flagged before it is made, and in answer to it', async () => {
    const dealId = await dealWith(first, EXCLUSIVE);
    const campaignId = await world.publishCampaign(rival, briefIn('EUR', HANDBAGS), limitsIn('EUR'));
    const terms = { compensation: cashIn('EUR') };
    const preview = async (someone: Someone, subject: Parameters<PreviewSplit['execute']>[0]['subject']) => {
      const command = { actor: await world.actor(someone), subject, exampleSales: null };
      return (await world.get(PreviewSplit).execute(command)).exclusivityClashes;
    };
    const newBid = { type: 'new_bid', campaignId, influencerId: influencer.partyId, ...terms } as const;
    expect(await preview(influencer, newBid)).toEqual([{ ...RUNNING, dealId }]);
    const bidId = await world.bid(campaignId, influencer, cashIn('EUR'));
    const answer = { type: 'counter_offer', bidId, ...terms } as const;
    expect(await preview(rival, answer)).toEqual([{ ...RUNNING, dealId: null }]);
    await world.get(CounterOffer).execute({
      actor: await world.actor(rival),
      bidId,
      inAnswerTo: 1,
      message: null,
      expiresAt: null,
      ...terms,
    });
    expect(await clashesSeenBy(influencer, bidId)).toEqual([{ ...RUNNING, dealId }]);
  });

  it('is accepted only by who says that they know, and the history tells of it', async () => {
    await dealWith(first, EXCLUSIVE);
    const bidId = await bidOn(rival, HANDBAGS);
    const refusal = await world.accept(rival, bidId).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ClashesWithExclusivity);
    expect(refusal).toMatchObject({ details: { clashes: [RUNNING] } });
    expect(JSON.stringify(refusal)).not.toMatch(/Aurore|Spring purses|dealId/u);
    const { rows } = await owner.query('select state from campaigns.bids where id = $1', [bidId]);
    expect(rows).toEqual([{ state: 'submitted' }]);
    const dealId = await acceptInSpite(rival, bidId);
    const { rows: history } = await owner.query('select note from deals.state_changes where deal_id = $1', [dealId]);
    expect(history).toEqual([
      {
        note: 'In spite of: The influencer is bound to another brand in handbags from 2026-04-01 to 2026-06-30.',
      },
    ]);
    expect(await clashesSeenBy(influencer, bidId)).toEqual([]);
  });
});

describe('a campaign that asks for exclusivity', () => {
  const own = { categories: ['bags'], exclusivity: { ...SPRING, category: 'fashion', from: '2026-03-31' } };

  it('clashes with the work of her running deals, until that is completed', async () => {
    const dealId = await finishedDeal(world, first, influencer);
    const bidId = await bidOn(rival, own);
    const work = { direction: 'campaign_exclusivity', category: 'fashion', from: '2026-03-01' };
    expect(await clashesSeenBy(influencer, bidId)).toEqual([{ ...work, to: '2026-03-31', dealId: expect.any(String) }]);
    await expect(world.accept(rival, bidId)).rejects.toThrow(ClashesWithExclusivity);
    await world.get(CompleteDeal).execute({ actor: await world.actor(first), dealId });
    expect(await clashesSeenBy(influencer, bidId)).toEqual([]);
    await expect(world.accept(rival, bidId)).resolves.toMatch(/./u);
  });
});

describe('an exclusivity', () => {
  it('outlives the completion of its deal', async () => {
    const dealId = await finishedDeal(world, first, influencer, EXCLUSIVE);
    await world.get(CompleteDeal).execute({ actor: await world.actor(first), dealId });
    expect(await clashesSeenBy(influencer, await bidOn(rival, HANDBAGS))).toEqual([{ ...RUNNING, dealId }]);
  });

  it('ends with its deal where that is cancelled', async () => {
    const dealId = await dealWith(first, EXCLUSIVE);
    await world.get(CancelDeal).execute({ actor: await world.actor(influencer), dealId, reason: 'No time' });
    const bidId = await bidOn(rival, HANDBAGS);
    expect(await clashesSeenBy(influencer, bidId)).toEqual([]);
    await expect(world.accept(rival, bidId)).resolves.toMatch(/./u);
  });

  it('binds neither its own brand nor other influencers', async () => {
    await dealWith(first, EXCLUSIVE);
    await expect(dealWith(first, HANDBAGS)).resolves.toMatch(/./u);
    influencer = await world.signUpInfluencer();
    await expect(dealWith(rival, HANDBAGS)).resolves.toMatch(/./u);
  });

  it('can be read by no other brand past the use case', async () => {
    const dealId = await dealWith(first, EXCLUSIVE);
    const seen = async (someone: Someone) => {
      const sql = 'select category from deals.category_days where deal_id = $1 order by category';
      return (await world.sql(await world.actor(someone), sql, [dealId])).map((row) => row['category']);
    };
    expect(await seen(rival)).toEqual([]);
    expect(await seen(first)).toEqual(['fashion', 'handbags', 'handbags']);
    expect(await seen(influencer)).toEqual(['fashion', 'handbags', 'handbags']);
  });
});

describe('two acceptances that clash with each other', () => {
  it('at once make one deal, and the other is told', async () => {
    for (let round = 0; round < 10; round += 1) {
      influencer = await world.signUpInfluencer();
      const bids = [await bidOn(first, EXCLUSIVE), await bidOn(rival, HANDBAGS)] as const;
      const results = await Promise.allSettled([world.accept(first, bids[0]), world.accept(rival, bids[1])]);
      const refusals = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
      expect(refusals).toHaveLength(1);
      expect(refusals[0]).toBeInstanceOf(ClashesWithExclusivity);
    }
  });
});

describe('the search for clashes', () => {
  it('is a look-up in an index, however many deals there are', async () => {
    await owner.query('begin');
    await owner.query(`set local session_replication_role = 'replica'`);
    await owner.query(`
      insert into deals.category_days (deal_id, brand_id, influencer_id, use, category, from_day, to_day)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'work', 'handbags', '2026-01-01', '2026-12-31'
      from generate_series(1, 20000)`);
    await owner.query('analyze deals.category_days');
    const values = [[influencer.partyId, influencer.partyId], ['handbags', 'fashion'], '2026-03-01'];
    const { rows } = await owner.query(`explain (format json) ${STANDING_SQL}`, values);
    await owner.query('rollback');
    const plan = JSON.stringify(rows);
    expect(plan).toContain('category_days_standing');
    expect(plan).not.toMatch(/Seq Scan[^}]*category_days/u);
  });
});
