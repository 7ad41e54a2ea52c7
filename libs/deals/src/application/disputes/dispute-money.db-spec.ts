import { splitPool } from '@evenhand/ledger';
import { cashIn, everyKind } from '../../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../../test/support/deal-world';
import { DisputeSteps, nextKey } from '../../../../../test/support/dispute-steps';
import { withDealWorld } from '../../../../../test/support/with-deal-world';
import { AlreadyDecided, DeliverableDisputed, NothingInQuestion } from '../../domain/dispute-errors';
import { DealNotActive } from '../../domain/errors';
import { AutoApproveDeliverables } from '../auto-approve-deliverables';
import { CancelDeal } from '../cancel-deal';
import { CompleteDeal } from '../complete-deal';
import type { PlatformFee } from '../../domain/platform-fee';
import { GetMarketplacePolicy } from '../get-marketplace-policy';
import { RequestChanges } from '../request-changes';
import { UpdateMarketplacePolicy } from '../update-marketplace-policy';

/** Of cash 1,000.01 over two notes and 333.33 for the livestream. */
const [NOTE, OTHER, LIVE] = [50_001n, 50_000n, 33_333n];
const ALL = NOTE + OTHER + LIVE;

let world: DealWorld;
let brand: Someone;
let influencer: Someone;
let agency: Someone;
let steps: DisputeSteps;

withDealWorld(async (made) => {
  world = made;
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
  await world.mandate(agency, influencer, everyKind({ of: 'remainder', share: '1/3' }));
  await world.credit(brand, 'EUR', 100_000_000n);
  steps = new DisputeSteps(world, brand, influencer);
});

async function running() {
  const { dealId, pieces } = await steps.running(cashIn('EUR'));
  const [note, other, live] = pieces as [string, string, string];
  return { dealId, note, other, live };
}

const leftOf = (parts: readonly { readonly amountMinor: bigint; readonly reversedMinor: bigint }[] = []) =>
  parts.map(({ amountMinor, reversedMinor }) => amountMinor - reversedMinor);
const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, one) => sum + one, 0n);

describe('a dispute about a deliverable that is not approved', () => {
  it('stops that deliverable alone; the others are worked on, approved and paid', async () => {
    const { dealId, note, other } = await running();
    await steps.submit(note);
    const disputeId = await steps.open(brand, dealId, [note]);
    expect((await steps.dispute(disputeId)).items).toEqual([
      { deliverableId: note, place: 'escrow', amountMinor: NOTE, decided: null },
    ]);
    await expect(steps.approve(note)).rejects.toThrow(DeliverableDisputed);
    const actor = await world.actor(brand);
    const changes = { actor, deliverableId: note, feedback: 'Brighter' };
    await expect(world.get(RequestChanges).execute(changes)).rejects.toThrow(DeliverableDisputed);
    await steps.earn(other);
    expect(await steps.escrow(dealId)).toBe(ALL - OTHER);
    expect((await world.deal(brand, dealId)).state).toBe('active');
  });

  it('never ends by itself: silence approves nothing, however long', async () => {
    const { dealId, note } = await running();
    await steps.submit(note);
    await steps.open(influencer, dealId, [note]);
    world.clock.advanceDays(400);
    await world.get(AutoApproveDeliverables).execute({ now: world.clock.now(), limit: 100 });
    world.clock.advanceDays(-400);
    expect((await world.deal(brand, dealId)).deliverables[0]?.progress.state).toBe('submitted');
    expect(await steps.escrow(dealId)).toBe(ALL);
  });

  it('keeps its money from a cancellation', async () => {
    const { dealId, note } = await running();
    await steps.open(influencer, dealId, [note]);
    const actor = await world.actor(brand);
    await expect(world.get(CancelDeal).execute({ actor, dealId, reason: '' })).rejects.toThrow(DeliverableDisputed);
    expect(await steps.escrow(dealId)).toBe(ALL);
  });

  it.each([
    ['for_brand', 0n],
    ['for_influencer', NOTE],
    ['1/3', 16_667n],
    ['0.999999', 50_001n],
  ])(
    'is carried out where it is decided %s: to the cent to the payees by the plan, the rest to the brand',
    async (how, kept) => {
      const { dealId, note } = await running();
      await steps.submit(note);
      const disputeId = await steps.opened(dealId, [note]);
      const before = await steps.balance('brand_balance');
      await steps.decide(disputeId, how === 'for_brand' || how === 'for_influencer' ? how : { [note]: how });
      expect((await steps.dispute(disputeId)).items[0]?.decided).toMatchObject({
        keptMinor: kept,
        returnedMinor: NOTE - kept,
      });
      expect((await steps.balance('brand_balance')) - before).toBe(NOTE - kept);
      expect(await steps.escrow(dealId)).toBe(ALL - NOTE);
      const plan = (await world.deal(brand, dealId)).terms.plans.cash;
      const earned = await steps.earning(dealId, note);
      expect(earned?.grossMinor ?? 0n).toBe(kept);
      const expected = plan && kept > 0n ? splitPool(plan, kept, note).shares : [];
      expect(leftOf(earned?.shares)).toEqual(expected.map(({ amountMinor }) => amountMinor));
    },
  );

  it('leaves the deliverable settled: done, and disputed no more', async () => {
    const { dealId, note, other, live } = await running();
    const disputeId = await steps.opened(dealId, [note]);
    await steps.decide(disputeId, 'for_brand');
    const deal = await world.deal(brand, dealId);
    expect(deal.deliverables[0]).toMatchObject({ disputeId: null, progress: { state: 'settled' } });
    await expect(steps.open(influencer, dealId, [note])).rejects.toThrow(AlreadyDecided);
    await steps.earn(other);
    await steps.earn(live);
    await world.get(CompleteDeal).execute({ actor: await world.actor(brand), dealId });
    expect(await steps.escrow(dealId)).toBe(0n);
  });
});

