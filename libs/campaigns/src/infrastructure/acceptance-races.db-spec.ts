import { type PersonActor, systemActor } from '@evenhand/kernel';
import { BudgetExceeded, DealCapReached } from '../domain/errors';
import { CampaignWorld } from '../../../../test/support/campaigns/campaign-world';
import { cashOf } from '../../../../test/support/campaigns/campaign-samples';

/** Of fifty acceptances each. The losers stay open, so a round costs one new bid. */
const ROUNDS = 200;
const CAP_ROUNDS = 3;
const BIDDERS = 50;

jest.setTimeout(240_000);

describe('acceptances at once', () => {
  let world: CampaignWorld;
  let brand: PersonActor & { readonly brandId: string };
  let influencers: (PersonActor & { readonly influencerId: string })[];

  beforeAll(async () => {
    world = await CampaignWorld.open(25);
    brand = await world.brand();
    influencers = await Promise.all(Array.from({ length: BIDDERS }, () => world.influencer()));
  });
  afterAll(() => world.close());

  async function bidsOn(campaignId: string): Promise<readonly string[]> {
    const views = await Promise.all(
      influencers.map((actor) => world.bid(actor, actor.influencerId, campaignId, cashOf(60_000n))),
    );
    return views.map((view) => view.bid.id);
  }

  async function acceptAll(bidIds: readonly string[]) {
    const results = await Promise.allSettled(bidIds.map((bidId) => world.accept(brand, bidId)));
    const errors = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
    return { accepted: results.length - errors.length, errors };
  }

  /** Gives the winner's budget back and lets her bid anew: again there are as many open bids as bidders. */
  async function bidAgain(campaignId: string, bidIds: readonly string[]): Promise<readonly string[]> {
    const [won] = await world.asSystem(
      `select id, influencer_id from campaigns.bids
       where campaign_id = $1 and state = 'accepted' and commitment_released_at is null`,
      [campaignId],
    );
    const wonId = String(won?.['id']);
    const winner = influencers.find(({ influencerId }) => influencerId === won?.['influencer_id']);
    if (!winner) throw new Error('Nobody won.');
    await world.uow.run(systemActor('spec'), (tx) =>
      world.commitments.release(tx, wonId, new Map(), world.clock.now()),
    );
    const { bid } = await world.bid(winner, winner.influencerId, campaignId);
    return bidIds.map((bidId) => (bidId === wonId ? bid.id : bidId));
  }

  async function stored(campaignId: string) {
    const [row] = await world.asSystem(
      `select deal_count, committed_minor::text,
         (select count(*)::int from campaigns.bids where campaign_id = $1 and state = 'accepted') as accepted
       from campaigns.campaign_limits join campaigns.campaign_budgets using (campaign_id) where campaign_id = $1`,
      [campaignId],
    );
    return row;
  }

  it(`have one winner where the budget is for one, in each of ${ROUNDS} rounds`, async () => {
    const budgets = [{ currency: 'EUR', amountMinor: 119_999n }];
    const campaignId = await world.publish(brand, {}, { budgets });
    let bidIds = await bidsOn(campaignId);
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { accepted, errors } = await acceptAll(bidIds);
      expect({ round, accepted, refused: errors.filter((error) => error instanceof BudgetExceeded).length }).toEqual({
        round,
        accepted: 1,
        refused: BIDDERS - 1,
      });
      expect(await stored(campaignId)).toEqual({ deal_count: 1, committed_minor: '60000', accepted: round });
      bidIds = await bidAgain(campaignId, bidIds);
    }
  });

  it.each(Array.from({ length: CAP_ROUNDS }, (_, round) => round + 1))(
    'have three winners where the cap is three (round %i)',
    async () => {
      const budgets = [{ currency: 'EUR', amountMinor: 100_000_000n }];
      const campaignId = await world.publish(brand, {}, { budgets, dealCap: 3 });
      const { accepted, errors } = await acceptAll(await bidsOn(campaignId));
      expect(accepted).toBe(3);
      expect(errors.filter((error) => error instanceof DealCapReached)).toHaveLength(BIDDERS - 3);
      expect(await stored(campaignId)).toEqual({ deal_count: 3, committed_minor: '180000', accepted: 3 });
    },
  );

  it('of one bid by the same side have one winner', async () => {
    const campaignId = await world.publish(brand);
    const [first] = influencers;
    if (!first) throw new Error('No influencer.');
    const { bid } = await world.bid(first, first.influencerId, campaignId);
    const { accepted, errors } = await acceptAll(Array.from({ length: 10 }, () => bid.id));
    expect(accepted).toBe(1);
    expect(errors).toHaveLength(9);
    expect(errors.every((error) => error instanceof Error && error.name === 'InvalidTransition')).toBe(true);
    expect(await stored(campaignId)).toEqual({ deal_count: 1, committed_minor: '60000', accepted: 1 });
  });

  it('crossing counter-offers, withdrawals and the closing of the campaign neither deadlock nor commit twice', async () => {
    const campaignId = await world.publish(brand);
    const bidIds = await bidsOn(campaignId);
    const moves = bidIds.flatMap((bidId, index): Promise<unknown>[] => {
      const owner = influencers[index];
      if (!owner) return [];
      const terms = { compensation: cashOf(55_000n), message: null, expiresAt: null };
      return [
        world.accept(brand, bidId),
        world.counterOffer.execute({ actor: brand, bidId, inAnswerTo: 1, ...terms }),
        world.bidEnding.run({ actor: owner, bidId, reason: null }, 'influencer'),
      ];
    });
    const closing = world.campaignEnding.run({ actor: brand, campaignId }, 'close');
    const results = await Promise.allSettled([...moves, closing]);
    const codes = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.code)] : []));
    const rules = ['BUDGET_EXCEEDED', 'CAMPAIGN_CLOSED', 'INVALID_TRANSITION', 'OFFER_SUPERSEDED'];
    expect(codes.filter((code) => !rules.includes(code))).toEqual([]);
    const row = await stored(campaignId);
    expect(row?.['committed_minor']).toBe(String(Number(row?.['accepted']) * 60_000));
    const open = await world.asSystem(
      `select 1 from campaigns.bids where campaign_id = $1 and state in ('submitted', 'countered')`,
      [campaignId],
    );
    expect(open).toEqual([]);
  });
});
