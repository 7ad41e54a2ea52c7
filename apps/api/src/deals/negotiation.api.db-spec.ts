import { AcceptOffer } from '@evenhand/deals';
import { SubmitBid, CreateCampaign, PublishCampaign } from '@evenhand/campaigns';
import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { OpenBook } from '@evenhand/ledger';
import { LoadActor } from '@evenhand/parties';
import { ApiInTest, type Login } from '../../../../test/support/api/api-in-test';
import { briefIn, cashIn, limitsIn } from '../../../../test/support/deal-samples';
import { toGlobalId } from '../graphql';

const DAY_MS = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const SPRING = { category: 'handbags', from: dayIn(1), to: dayIn(90) };
const RIGHTS = { media: ['paid_social'], territory: ['CN'], from: dayIn(-1), to: dayIn(2) };
const euro = (amount: string) => ({ amount, currency: 'EUR' });
const money = (amount: string) => ({ money: euro(amount), text: null });

const CLASHES = 'exclusivityClashes { direction category from to dealId }';
const BID = `mutation ($input: SubmitBidInput!) { submitBid(input: $input) { __typename ... on Bid { id ${CLASHES} } } }`;
const COUNTER = `mutation ($input: CounterOfferInput!) { counterOffer(input: $input) { __typename
  ... on Bid { ${CLASHES} } ... on BusinessError { code } } }`;
const ACCEPT = `mutation ($input: AcceptOfferInput!) { acceptOffer(input: $input) { __typename
  ... on Deal { exclusivity { category state } usageRights { media territory from to state } }
  ... on BusinessError { code message details { name value } } } }`;
const PREVIEW = `query ($input: SplitPreviewInput!) { splitPreview(input: $input) { ${CLASHES} } }`;
const DIFFERENCE = `query ($id: ID!, $from: Int!, $to: Int!) { offerDifference(bidId: $id, from: $from, to: $to) {
  from { number } to { number }
  differences { path kind before { money { amount currency } text } after { money { amount currency } text } } } }`;
const COMPARISON = `query ($id: ID!, $sales: MoneyInput, $live: MoneyInput) {
  bidComparison(campaignId: $id, expectedNetSales: $sales, expectedLivestreamSales: $live) {
    bidId influencer { name } offerNumber side cash { agreed { amount } fee { amount } } gift { amount }
    netSales { basis deals expected { amount } } noForecastReason clicks { expected } followers
    commission { expected { commission { amount } bonuses { amount } fee { amount } } }
    effectiveCost { low { amount } expected { amount currency } high { amount } }
    costPerThousandFollowers { amount } costPerClick { amount } } }`;