describe('a dispute about cash that was earned', () => {
  it('freezes exactly that: it is not released, and what else was earned in the deal is', async () => {
    const { dealId, note, other } = await running();
    await steps.earn(note);
    await steps.earn(other);
    await steps.open(brand, dealId, [note]);
    world.clock.advanceDays(400);
    await steps.releaseDue();
    world.clock.advanceDays(-400);
    const statesOf = async (id: string) =>
      (await steps.earning(dealId, id))?.shares.filter(({ role }) => role !== 'platform').map(({ state }) => state);
    expect(await statesOf(note)).toEqual(['held', 'held']);
    expect(await statesOf(other)).toEqual(['released', 'released']);
    const frozen = (await steps.earning(dealId, note))?.shares.map(({ frozenReason }) => frozenReason);
    expect(new Set(frozen)).toEqual(new Set(['dispute']));
    expect((await steps.earning(dealId, other))?.shares.some(({ frozenReason }) => frozenReason !== null)).toBe(false);
  });

  it.each([
    ['held', false],
    ['available', true],
  ])('takes the share of the brand back from recorded parts that are %s', async (_where, isReleased) => {
    const { dealId, note } = await running();
    await steps.earn(note);
    if (isReleased) await steps.releaseDue();
    const disputeId = await steps.opened(dealId, [note]);
    const before = await steps.balance('brand_balance');
    const recorded = (await steps.earning(dealId, note))?.shares.map(({ amountMinor }) => amountMinor);
    await steps.decide(disputeId, { [note]: '1/3' });
    const earned = await steps.earning(dealId, note);
    expect(earned?.shares.map(({ amountMinor }) => amountMinor)).toEqual(recorded);
    expect(sumOf(leftOf(earned?.shares))).toBe(16_667n);
    expect((await steps.balance('brand_balance')) - before).toBe(NOTE - 16_667n);
    expect(await steps.escrow(dealId)).toBe(ALL - NOTE);
    expect((await steps.dispute(disputeId)).items[0]).toMatchObject({
      place: 'earning',
      decided: { influencerShare: '1/3', keptMinor: 16_667n, returnedMinor: NOTE - 16_667n },
    });
    expect(earned?.shares.every(({ frozenReason }) => frozenReason === null)).toBe(true);
    await steps.releaseDue();
    expect((await steps.earning(dealId, note))?.shares.every(({ state }) => state === 'released')).toBe(true);
  });

  it('may be about a deal that is completed, and gives back what it takes', async () => {
    const { dealId, note, other, live } = await running();
    for (const piece of [note, other, live]) await steps.earn(piece);
    await world.get(CompleteDeal).execute({ actor: await world.actor(brand), dealId });
    const disputeId = await steps.opened(dealId, [note, live]);
    const before = await steps.balance('brand_balance');
    await steps.decide(disputeId, { [note]: '0', [live]: '1' });
    expect((await steps.balance('brand_balance')) - before).toBe(NOTE);
    expect(leftOf((await steps.earning(dealId, note))?.shares)).toEqual([0n, 0n, 0n]);
    expect(sumOf(leftOf((await steps.earning(dealId, live))?.shares))).toBe(LIVE);
    expect(await steps.escrow(dealId)).toBe(0n);
    await expect(steps.open(brand, dealId, null)).rejects.toThrow('The deal is completed');
  });

  it('is refused where nothing is in question, or nothing is funded', async () => {
    const { dealId, note, other, live } = await running();
    const campaign = await world.deal(brand, dealId);
    const unfunded = await world.accept(brand, await world.bid(campaign.campaignId, influencer, cashIn('EUR')));
    const [first] = (await world.deal(brand, unfunded)).deliverables;
    await expect(steps.open(brand, unfunded, [first?.id ?? ''])).rejects.toThrow(DealNotActive);
    const actor = await world.actor(brand);
    await world.get(CancelDeal).execute({ actor, dealId, reason: '' });
    for (const id of [note, other, live]) {
      await expect(steps.open(brand, dealId, [id])).rejects.toThrow(NothingInQuestion);
    }
  });
});

