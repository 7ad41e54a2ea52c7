import { Client } from 'pg';
import { briefIn, limitsIn, mixIn } from '../../../test/support/deal-samples';
import { DealWorld, type Someone, StandingClock } from '../../../test/support/deal-world';
import { ReadPerformance } from './application/read-performance';
import { RecordRefunds } from './application/record-refunds';
import { RecordSales } from './application/record-sales';
import { SalesModule } from './sales.module';

const SET_UP_MS = 60_000;

let world: DealWorld;
let owner: Client;
let brand: Someone;
let mika: Someone;

beforeAll(async () => {
  world = await DealWorld.open(new StandingClock(), [SalesModule]);
  owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
  brand = await world.signUpBrand();
  mika = await world.signUpInfluencer('Mika');
  await world.credit(brand, 'EUR', 100_000_000n);
}, SET_UP_MS);
afterAll(async () => {
  await owner.end();
  await world.close();
});

async function campaign(): Promise<string> {
  return world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
}

async function dealIn(campaignId: string, influencer = mika): Promise<string> {
  const dealId = await world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR')));
  await world.fund(brand, dealId);
  return dealId;
}

let orders = 0;

/** An order of 100.00 by the code of the deal; answers its id at the shop. */
async function order(dealId: string): Promise<string> {
  const externalId = `order-${(orders += 1)}`;
  const code = (await world.deal(brand, dealId)).codes.find(({ kind }) => kind === 'note_commission')?.code ?? '';
  const event = { source: 'shop', externalId, orderNumber: externalId, currency: 'EUR', code, baseMinor: 10_000n };
  const events = [{ ...event, occurredAt: world.clock.now() }];
  const [result] = await world
    .get(RecordSales)
    .execute({ actor: await world.actor(brand), brandId: brand.partyId, events });
  expect(result).toMatchObject({ status: 'recorded' });
  return externalId;
}

async function clicks(dealId: string, total: number, filtered: number): Promise<void> {
  const row = [brand.partyId, dealId, mika.partyId, total, filtered];
  await owner.query('insert into sales.click_counts values ($1, $2, $3, $4, $5)', row);
}

async function performance(by: 'deal' | 'campaign', ids: readonly string[], viewer: Someone = brand) {
  return world.get(ReadPerformance).execute({ actor: await world.actor(viewer), by, ids });
}

describe('what deals came to', () => {
  it('is what sales after refunds brought for cash and commission, per click of a person and per order', async () => {
    const campaignId = await campaign();
    const [first, second] = [await dealIn(campaignId), await dealIn(campaignId)];
    const [refunded] = [await order(first), await order(first), await order(first)];
    await order(second);
    const refund = {
      source: 'shop',
      externalId: 'refund-1',
      saleExternalId: refunded ?? '',
      currency: 'EUR',
      full: true,
    };
    const events = [{ ...refund, occurredAt: world.clock.now() }];
    await world.get(RecordRefunds).execute({ actor: await world.actor(brand), brandId: brand.partyId, events });
    await clicks(first, 25, 5);
    const money = { currency: 'EUR', cashMinor: 133_334n, commissionMinor: 2_000n, netSalesMinor: 20_000n };
    const [ofFirst, ofNone] = await performance('deal', [first, campaignId]);
    expect(ofFirst).toMatchObject({
      clicks: 20n,
      orders: 3n,
      money: [
        { ...money, spendMinor: 135_334n, perThousandViewsMinor: null, perClickMinor: 6_767n, perOrderMinor: 45_111n },
      ],
    });
    expect(ofFirst?.conversion?.toString()).toBe('3/20');
    expect(ofNone).toMatchObject({ clicks: 0n, orders: 0n, conversion: null, money: [] });
    const [ofCampaign] = await performance('campaign', [campaignId]);
    expect(ofCampaign).toMatchObject({ orders: 4n, money: [{ cashMinor: 266_668n, netSalesMinor: 30_000n }] });
  });

  it('shows to each what is theirs', async () => {
    const other = await world.signUpInfluencer('Other');
    const campaignId = await campaign();
    const dealId = await dealIn(campaignId);
    await dealIn(campaignId, other);
    await order(dealId);
    expect((await performance('campaign', [campaignId], other))[0]).toMatchObject({
      orders: 0n,
      money: [{ cashMinor: 133_334n }],
    });
    expect((await performance('deal', [dealId], other))[0]).toMatchObject({ orders: 0n, money: [] });
    const rival = await world.signUpBrand('Rival');
    expect((await performance('campaign', [campaignId], rival))[0]).toMatchObject({ orders: 0n, money: [] });
  });
});
