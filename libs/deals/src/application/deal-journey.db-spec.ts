import { InsufficientBrandBalance, LedgerQueries, ReleaseDueHolds } from '@evenhand/ledger';
import { Forbidden, IdempotencyConflict, InvalidTransition } from '@evenhand/kernel';
import { OffPlatformLink } from '@evenhand/campaigns';
import { briefIn, cashIn, DISPUTE_OVER_DEAL, everyKind, limitsIn, mixIn } from '../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../test/support/deal-world';
import { withDealWorld } from '../../../../test/support/with-deal-world';
import {
  DealAlreadyFunded,
  DealNotActive,
  RevisionsExhausted,
  WorkAlreadyBegun,
  WorkNotFinished,
} from '../domain/errors';
import { ApproveDeliverable } from './approve-deliverable';
import { AutoApproveDeliverables } from './auto-approve-deliverables';
import { CancelDeal } from './cancel-deal';
import { CompleteDeal } from './complete-deal';
import type { Deal, Deliverable } from './deal';
import { FundDeal } from './fund-deal';
import { ListDeals } from './list-deals';
import { MarkGiftsOverdue } from './mark-gifts-overdue';
import { PreviewSplit } from './preview-split';
import { PublishDeliverable } from './publication/publish-deliverable';
import { ReceiveGift } from './receive-gift';
import { OpenDispute } from './disputes/open-dispute';
import { RequestChanges } from './request-changes';
import { DecideDispute } from './disputes/decide-dispute';
import { WriteToDispute } from './disputes/write-to-dispute';
import { ProposeGiftReturn, ReturnGift, SendGiftBack } from './return-gift';
import { ShipGift } from './ship-gift';
import { SubmitDeliverable } from './submit-deliverable';

let world: DealWorld;
let brand: Someone;
let influencer: Someone;
let agency: Someone;

withDealWorld(async (made) => {
  world = made;
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
  // Half of the rest: of 500.01 the odd cent is a tie, which the id of the deliverable decides.
  await world.mandate(agency, influencer, everyKind({ of: 'remainder', share: '1/2' }));
  await world.credit(brand, 'EUR', 100_000_000n);
});

/** A campaign, a bid on it and its acceptance; each call a deal of its own. */
async function acceptedDeal(compensation = mixIn('EUR')): Promise<string> {
  const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
  return world.accept(brand, await world.bid(campaignId, influencer, compensation));
}

async function runningDeal(compensation = mixIn('EUR')): Promise<string> {
  const dealId = await acceptedDeal(compensation);
  await world.fund(brand, dealId);
  return dealId;
}

function piece(deal: Deal, specKey: string, sequence = 1): Deliverable {
  const found = deal.deliverables.find((one) => one.specKey === specKey && one.sequence === sequence);
  if (!found) throw new Error('The brief asks for it.');
  return found;
}

async function submit(deliverableId: string, caption = 'Spring light, new purse #广告'): Promise<void> {
  const actor = await world.actor(influencer);
  await world.get(SubmitDeliverable).execute({ actor, deliverableId, caption, mediaUrls: [] });
}

async function approve(deliverableId: string): Promise<void> {
  await world.get(ApproveDeliverable).execute({ actor: await world.actor(brand), deliverableId });
}

let posts = 0;

/** Each post has an address of its own, and no two livestreams are on at once. */
async function publish({ id, kind }: Deliverable): Promise<void> {
  posts += 1;
  const minutesAgo = (minutes: number) => new Date(world.clock.now().getTime() - minutes * 60_000);
  const airing = { startedAt: minutesAgo(2 * posts), endedAt: minutesAgo(2 * posts - 1) };
  await world.get(PublishDeliverable).execute({
    actor: await world.actor(influencer),
    deliverableId: id,
    liveUrl: `https://www.xiaohongshu.com/explore/${posts}`,
    airing: kind === 'livestream' ? airing : null,
  });
}

async function escrowOf(dealId: string): Promise<Record<string, bigint>> {
  const rows = await world.asSystem((tx) => world.get(LedgerQueries).escrowOf(tx, brand.partyId, dealId));
  return Object.fromEntries(rows.map((row) => [row.purpose ?? '', row.balanceMinor]));
}

async function earningsOf(dealId: string) {
  const page = { first: 50, after: null };
  const found = await world.asSystem((tx) => world.get(LedgerQueries).earnings(tx, { dealId }, page));
  return found.rows.map(({ node }) => node);
}