describe('a dispute about a deal', () => {
  it('has all of its cash in question, wherever it is, but not what is disputed already', async () => {
    const { dealId, note, other, live } = await running();
    await steps.earn(live);
    const first = await steps.opened(dealId, [note]);
    const disputeId = await steps.opened(dealId, null);
    expect((await steps.dispute(disputeId)).items.map(({ deliverableId, place }) => [deliverableId, place])).toEqual([
      [other, 'escrow'],
      [live, 'earning'],
    ]);
    await steps.decide(disputeId, { [other]: '1/2', [live]: '1/2' });
    expect((await world.deal(brand, dealId)).state).toBe('active');
    expect(sumOf(leftOf((await steps.earning(dealId, live))?.shares))).toBe(16_666n);
    expect(await steps.escrow(dealId)).toBe(NOTE);
    await steps.decide(first, 'for_brand');
    expect(await steps.escrow(dealId)).toBe(0n);
  });
});

describe('with a fee on top', () => {
  it('the fee follows what is kept, and the brand has the rest of what it set aside', async () => {
    const onTop: PlatformFee = {
      share: '0.05',
      of: 'on_top',
      bounds: [{ currency: 'EUR', minMinor: 2_000n, maxMinor: null }],
    };
    const operator = await world.operator();
    const current = await world.get(GetMarketplacePolicy).execute({ actor: operator });
    const terms = { ...current, platformFees: { ...current.platformFees, cash: onTop } };
    await world.get(UpdateMarketplacePolicy).execute({ actor: operator, terms, expectedVersion: current.version });
    const { dealId, note, other } = await running();
    await steps.earn(other);
    const disputeId = await steps.opened(dealId, [note, other]);
    const before = await steps.balance('brand_balance');
    await steps.decide(disputeId, { [note]: '1/5', [other]: '1/2' }, undefined, nextKey());
    const [escrow, earned] = (await steps.dispute(disputeId)).items;
    // 500.01 and 25.00 on top were set aside; of 100.00 the least fee is 20.00.
    expect(escrow).toMatchObject({ amountMinor: 52_501n, decided: { keptMinor: 12_000n, returnedMinor: 40_501n } });
    // 500.00 and 25.00 on top were earned; half of the base takes half of every part with it.
    expect(earned).toMatchObject({ amountMinor: 52_500n, decided: { keptMinor: 26_250n, returnedMinor: 26_250n } });
    expect((await steps.balance('brand_balance')) - before).toBe(40_501n + 26_250n);
  });
});
