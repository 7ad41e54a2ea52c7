import type { JourneyPeople } from './people';

/** Gift and work of one deal. */
export class Deliveries {
  constructor(
    private readonly people: JourneyPeople,
    private readonly dealId: string,
  ) {}

  /** Its fair market value enters the in-kind accounts when it arrives. */
  async gift(): Promise<void> {
    const { brandManager, influencer, brand } = this.people;
    const shipment = { dealId: this.dealId, carrier: 'DHL', trackingNumber: 'JD0146' };
    await brandManager.succeed('shipGift', 'Deal', shipment, 'gift { state }');
    const received = await influencer.succeed(
      'receiveGift',
      'Deal',
      { dealId: this.dealId },
      'gift { state postingDueAt }',
    );
    expect(received.gift.state).toBe('RECEIVED');
    const { book } = await brand.ask(
      'query ($id: ID!) { book(brandId: $id) { balances { kind balance { amount } } } }',
      { id: this.people.brandId },
    );
    expect(book.balances).toEqual(
      expect.arrayContaining([
        { kind: 'GIFT_GIVEN', balance: { amount: '890.00' } },
        { kind: 'GIFT_RECEIVED', balance: { amount: '890.00' } },
      ]),
    );
  }

  /** The video is sent back once, then approved and published; the note is approved at once. Each releases its milestone. */
  async work(): Promise<void> {
    const { brand, influencer } = this.people;
    const [video, note] = await this.deliverables();
    await this.submit(video, 'The first cut #广告');
    await brand.succeed('requestChanges', 'Deal', { deliverableId: video, feedback: 'Show the clasp.' }, 'state');
    await this.submit(video, 'The second cut #广告');
    const exhausted = await brand.mutate(
      'requestChanges',
      'Deal',
      { deliverableId: video, feedback: 'Again.' },
      'state',
    );
    expect(exhausted.code).toBe('REVISIONS_EXHAUSTED');
    await brand.succeed('approveDeliverable', 'Deal', { deliverableId: video }, 'state');
    const twice = await brand.mutate('approveDeliverable', 'Deal', { deliverableId: video }, 'state');
    expect(twice.code).toBe('INVALID_TRANSITION');
    const liveUrl = 'https://www.xiaohongshu.com/explore/lune-video';
    await influencer.succeed('publishDeliverable', 'Deal', { deliverableId: video, liveUrl }, 'state');
    await this.submit(note, 'Opened #广告');
    await brand.succeed('approveDeliverable', 'Deal', { deliverableId: note }, 'state');
    expect(await this.cashChain()).toEqual([
      { gross: '800.00', AGENCY: '270.00', INFLUENCER: '450.00', PLATFORM: '80.00' },
      { gross: '2200.00', AGENCY: '742.50', INFLUENCER: '1237.50', PLATFORM: '220.00' },
    ]);
  }

  /** Gross and parts of the released milestones, latest first, as the influencer sees them. */
  private async cashChain(): Promise<readonly Record<string, string>[]> {
    const { earnings } = await this.people.influencer.ask(
      `query ($filter: EarningsFilterInput) {
         earnings(filter: $filter) { edges { node { gross { amount } shares { role amount { amount } } } } }
       }`,
      { filter: { kind: 'CASH', timeZone: 'UTC' } },
    );
    return earnings.edges.map(({ node }: { node: Chain }) => ({
      gross: node.gross.amount,
      ...Object.fromEntries(node.shares.map(({ role, amount }) => [role, amount.amount])),
    }));
  }

  private async submit(deliverableId: string, caption: string): Promise<void> {
    await this.people.influencer.succeed(
      'submitDeliverable',
      'Deal',
      { deliverableId, caption, mediaUrls: [] },
      'state',
    );
  }

  private async deliverables(): Promise<readonly [string, string]> {
    const { deal } = await this.people.influencer.ask(
      'query ($id: ID!) { deal(id: $id) { deliverables { id key } } }',
      {
        id: this.dealId,
      },
    );
    const idOf = (key: string) => deal.deliverables.find((deliverable: { key: string }) => deliverable.key === key).id;
    return [idOf('video'), idOf('note')];
  }
}

interface Chain {
  readonly gross: { readonly amount: string };
  readonly shares: readonly { readonly role: string; readonly amount: { readonly amount: string } }[];
}
