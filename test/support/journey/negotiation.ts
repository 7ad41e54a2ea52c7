import type { JourneyPeople } from './people';
import { campaignInput, commissionOnly, mixedCompensation } from './terms';

const ASKED = {
  currency: 'EUR',
  video: '2500.00',
  note: '800.00',
  gift: '890.00',
  rate: '0.12',
  reserve: '20.00',
  holdDays: 0,
};
const AGREED = { ...ASKED, video: '2200.00', rate: '0.10' };

/** From the brief to the deal. */
export class Negotiation {
  /** The deal's tracking code for notes. */
  code = '';
  private campaignId = '';
  private bidId = '';

  constructor(private readonly people: JourneyPeople) {}

  async publish(): Promise<void> {
    const { brandManager, influencer, brandId } = this.people;
    const wanted = { title: '月光包袋 Lune opens', currency: 'EUR', most: '4000', dealCap: 1 };
    const draft = await brandManager.succeed('createCampaign', 'Campaign', campaignInput(brandId, wanted), 'id state');
    this.campaignId = draft.id;
    expect(draft.state).toBe('DRAFT');
    const hidden = await influencer.send('query ($id: ID!) { campaign(id: $id) { title } }', { id: draft.id });
    expect(hidden.errors[0]?.extensions.code).toBe('NOT_FOUND');
    const published = await brandManager.succeed('publishCampaign', 'Campaign', { campaignId: draft.id }, 'state');
    expect(published.state).toBe('PUBLISHED');
  }

  /** By a one-character Chinese word, by filters, and page by page. */
  async find(): Promise<void> {
    const { influencer } = this.people;
    const search = `query ($filter: CampaignFilterInput, $after: String) {
      campaigns(first: 1, after: $after, filter: $filter) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { id title limits { dealCount } } }
      }
    }`;
    const byWord = { text: '月', kinds: ['COMMISSION'], markets: ['JP'], channels: ['XIAOHONGSHU'], openForBids: true };
    const { campaigns } = await influencer.ask(search, { filter: byWord });
    expect(campaigns.totalCount).toBe(1);
    expect(campaigns.edges[0].node).toEqual({ id: this.campaignId, title: '月光包袋 Lune opens', limits: null });
    const first = (await influencer.ask(search, { filter: { categories: ['bags'] } })).campaigns;
    const second = (await influencer.ask(search, { filter: { categories: ['bags'] }, after: first.pageInfo.endCursor }))
      .campaigns;
    expect(first.totalCount).toBeGreaterThan(1);
    expect(second.edges[0].node.id).not.toBe(first.edges[0].node.id);
  }

  /** The preview shows to the cent what each party would get; then the agency bids for its influencer. */
  async previewAndBid(): Promise<void> {
    const { agency, influencerId, agencyId, rival } = this.people;
    const compensation = mixedCompensation(ASKED, '3300.00');
    const input = {
      campaignId: this.campaignId,
      influencerId,
      compensation,
      exampleSales: { amount: '741.67', currency: 'EUR' },
    };
    const { splitPreview } = await agency.ask(PREVIEW, { input });
    expect(splitPreview.gift.fairMarketValue.amount).toBe('890.00');
    expect(partsOf(splitPreview, 'CASH')).toEqual({
      gross: '3300.00',
      PLATFORM: '330.00',
      AGENCY: '1113.75',
      INFLUENCER: '1856.25',
    });
    expect(partsOf(splitPreview, 'NOTE_COMMISSION').gross).toBe('89.00');
    const bid = { campaignId: this.campaignId, influencerId, agencyId, compensation };
    this.bidId = (await agency.succeed('submitBid', 'Bid', bid, 'id state')).id;
    await rival.succeed(
      'submitBid',
      'Bid',
      { campaignId: this.campaignId, compensation: commissionOnly('EUR', '0.10') },
      'id',
    );
    const alone = { campaignId: this.campaignId, compensation: commissionOnly('EUR', '0.10') };
    const own = (await rival.ask(PREVIEW, { input: alone })).splitPreview;
    expect(partsOf(own, 'NOTE_COMMISSION')).toEqual({ gross: '10.00', PLATFORM: '2.00', INFLUENCER: '8.00' });
    expect((await rival.ask('{ bids { totalCount } }')).bids.totalCount).toBe(1);
  }

