import { DomainError, type PersonActor } from '@evenhand/kernel';
import { CampaignWorld } from '../../../../test/support/campaigns/campaign-world';
import { NOW, cashOf, daysAfter } from '../../../../test/support/campaigns/campaign-samples';
import { BID_STATES, type BidState } from '../domain/bid';

type Outcome = BidState | 'a new bid' | 'left alone' | 'INVALID_TRANSITION' | 'OPEN_BID_EXISTS';

/** What becomes of a bid in each state by each command of the side whose turn it is, or the name of the broken rule. */
const OUTCOMES: Readonly<Record<BidState, Readonly<Record<string, Outcome>>>> = {
  submitted: {
    submit: 'OPEN_BID_EXISTS',
    counter: 'countered',
    accept: 'accepted',
    decline: 'declined',
    withdraw: 'withdrawn',
    expire: 'expired',
  },
  countered: {
    submit: 'OPEN_BID_EXISTS',
    counter: 'countered',
    accept: 'accepted',
    decline: 'declined',
    withdraw: 'withdrawn',
    expire: 'expired',
  },
  accepted: ended(),
  declined: ended(),
  withdrawn: ended(),
  expired: ended(),
};

function ended(): Readonly<Record<string, Outcome>> {
  return {
    submit: 'a new bid',
    counter: 'INVALID_TRANSITION',
    accept: 'INVALID_TRANSITION',
    decline: 'INVALID_TRANSITION',
    withdraw: 'INVALID_TRANSITION',
    expire: 'left alone',
  };
}

describe('a bid', () => {
  let world: CampaignWorld;
  let brand: PersonActor & { readonly brandId: string };

  beforeAll(async () => {
    world = await CampaignWorld.open();
    brand = await world.brand();
  });
  afterAll(() => world.close());
  beforeEach(() => {
    world.clock.instant = NOW;
  });

  interface Scene {
    readonly campaignId: string;
    readonly bidId: string;
    readonly influencer: PersonActor & { readonly influencerId: string };
    /** The latest offer's number, and who has to answer it. */
    readonly latest: number;
    readonly answering: PersonActor;
  }

  const counter = (actor: PersonActor, bidId: string, inAnswerTo: number) =>
    world.counterOffer.execute({
      actor,
      bidId,
      inAnswerTo,
      compensation: cashOf(55_000n),
      message: null,
      expiresAt: null,
    });

  const expire = () => world.expireBids.execute({ now: daysAfter(NOW, 8) });

  /** A bid brought into the state by the commands that lead there. */
  async function bidThatIs(state: BidState): Promise<Scene> {
    const influencer = await world.influencer();
    const campaignId = await world.publish(brand);
    const { bid } = await world.bid(influencer, influencer.influencerId, campaignId);
    const ends = { actor: state === 'withdrawn' ? influencer : brand, bidId: bid.id, reason: null };
    if (state === 'countered') await counter(brand, bid.id, 1);
    if (state === 'accepted') await world.accept(brand, bid.id);
    if (state === 'declined') await world.bidEnding.run(ends, 'brand');
    if (state === 'withdrawn') await world.bidEnding.run(ends, 'influencer');
    if (state === 'expired') await expire();
    const countered = state === 'countered';
    const scene = { campaignId, bidId: bid.id, influencer, latest: countered ? 2 : 1 };
    return { ...scene, answering: countered ? influencer : brand };
  }

  const COMMANDS: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
    submit: ({ influencer, campaignId }) => world.bid(influencer, influencer.influencerId, campaignId),
    counter: ({ answering, bidId, latest }) => counter(answering, bidId, latest),
    accept: ({ answering, bidId, latest }) => world.accept(answering, bidId, latest),
    decline: ({ bidId }) => world.bidEnding.run({ actor: brand, bidId, reason: null }, 'brand'),
    withdraw: ({ influencer, bidId }) => world.bidEnding.run({ actor: influencer, bidId, reason: null }, 'influencer'),
    expire,
  };

  const cells = BID_STATES.flatMap((state) =>
    Object.entries(OUTCOMES[state]).map(([command, outcome]) => ({ state, command, outcome })),
  );

  it.each(cells)('that is $state, $command: $outcome', async ({ state, command, outcome }) => {
    const scene = await bidThatIs(state);
    const before = await bidsOf(scene);
    expect(before).toEqual([state]);
    const refusal = await refusalOf(COMMANDS[command]?.(scene));
    const refused = outcome === 'INVALID_TRANSITION' || outcome === 'OPEN_BID_EXISTS';
    expect(refusal).toBe(refused ? outcome : null);
    const unchanged = refused || outcome === 'left alone';
    const after = outcome === 'a new bid' ? [state, 'submitted'] : [unchanged ? state : outcome];
    expect(await bidsOf(scene)).toEqual(after);
  });

  async function bidsOf({ campaignId }: Scene): Promise<readonly unknown[]> {
    const rows = await world.asSystem('select state from campaigns.bids where campaign_id = $1 order by id', [
      campaignId,
    ]);
    return rows.map((row) => row['state']);
  }

  async function refusalOf(command: Promise<unknown> | undefined): Promise<string | null> {
    try {
      await command;
      return null;
    } catch (error) {
      return error instanceof DomainError ? error.code : String(error);
    }
  }
});
