import { type Brief, type Compensation, CounterOffer } from '@evenhand/campaigns';
import { CompleteDeal } from '@evenhand/deals';
import { NotFound } from '@evenhand/kernel';
import { checkInvariants } from '@evenhand/ledger';
import { moneyOf } from '@evenhand/money';
import { AddChannel } from '@evenhand/parties';
import { Client } from 'pg';
import { finishedDeal } from '../../../test/support/completed-deal';
import { briefIn, cashIn, commissionIn, limitsIn } from '../../../test/support/deal-samples';
import { DealWorld, type Someone } from '../../../test/support/deal-world';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import type { ComparedBid } from './application/bid-comparison';
import { CompareBids, type CompareBidsQuery } from './application/compare-bids';
import { RecordSales } from './application/record-sales';
import { SalesModule } from './sales.module';

const ON_COMMISSION: Compensation = { cash: null, gift: null, commission: commissionIn('EUR') };

describe('the comparison of bids', () => {
  let world: DealWorld;
  let owner: Client;
  let brand: Someone;
  let others: readonly Someone[];
  let influencer: Someone;

  beforeAll(async () => {
    world = await DealWorld.open(undefined, [SalesModule]);
    owner = new Client({ connectionString: world.databaseUrl });
    await owner.connect();
    brand = await world.signUpBrand();
    others = [await world.signUpBrand(), await world.signUpBrand(), await world.signUpBrand()];
  }, 60_000);
  beforeEach(async () => {
    influencer = await world.signUpInfluencer();
  });
  afterEach(async () => expect(await checkInvariants(owner)).toEqual([]));
  afterAll(async () => {
    await owner.end();
    await world.close();
  });

  /** A deal that sold for so much by notes, of which the last clicks and sales have come. */
  async function pastDeal(of: Someone, baseMinor: bigint): Promise<void> {
    const dealId = await finishedDeal(world, of, influencer);
    const deal = await world.deal(of, dealId);
    const code = deal.codes.find(({ kind }) => kind === 'note_commission')?.code ?? '';
    const event = saleEvent({ externalId: dealId, code, baseMinor, occurredAt: world.clock.now() });
    const actor = await world.actor(of);
    await world.get(RecordSales).execute({ actor, brandId: of.partyId, events: [event] });
    await world.get(CompleteDeal).execute({ actor, dealId });
  }

  async function campaign(changes: Partial<Brief> = {}): Promise<string> {
    const bidDeadline = new Date(world.clock.now().getTime() + 86_400_000);
    const dueOn = new Date(world.clock.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
    const deliverables = briefIn('EUR').deliverables.map((one) => ({ ...one, dueOn }));
    return world.publishCampaign(brand, briefIn('EUR', { bidDeadline, deliverables, ...changes }), limitsIn('EUR'));
  }

  async function compare(campaignId: string, more: Partial<CompareBidsQuery> = {}): Promise<readonly ComparedBid[]> {
    const query = { actor: await world.actor(brand), campaignId, assumption: null, first: 50, ...more };
    return world.get(CompareBids).execute(query);
  }

  async function onlyBid(compensation: Compensation, more: Partial<CompareBidsQuery> = {}): Promise<ComparedBid> {
    const campaignId = await campaign();
    await world.bid(campaignId, influencer, compensation);
    const [bid] = await compare(campaignId, more);
    if (!bid) throw new Error('There is a bid.');
    return bid;
  }

  it('forecasts nothing where nothing is known, and says so', async () => {
    expect(await onlyBid(ON_COMMISSION)).toMatchObject({
      netSales: null,
      noForecastReason: 'too_few_deals',
      clicks: null,
      commission: null,
      effectiveCost: null,
      followers: null,
      costPerThousandFollowersMinor: null,
    });
    expect(await onlyBid(cashIn('EUR'))).toMatchObject({
      noForecastReason: 'no_commission',
      effectiveCost: { currency: 'EUR', low: 133_334n, expected: 133_334n, high: 133_334n },
    });
  });

  it('rests on the brand’s own deals with her, once their attribution windows are over', async () => {
    for (const sold of [100_00n, 300_00n, 200_00n]) await pastDeal(brand, sold);
    expect((await onlyBid(ON_COMMISSION)).noForecastReason).toBe('too_few_deals');
    world.clock.advanceDays(30);
    expect(await onlyBid(ON_COMMISSION)).toMatchObject({
      netSales: { basis: 'own_deals', deals: 3, low: 150_00n, expected: 200_00n, high: 250_00n },
      clicks: { basis: 'own_deals', deals: 3, low: 0n, expected: 0n, high: 0n },
      commission: { low: { commissionMinor: 15_00n }, high: { commissionMinor: 25_00n } },
      effectiveCost: { currency: 'EUR', low: 15_00n, expected: 20_00n, high: 25_00n },
      costPerClickMinor: null,
    });
  });

  it('tells nothing of other brands’ deals, until they are so many that none can be made out', async () => {
    const [a, b, c] = others;
    if (!a || !b || !c) throw new Error('There are three.');
    for (const other of [a, a, b, b]) await pastDeal(other, 777_77n);
    world.clock.advanceDays(30);
    const few = await onlyBid(ON_COMMISSION);
    expect([few.noForecastReason, few.clicks]).toEqual(['too_few_deals', null]);
    await pastDeal(c, 1_000_00n);
    world.clock.advanceDays(30);
    expect((await onlyBid(ON_COMMISSION)).netSales).toEqual({
      basis: 'marketplace',
      deals: 5,
      low: 777_77n,
      expected: 777_77n,
      high: 777_77n,
    });
  });

  it('goes by the brand’s own assumption where it states one, in the commission’s currency', async () => {
    const tiers = [{ fromNetSalesMinor: 1_000_00n, rate: '0.2' }];
    const commission = commissionIn('EUR', { tiers, livestreamRate: '0.05', capMinor: 250_00n });
    const offer = { ...cashIn('EUR'), commission };
    const assumption = { netSales: moneyOf(2_500_00n, 'EUR'), livestreamMinor: 1_000_00n };
    const bid = await onlyBid(offer, { assumption });
    expect(bid.netSales).toMatchObject({ basis: 'assumption', deals: 0, expected: 2_500_00n });
    expect(bid.commission?.expected).toEqual({ commissionMinor: 250_00n, bonusMinor: 0n, feeMinor: 0n });
    expect(bid.effectiveCost?.expected).toBe(133_334n + 250_00n);
    const inYen = { netSales: moneyOf(1_000n, 'JPY'), livestreamMinor: 0n };
    expect(await onlyBid(offer, { assumption: inYen })).toMatchObject({
      noForecastReason: 'other_currency',
      effectiveCost: null,
    });
  });

  it('puts the cheapest first and the unknown last, each by its latest offer, with what thousand followers cost', async () => {
    const campaignId = await campaign();
    const actor = await world.actor(influencer);
    const channel = { platform: 'xiaohongshu', handle: 'yuki', url: 'https://www.xiaohongshu.com/user/yuki' } as const;
    await world.get(AddChannel).execute({
      actor,
      ...channel,
      followers: 500_000n,
      audience: { countries: [], ages: [], genders: [] },
    });
    const dear = await world.bid(campaignId, influencer, cashIn('EUR'));
    const [second, third] = [await world.signUpInfluencer(), await world.signUpInfluencer()];
    const unknown = await world.bid(campaignId, second, ON_COMMISSION);
    const countered = await world.bid(campaignId, third, cashIn('EUR'));
    const cash = {
      currency: 'EUR',
      amountMinor: 10_00n,
      milestones: [{ deliverableKey: 'note', amountMinor: 10_00n }],
    };
    await world.get(CounterOffer).execute({
      actor: await world.actor(brand),
      bidId: countered,
      inAnswerTo: 1,
      compensation: { cash, gift: null, commission: null },
      message: null,
      expiresAt: null,
    });
    const bids = await compare(campaignId);
    expect(bids.map(({ bidId, offerNumber, side }) => [bidId, offerNumber, side])).toEqual([
      [countered, 2, 'brand'],
      [dear, 1, 'influencer'],
      [unknown, 1, 'influencer'],
    ]);
    // 1,333.34 for 500 thousand followers is 2.66668 for each thousand.
    expect(bids[1]).toMatchObject({ followers: 500_000n, costPerThousandFollowersMinor: 267n });
    expect(await compare(campaignId, { first: 1 })).toHaveLength(1);
  });

  it('is for the brand of the campaign alone', async () => {
    const campaignId = await campaign();
    await world.bid(campaignId, influencer, ON_COMMISSION);
    for (const stranger of [influencer, others[0] ?? influencer]) {
      const actor = await world.actor(stranger);
      await expect(compare(campaignId, { actor })).rejects.toThrow(NotFound);
    }
    await expect(compare(campaignId, { actor: await world.operator() })).rejects.toThrow(NotFound);
  });
});