  async counter(): Promise<void> {
    const { brand } = this.people;
    const compensation = mixedCompensation(AGREED, '3000.00');
    const counter = {
      bidId: this.bidId,
      inAnswerTo: 1,
      compensation,
      message: 'Ten percent, and 2,200 for the video.',
    };
    const bid = await brand.succeed('counterOffer', 'Bid', counter, 'state latestOffer { number side }');
    expect(bid).toMatchObject({ state: 'COUNTERED', latestOffer: { number: 2, side: 'BRAND' } });
    const own = await brand.mutate('acceptOffer', 'Deal', { bidId: this.bidId, offerNumber: 2 }, 'id');
    expect(own.code).toBe('NOT_YOUR_TURN');
  }

  /** Influencer and agency accept at once: one deal. The campaign has room for one, so the rival hears why not. */
  async raceToAccept(): Promise<string> {
    const { brand, influencer, agency } = this.people;
    const { bids } = await brand.ask(
      'query ($filter: BidFilterInput) { bids(filter: $filter) { edges { node { id } } } }',
      {
        filter: { campaignId: this.campaignId },
      },
    );
    const rivalBid = bids.edges
      .map((edge: { node: { id: string } }) => edge.node.id)
      .find((id: string) => id !== this.bidId);
    const selection = 'id state trackingCodes { kind code } splitPlans { kind shares { role share } }';
    const stale = await influencer.mutate('acceptOffer', 'Deal', { bidId: this.bidId, offerNumber: 1 }, selection);
    expect(['OFFER_SUPERSEDED', 'NOT_YOUR_TURN']).toContain(stale.code);
    const acceptance = { bidId: this.bidId, offerNumber: 2 };
    const answers = await Promise.all([
      influencer.mutate('acceptOffer', 'Deal', acceptance, selection),
      agency.mutate('acceptOffer', 'Deal', acceptance, selection),
    ]);
    const [won, alsoWon] = answers.filter((answer) => answer.__typename === 'Deal');
    expect(alsoWon).toBeUndefined();
    expect(answers.map((answer) => answer.code)).toContain('INVALID_TRANSITION');
    const lost = await brand.mutate('acceptOffer', 'Deal', { bidId: rivalBid, offerNumber: 1 }, selection);
    expect(lost.code).toBe('DEAL_CAP_REACHED');
    expect(won.state).toBe('AWAITING_FUNDING');
    const plan = won.splitPlans.find((candidate: { kind: string }) => candidate.kind === 'NOTE_COMMISSION');
    expect(plan.shares).toEqual(
      expect.arrayContaining([
        { role: 'PLATFORM', share: '1/5' },
        { role: 'AGENCY', share: '3/10' },
        { role: 'INFLUENCER', share: '1/2' },
      ]),
    );
    this.code = won.trackingCodes.find((code: { kind: string }) => code.kind === 'NOTE_COMMISSION').code;
    return won.id;
  }
}

const PREVIEW = `query ($input: SplitPreviewInput!) {
  splitPreview(input: $input) {
    gift { fairMarketValue { amount } } splits { kind gross { amount } parts { role amount { amount } } }
  }
}`;

interface Preview {
  readonly splits: readonly {
    readonly kind: string;
    readonly gross: { readonly amount: string };
    readonly parts: readonly { readonly role: string; readonly amount: { readonly amount: string } }[];
  }[];
}

function partsOf(preview: Preview, kind: string): Record<string, string | undefined> {
  const split = preview.splits.find((candidate) => candidate.kind === kind);
  const parts = split?.parts.map(({ role, amount }) => [role, amount.amount]) ?? [];
  return { gross: split?.gross.amount, ...Object.fromEntries(parts) };
}
