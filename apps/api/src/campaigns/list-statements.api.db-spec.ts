import { CreateCampaign, PublishCampaign, SubmitBid } from '@evenhand/campaigns';
import { type Actor, Clock } from '@evenhand/kernel';
import { LoadActor } from '@evenhand/parties';
import { StandingClock } from '../../../../test/support/deal-world';
import { Client } from 'pg';
import { ApiInTest, type Login } from '../../../../test/support/api/api-in-test';
import { cashOf, NOW, sampleBrief, sampleLimits } from '../../../../test/support/campaigns/campaign-samples';

const CAMPAIGNS = 6;
const BIDDERS = 6;
/** They say where a transaction begins and ends, and read nothing. */
const CONTROL = /^(start transaction|commit)/;

const BIDS = `query ($first: Int!) { bids(first: $first) { edges { node { id influencerName campaignTitle
  offers { number compensation { cash { amount { amount } } } } } } pageInfo { hasNextPage } } }`;
const LISTED = `query ($first: Int!) { campaigns(first: $first) { edges { node { id brandName limits { dealCap
  budgets { budget { amount } } } brief { title } } } pageInfo { hasNextPage } } }`;

let api: ApiInTest;
let brand: Login;

beforeAll(async () => {
  api = await ApiInTest.open({ change: (builder) => builder.overrideProvider(Clock).useValue(new StandingClock(NOW)) });
  brand = await api.signUpBrand('ada', 'Maison Ada');
  const manager = await actorOf(brand);
  const campaignIds: string[] = [];
  for (let place = 0; place < CAMPAIGNS; place += 1) {
    const created = { actor: manager, brandId: brand.partyId, brief: sampleBrief(), limits: sampleLimits() };
    const { campaign } = await api.get(CreateCampaign).execute(created);
    await api.get(PublishCampaign).execute({ actor: manager, campaignId: campaign.id });
    campaignIds.push(campaign.id);
  }
  for (let place = 0; place < BIDDERS; place += 1) {
    const bidder = await api.signUpInfluencer(`influencer${place}`);
    const campaignId = campaignIds[place % campaignIds.length] ?? '';
    await api.get(SubmitBid).execute({
      actor: await actorOf(bidder),
      campaignId,
      influencerId: bidder.partyId,
      agencyId: null,
      compensation: cashOf(60_000n),
      message: null,
      expiresAt: null,
    });
  }
});

afterAll(() => api?.close());

function actorOf({ userId }: Login): Promise<Actor> {
  return api.get(LoadActor).forUser(userId, null);
}

async function statementsOf(document: string, first: number) {
  const query = jest.spyOn(Client.prototype, 'query');
  const { data, errors } = await api.ask(brand, document, { first });
  const texts = query.mock.calls.map(([statement]: unknown[]) =>
    typeof statement === 'string' ? statement : (statement as { readonly text: string }).text,
  );
  query.mockRestore();
  expect(errors).toBeUndefined();
  const [list] = Object.values(data ?? {});
  return { rows: list.edges.length as number, statements: texts.filter((text) => !CONTROL.test(text.trim())) };
}

it.each([
  ['bids with their influencers, campaigns and offers', BIDS, BIDDERS],
  ['campaigns with their brands and limits', LISTED, CAMPAIGNS],
])('a page of %s takes four statements, however many rows it has', async (_what, document, all) => {
  for (const first of [1, 2, 5, 20]) {
    const { rows, statements } = await statementsOf(document, first);
    expect(rows).toBe(Math.min(first, all));
    expect(statements).toHaveLength(4);
  }
});

it('counts the rows where somebody asks for their number, and only there', async () => {
  const counted = await statementsOf(BIDS.replace('pageInfo', 'totalCount pageInfo'), 2);
  expect(counted.statements.filter((text) => text.includes('count(*)'))).toHaveLength(1);
  const fragment = `fragment page on BidConnection { totalCount } ${BIDS.replace('pageInfo', '...page pageInfo')}`;
  expect((await statementsOf(fragment, 2)).statements).toHaveLength(counted.statements.length);
  const uncounted = await statementsOf(BIDS, 2);
  expect(uncounted.statements.filter((text) => text.includes('count(*)'))).toHaveLength(0);
});