describe('funding a deal', () => {
  it('puts cash and commission reserve aside, once per key', async () => {
    const dealId = await acceptedDeal();
    expect((await world.deal(brand, dealId)).state).toBe('awaiting_funding');
    await world.fund(brand, dealId, 'key-1');
    await world.fund(brand, dealId, 'key-1');
    expect(await escrowOf(dealId)).toEqual({ cash: 133_334n, commission_reserve: 20_000n });
    expect((await world.deal(influencer, dealId)).state).toBe('active');
    await expect(world.fund(brand, dealId, 'key-2')).rejects.toThrow(DealAlreadyFunded);
    await expect(world.fund(brand, await acceptedDeal(), 'key-1')).rejects.toThrow(IdempotencyConflict);
  });

  it('is whole or not at all', async () => {
    const poor = await world.signUpBrand('Poor Brand');
    await world.credit(poor, 'EUR', 133_334n);
    const campaignId = await world.publishCampaign(poor, briefIn('EUR'), limitsIn('EUR'));
    const dealId = await world.accept(poor, await world.bid(campaignId, influencer, mixIn('EUR')));
    await expect(world.fund(poor, dealId)).rejects.toThrow(InsufficientBrandBalance);
    expect((await world.deal(poor, dealId)).state).toBe('awaiting_funding');
    await world.credit(poor, 'EUR', 20_000n);
    await world.fund(poor, dealId);
    expect((await world.deal(poor, dealId)).state).toBe('active');
  });

  it('happens once where two requests race', async () => {
    const dealId = await acceptedDeal();
    const actor = await world.actor(brand);
    const attempts = ['a', 'b', 'c'].map((key) =>
      world.get(FundDeal).execute({ actor, dealId, idempotencyKey: `${dealId}-${key}` }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await escrowOf(dealId)).toEqual({ cash: 133_334n, commission_reserve: 20_000n });
  });
});

describe('approving a deliverable', () => {
  it('releases exactly its milestones, as the preview of the bid showed them', async () => {
    const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
    const actor = await world.actor(influencer);
    const subject = {
      type: 'new_bid',
      campaignId,
      influencerId: influencer.partyId,
      compensation: cashIn('EUR'),
    } as const;
    const preview = await world.get(PreviewSplit).execute({ actor, subject, exampleSales: null });
    const dealId = await world.accept(brand, await world.bid(campaignId, influencer, cashIn('EUR')));
    await world.fund(brand, dealId);
    const deal = await world.deal(brand, dealId);
    for (const deliverable of deal.deliverables) {
      await submit(deliverable.id);
      await approve(deliverable.id);
    }
    const earnings = await earningsOf(dealId);
    const [cash] = preview.splits;
    for (const release of cash?.releases ?? []) {
      const { id } = piece(deal, release.deliverableKey, release.sequence);
      const earning = earnings.find(({ sourceId }) => sourceId === id);
      const booked = earning?.shares.map(({ partyId, amountMinor }) => ({ partyId, amountMinor }));
      expect(booked).toEqual(release.parts.map(({ partyId, amountMinor }) => ({ partyId, amountMinor })));
      expect(earning?.grossMinor).toBe(release.grossMinor);
    }
    expect(earnings.map(({ grossMinor }) => grossMinor).toSorted()).toEqual([33_333n, 50_000n, 50_001n]);
    expect(cash?.grossMinor).toBe(133_334n);
    expect(await escrowOf(dealId)).toEqual({ cash: 0n });
  });

  it('pays once, however often it is asked', async () => {
    const dealId = await runningDeal(cashIn('EUR'));
    const { id } = piece(await world.deal(brand, dealId), 'live');
    await submit(id);
    const outcomes = await Promise.allSettled([approve(id), approve(id), approve(id)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(approve(id)).rejects.toThrow(InvalidTransition);
    expect(await earningsOf(dealId)).toHaveLength(1);
    expect(await escrowOf(dealId)).toEqual({ cash: 100_001n });
  });

  it('follows revisions up to the cap', async () => {
    const dealId = await runningDeal(cashIn('EUR'));
    const { id } = piece(await world.deal(brand, dealId), 'note');
    const sendBack = async () => {
      const actor = await world.actor(brand);
      await world.get(RequestChanges).execute({ actor, deliverableId: id, feedback: 'More light, please.' });
    };
    await submit(id);
    await sendBack();
    await submit(id, 'Second try #广告');
    await expect(sendBack()).rejects.toThrow(RevisionsExhausted);
    await approve(id);
    const { versions, milestones } = piece(await world.deal(brand, dealId), 'note');
    expect(versions.map(({ number, feedback }) => [number, feedback])).toEqual([
      [1, 'More light, please.'],
      [2, null],
    ]);
    expect(milestones.map(({ releasedAt }) => releasedAt)).toEqual([world.clock.now()]);
  });

  it('refuses a submission that leads off the platform', async () => {
    const dealId = await runningDeal(cashIn('EUR'));
    const { id } = piece(await world.deal(brand, dealId), 'note');
    await expect(submit(id, '加我微信: yuki_shop88')).rejects.toThrow(OffPlatformLink);
  });

  it('happens by itself after the days of silence, once', async () => {
    const dealId = await runningDeal(cashIn('EUR'));
    const { id } = piece(await world.deal(brand, dealId), 'live');
    await submit(id);
    const run = () => world.get(AutoApproveDeliverables).execute({ now: world.clock.now(), limit: 100 });
    world.clock.advanceDays(6);
    await run();
    expect(piece(await world.deal(brand, dealId), 'live').progress.state).toBe('submitted');
    world.clock.advanceDays(1);
    const [first, second] = await Promise.all([run(), run()]);
    expect(first.approved + second.approved).toBe(1);
    expect(piece(await world.deal(brand, dealId), 'live').progress).toMatchObject({
      state: 'approved',
      approvedBy: 'silence',
    });
    expect(await earningsOf(dealId)).toHaveLength(1);
  });
});

describe('a gift', () => {
  async function ship(dealId: string): Promise<void> {
    const shipment = { dealId, carrier: 'SF Express', trackingNumber: 'SF123' };
    await world.get(ShipGift).execute({ actor: await world.actor(brand), ...shipment });
  }

  async function receive(dealId: string): Promise<void> {
    await world.get(ReceiveGift).execute({ actor: await world.actor(influencer), dealId });
  }

  it('enters the in-kind accounts at its declared value when it arrives, and is fulfilled by the last post', async () => {
    const dealId = await runningDeal();
    await ship(dealId);
    await receive(dealId);
    await expect(receive(dealId)).rejects.toThrow(InvalidTransition);
    const balances = await world.asSystem(async (tx) => {
      const bookId = await world.get(LedgerQueries).bookIdOf(tx, brand.partyId);
      return world.get(LedgerQueries).balancesOf(tx, bookId ?? 0);
    });
    expect(balances.find(({ kind }) => kind === 'gift_received')).toMatchObject({
      partyId: influencer.partyId,
      currency: 'EUR',
      balanceMinor: 39_000n,
    });
    const { deliverables } = await world.deal(brand, dealId);
    for (const deliverable of deliverables) {
      const { id } = deliverable;
      expect((await world.deal(brand, dealId)).gift?.progress.state).toBe('received');
      await submit(id);
      await approve(id);
      await publish(deliverable);
    }
    expect((await world.deal(brand, dealId)).gift?.progress.state).toBe('fulfilled');
  });

  it.each([
    ['undelivered', false],
    ['sent back after receipt', true],
  ])('that is %s leaves nothing in the in-kind accounts', async (_how, received) => {
    const newcomer = await world.signUpInfluencer();
    const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
    const dealId = await world.accept(brand, await world.bid(campaignId, newcomer, mixIn('EUR')));
    await world.fund(brand, dealId);
    await ship(dealId);
    if (received) {
      const actor = await world.actor(newcomer);
      await world.get(ReceiveGift).execute({ actor, dealId });
      await world.get(ProposeGiftReturn).execute({ actor: await world.actor(brand), dealId, reason: 'A loan' });
      await world.get(SendGiftBack).execute({ actor, dealId, carrier: 'DHL', trackingNumber: null });
    }
    await world.get(ReturnGift).execute({ actor: await world.actor(brand), dealId });
    expect((await world.deal(brand, dealId)).gift?.progress.state).toBe('returned');
    const balanceMinor = await world.asSystem(async (tx) => {
      const bookId = await world.get(LedgerQueries).bookIdOf(tx, brand.partyId);
      const balances = await world.get(LedgerQueries).balancesOf(tx, bookId ?? 0);
      return balances.find(({ partyId }) => partyId === newcomer.partyId)?.balanceMinor ?? 0n;
    });
    expect(balanceMinor).toBe(0n);
  });

  it('is overdue when the posts are late, and fulfilled when they come after all', async () => {
    const dealId = await runningDeal();
    await ship(dealId);
    await receive(dealId);
    world.clock.advanceDays(14);
    const run = () => world.get(MarkGiftsOverdue).execute({ now: world.clock.now(), limit: 100 });
    const [first, second] = await Promise.all([run(), run()]);
    expect(first.marked + second.marked).toBe(1);
    expect((await world.deal(brand, dealId)).gift?.progress.state).toBe('overdue');
    for (const deliverable of (await world.deal(brand, dealId)).deliverables) {
      await submit(deliverable.id);
      await approve(deliverable.id);
      await publish(deliverable);
    }
    expect((await world.deal(brand, dealId)).gift?.progress.state).toBe('fulfilled');
  });
});

describe('the end of a deal', () => {
  it('returns the unused reserve when the work is done', async () => {
    const dealId = await runningDeal({ ...mixIn('EUR'), gift: null });
    const actor = await world.actor(brand);
    await expect(world.get(CompleteDeal).execute({ actor, dealId })).rejects.toThrow(WorkNotFinished);
    for (const { id } of (await world.deal(brand, dealId)).deliverables) {
      await submit(id);
      await approve(id);
    }
    await world.get(CompleteDeal).execute({ actor, dealId });
    expect(await escrowOf(dealId)).toEqual({ cash: 0n, commission_reserve: 0n });
    expect((await world.deal(brand, dealId)).state).toBe('completed');
    await publish(piece(await world.deal(brand, dealId), 'note'));
  });

  it('returns everything when the influencer steps back before any work, the budget too', async () => {
    const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR', { dealCap: 1 }));
    const dealId = await world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR')));
    await world.fund(brand, dealId);
    const actor = await world.actor(influencer);
    await world.get(CancelDeal).execute({ actor, dealId, reason: 'Ill' });
    expect(await escrowOf(dealId)).toEqual({ cash: 0n, commission_reserve: 0n });
    const again = await world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR')));
    expect((await world.deal(brand, again)).number).toBe(2);
    const ids = (await world.deal(brand, dealId)).deliverables.map(({ id }) => id);
    expect((await world.deal(brand, again)).deliverables.some(({ id }) => ids.includes(id))).toBe(false);
  });

  it('is not cancelling once work has begun', async () => {
    const dealId = await runningDeal();
    await submit(piece(await world.deal(brand, dealId), 'note').id);
    const actor = await world.actor(brand);
    await expect(world.get(CancelDeal).execute({ actor, dealId, reason: '' })).rejects.toThrow(WorkAlreadyBegun);
    expect(await escrowOf(dealId)).toEqual({ cash: 133_334n, commission_reserve: 20_000n });
  });
});

describe('a dispute', () => {
  it('stops work and the release of money until an operator has decided', async () => {
    const dealId = await runningDeal(cashIn('EUR'));
    const { id } = piece(await world.deal(brand, dealId), 'live');
    await submit(id);
    await approve(id);
    const actor = await world.actor(influencer);
    const { disputeId } = await world.get(OpenDispute).execute({ actor, dealId, ...DISPUTE_OVER_DEAL });
    await expect(submit(piece(await world.deal(brand, dealId), 'note').id)).rejects.toThrow(DealNotActive);
    const statesAfterRelease = async () => {
      await world.get(ReleaseDueHolds).execute({ now: world.clock.now(), limit: 1000 });
      const [earning] = await earningsOf(dealId);
      return earning?.shares.filter(({ role }) => role !== 'platform').map(({ state }) => state);
    };
    expect(await statesAfterRelease()).toEqual(['held', 'held']);
    const answer = { disputeId, kind: 'answer', text: 'It did not.', idempotencyKey: 'answer' } as const;
    await world.get(WriteToDispute).execute({ actor: await world.actor(brand), ...answer });
    const decision = { disputeId, outcome: 'dismissed', reason: 'Go on.', idempotencyKey: 'decide' } as const;
    await expect(world.get(DecideDispute).execute({ actor, ...decision })).rejects.toThrow(Forbidden);
    await world.get(DecideDispute).execute({ actor: await world.operator(), ...decision });
    expect(await statesAfterRelease()).toEqual(['released', 'released']);
    await submit(piece(await world.deal(brand, dealId), 'note').id);
  });
});

describe('the list of deals', () => {
  it('pages by key and sums every filtered row', async () => {
    const label = await world.signUpBrand('Paged');
    const campaignId = await world.publishCampaign(label, briefIn('JPY'), limitsIn('JPY'));
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const bidder = await world.signUpInfluencer(`Bidder ${count}`);
      ids.unshift(await world.accept(label, await world.bid(campaignId, bidder, mixIn('JPY'))));
    }
    const actor = await world.actor(label);
    const filter = { states: ['awaiting_funding'], brandId: label.partyId } as const;
    const first = await world.get(ListDeals).execute({ actor, filter, page: { first: 2, after: null } });
    expect(first).toMatchObject({ totalCount: 3, hasNextPage: true });
    expect(first.totals).toEqual([{ currency: 'JPY', cashMinor: 400_002n, commissionReserveMinor: 60_000n }]);
    const after = first.rows.at(-1)?.cursor ?? null;
    const rest = await world.get(ListDeals).execute({ actor, filter, page: { first: 2, after } });
    expect(rest.hasNextPage).toBe(false);
    expect([...first.rows, ...rest.rows].map(({ node }) => node.deal.id)).toEqual(ids);
  });
});