describe('negotiating over GraphQL', () => {
  let api: ApiInTest;
  let first: Login;
  let rival: Login;
  let influencer: Login;
  let campaignId: string;
  let bidId: string;

  const actorOf = ({ userId }: Login) => api.get(LoadActor).forUser(userId, null);

  async function publish(brand: Login, changes: object): Promise<string> {
    const actor = await actorOf(brand);
    const deliverables = briefIn('EUR').deliverables.map((one) => ({ ...one, dueOn: dayIn(30) }));
    const brief = { ...briefIn('EUR'), bidDeadline: new Date(Date.now() + 20 * DAY_MS), deliverables, ...changes };
    const limits = limitsIn('EUR');
    const { campaign } = await api.get(CreateCampaign).execute({ actor, brandId: brand.partyId, brief, limits });
    await api.get(PublishCampaign).execute({ actor, campaignId: campaign.id });
    return campaign.id;
  }

  /** A deal that binds her in handbags for ninety days. */
  async function runningDeal(): Promise<string> {
    const at = await publish(first, { exclusivity: SPRING, usageRights: { ...RIGHTS, to: dayIn(60) } });
    const parties = { campaignId: at, influencerId: influencer.partyId, agencyId: null };
    const terms = { compensation: cashIn('EUR'), message: null, expiresAt: null };
    const { bid } = await api.get(SubmitBid).execute({ actor: await actorOf(influencer), ...parties, ...terms });
    const command = { actor: await actorOf(first), bidId: bid.id, offerNumber: 1, codeWishes: {} };
    return toGlobalId('deal', (await api.get(AcceptOffer).execute(command)).dealId);
  }

  const compensation = (amount: string) => ({
    cash: { amount: euro(amount), milestones: [{ deliverableKey: 'note', amount: euro(amount) }] },
    commission: { currency: 'EUR', rate: '0.10', base: 'NET_OF_DISCOUNTS_TAX_SHIPPING' },
  });

  beforeAll(async () => {
    api = await ApiInTest.open();
    [first, rival] = [await api.signUpBrand('anna', 'Maison Aurore'), await api.signUpBrand('ben', 'Studio Rival')];
    influencer = await api.signUpInfluencer('yuki');
    for (const { partyId: brandId } of [first, rival]) {
      await api.get(UnitOfWork).run(systemActor('test'), (tx) => api.get(OpenBook).execute(tx, { brandId }));
    }
    campaignId = toGlobalId('campaign', await publish(rival, { categories: ['handbags'], usageRights: RIGHTS }));
  }, 60_000);
  afterAll(() => api.close());

  it('flags a bid at once that clashes with a running exclusivity', async () => {
    const dealId = await runningDeal();
    const clash = { direction: 'RUNNING_EXCLUSIVITY', ...SPRING };
    const input = { campaignId, compensation: compensation('600.00') };
    const preview = await api.ask(influencer, PREVIEW, { input });
    expect(preview.data?.['splitPreview']).toEqual({ exclusivityClashes: [{ ...clash, dealId }] });
    const { data } = await api.ask(influencer, BID, { input });
    expect(data?.['submitBid']).toMatchObject({ __typename: 'Bid', exclusivityClashes: [{ ...clash, dealId }] });
    bidId = data?.['submitBid'].id;
    const counter = { bidId, inAnswerTo: 1, compensation: compensation('550.00') };
    const countered = await api.ask(rival, COUNTER, { input: counter });
    expect(countered.data?.['counterOffer']).toMatchObject({ exclusivityClashes: [{ ...clash, dealId: null }] });
  });

  it('shows two offers side by side to both sides, and to nobody else', async () => {
    const shown = await api.ask(rival, DIFFERENCE, { id: bidId, from: 1, to: 2 });
    expect(shown.data?.['offerDifference']).toEqual({
      from: { number: 1 },
      to: { number: 2 },
      differences: [
        { path: 'cash.amount', kind: 'CHANGED', before: money('600.00'), after: money('550.00') },
        { path: 'cash.milestones[note]', kind: 'CHANGED', before: money('600.00'), after: money('550.00') },
      ],
    });
    expect(await api.ask(influencer, DIFFERENCE, { id: bidId, from: 1, to: 2 })).toEqual(shown);
    for (const [who, to] of [
      [first, 2],
      [rival, 3],
    ] as const) {
      const refused = await api.ask(who, DIFFERENCE, { id: bidId, from: 1, to });
      expect(refused.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    }
  });

  it('compares bids for the brand by what it expects to sell', async () => {
    const asked = { id: campaignId, sales: euro('1000.00'), live: euro('400.00') };
    const { data, errors } = await api.ask(rival, COMPARISON, asked);
    expect(errors).toBeUndefined();
    expect(data?.['bidComparison']).toEqual([
      {
        bidId,
        influencer: { name: 'yuki' },
        offerNumber: 2,
        side: 'BRAND',
        cash: { agreed: { amount: '550.00' }, fee: { amount: '0.00' } },
        gift: null,
        netSales: { basis: 'ASSUMPTION', deals: 0, expected: { amount: '1000.00' } },
        noForecastReason: null,
        clicks: null,
        followers: null,
        commission: {
          expected: { commission: { amount: '100.00' }, bonuses: { amount: '0.00' }, fee: { amount: '0.00' } },
        },
        effectiveCost: { low: { amount: '650.00' }, expected: euro('650.00'), high: { amount: '650.00' } },
        costPerThousandFollowers: null,
        costPerClick: null,
      },
    ]);
    const refusals = [
      [first, asked, 'NOT_FOUND'],
      [influencer, asked, 'FORBIDDEN'],
      [rival, { ...asked, live: euro('1000.01') }, 'INVALID_INPUT'],
      [rival, { id: campaignId, live: euro('1.00') }, 'INVALID_INPUT'],
    ] as const;
    for (const [who, variables, code] of refusals) {
      const refused = await api.ask(who, COMPARISON, variables);
      expect([variables, refused.errors?.[0]?.extensions['code']]).toEqual([variables, code]);
    }
  });

  it('accepts what clashes only with a word, and shows how far terms with dates have come', async () => {
    const input = { bidId, offerNumber: 2 };
    const refused = (await api.ask(influencer, ACCEPT, { input })).data?.['acceptOffer'];
    expect(refused).toMatchObject({ __typename: 'ClashesWithExclusivity', code: 'CLASHES_WITH_EXCLUSIVITY' });
    expect(JSON.parse(refused.details[0].value)).toEqual([{ direction: 'running_exclusivity', ...SPRING }]);
    const accepted = await api.ask(influencer, ACCEPT, { input: { ...input, acceptClashes: true } });
    expect(accepted.data?.['acceptOffer']).toEqual({
      __typename: 'Deal',
      exclusivity: null,
      usageRights: { ...RIGHTS, state: 'RUNNING' },
    });
  });
});
