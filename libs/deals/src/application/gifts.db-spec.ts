import { Forbidden, InvalidTransition, NotFound } from '@evenhand/kernel';
import { RemoveDeliveryAddress } from '@evenhand/parties';
import { inspect } from 'node:util';
import type { Client } from 'pg';
import { DISPUTE_OVER_DEAL, everyKind } from '../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../test/support/deal-world';
import { GiftSteps, HOME, SECRET_PLACE } from '../../../../test/support/gift-steps';
import { withDealWorld } from '../../../../test/support/with-deal-world';
import { DealNotActive } from '../domain/errors';
import { AppealWithBrand, AppealWithOperator, GiftNotReceived } from '../domain/gift-errors';
import { CancelDeal } from './cancel-deal';
import { OpenDispute } from './disputes/open-dispute';
import { ReadFulfilment } from './read-fulfilment';
import { ReadGiftAddress } from './read-gift-address';
import { RemindOfGiftReceipts } from './remind-of-gift-receipts';

let world: DealWorld;
let owner: Client;
let brand: Someone;
let influencer: Someone;
let agency: Someone;
let home: string;
let steps: GiftSteps;

withDealWorld(async (made, connected) => {
  [world, owner] = [made, connected];
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
  await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' }));
  await world.credit(brand, 'EUR', 100_000_000n);
  steps = new GiftSteps(world, brand, influencer);
  home = await steps.address();
});

async function addressRead(by: Someone, dealId: string) {
  return world.get(ReadGiftAddress).execute({ actor: await world.actor(by), dealId });
}

async function eventsOf(dealId: string): Promise<readonly string[]> {
  const { history } = await steps.gift(dealId);
  return history.map(({ event }) => event);
}

describe('a request', () => {
  it('is made by the agency, which knows the address by its label; the brand reads it until the gift is there', async () => {
    const dealId = await steps.deal();
    expect(await addressRead(brand, dealId)).toBeNull();
    await steps.request(dealId, home, agency);
    expect((await steps.gift(dealId)).progress).toMatchObject({
      state: 'requested',
      request: { addressLabel: 'Home', addressCountry: 'JP', choices: [{ itemNumber: 1, choice: 'Red, small' }] },
    });
    expect(await addressRead(brand, dealId)).toEqual(HOME.postal);
    await steps.ship(dealId);
    expect(await addressRead(brand, dealId)).toEqual(HOME.postal);
    await steps.receive(dealId, agency);
    expect(await addressRead(brand, dealId)).toBeNull();
    expect((await steps.gift(dealId)).progress.request).toMatchObject({ addressId: null, addressLabel: 'Home' });
  });

  it('shows the address to nobody else, the influencer’s agency and a viewer of the brand least of all', async () => {
    const dealId = await steps.deal();
    await steps.request(dealId, home);
    await expect(addressRead(agency, dealId)).rejects.toThrow(Forbidden);
    await expect(addressRead(influencer, dealId)).rejects.toThrow(Forbidden);
    await expect(addressRead(await world.signUpBrand('Rival'), dealId)).rejects.toThrow(NotFound);
    const actor = await world.actor(brand);
    const viewer = { ...actor, memberships: actor.memberships.map((each) => ({ ...each, role: 'viewer' as const })) };
    await expect(world.get(ReadGiftAddress).execute({ actor: viewer, dealId })).rejects.toThrow(Forbidden);
    const operator = await world.operator();
    await expect(world.get(ReadGiftAddress).execute({ actor: operator, dealId })).rejects.toThrow(Forbidden);
  });

  it('is for an address of hers that she keeps; nobody else’s is found', async () => {
    const dealId = await steps.deal();
    const rival = await world.signUpInfluencer('Rival');
    const others = await steps.address(rival, 'Elsewhere');
    for (const by of [influencer, agency]) {
      await expect(steps.request(dealId, others, by)).rejects.toThrow(NotFound);
    }
    await expect(steps.request(dealId, others, rival)).rejects.toThrow(NotFound);
    await expect(steps.request(dealId, home, brand)).rejects.toThrow(Forbidden);
  });

  it('loses its address when she removes it, and may be made anew', async () => {
    const dealId = await steps.deal();
    const studio = await steps.address(influencer, 'Studio');
    await steps.request(dealId, studio);
    await world.get(RemoveDeliveryAddress).execute({ actor: await world.actor(influencer), addressId: studio });
    expect(await addressRead(brand, dealId)).toBeNull();
    await expect(steps.request(dealId, studio)).rejects.toThrow(NotFound);
    await steps.request(dealId, home);
    expect(await addressRead(brand, dealId)).toEqual(HOME.postal);
  });

  it('hides the address again when the deal stops', async () => {
    const [disputed, cancelled] = [await steps.deal(), await steps.deal()];
    for (const dealId of [disputed, cancelled]) await steps.request(dealId, home);
    const actor = await world.actor(influencer);
    await world.get(OpenDispute).execute({ actor, dealId: disputed, ...DISPUTE_OVER_DEAL });
    await world.get(CancelDeal).execute({ actor, dealId: cancelled, reason: 'x' });
    for (const dealId of [disputed, cancelled]) {
      expect(await addressRead(brand, dealId)).toBeNull();
      await expect(steps.request(dealId, home)).rejects.toThrow(DealNotActive);
    }
  });

  it('leaves nothing of the address in what others are told: outbox, history, the gift as every side reads it', async () => {
    const dealId = await steps.deal();
    await steps.request(dealId, home, agency);
    await steps.ship(dealId);
    const { rows: told } = await owner.query<{ text: string }>('select payload::text as text from platform.outbox');
    const { rows: said } = await owner.query<{ text: string }>('select t::text as text from deals.state_changes t');
    const texts = [...told, ...said].map(({ text }) => text);
    for (const by of [brand, agency, influencer]) texts.push(inspect(await world.deal(by, dealId), { depth: null }));
    for (const secret of SECRET_PLACE) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  });
});

describe('a parcel', () => {
  it('that is lost is sent anew, by whoever said so, and received at last', async () => {
    for (const by of [brand, influencer, agency]) {
      const dealId = await steps.deal();
      await steps.ship(dealId, 'FIRST');
      await steps.lose(dealId, by);
      await steps.ship(dealId, 'SECOND');
      await steps.receive(dealId);
      expect(await steps.gift(dealId)).toMatchObject({ progress: { state: 'received', trackingNumber: 'SECOND' } });
      const { history } = await steps.gift(dealId);
      expect(history.map(({ event, note }) => [event, note])).toEqual([
        ['gift_shipped', 'SF Express FIRST'],
        ['gift_lost', 'Nothing came'],
        ['gift_shipped', 'SF Express SECOND'],
        ['gift_received', null],
      ]);
    }
  });

  it('that is lost may be forgone by her side alone, and is no income', async () => {
    const newcomer = await world.signUpInfluencer();
    const dealId = await steps.deal(newcomer);
    await steps.ship(dealId);
    await steps.lose(dealId, brand);
    await expect(steps.forgo(dealId, brand)).rejects.toThrow(Forbidden);
    await steps.forgo(dealId, newcomer);
    expect((await steps.gift(dealId)).progress.state).toBe('forgone');
    expect(await steps.inKindMinor(newcomer)).toBe(0n);
  });

  it('is received once, also where it is called lost at the same time, and the books say the same', async () => {
    const newcomer = await world.signUpInfluencer();
    let expected = 0n;
    for (let round = 0; round < 8; round += 1) {
      const dealId = await steps.deal(newcomer);
      await steps.ship(dealId);
      const [once, lost, again] = await Promise.allSettled([
        steps.receive(dealId, newcomer),
        steps.lose(dealId, brand),
        steps.receive(dealId, newcomer),
      ]);
      // What is lost may turn up, so one receipt comes through either way.
      expect([once.status, again.status].sort()).toEqual(['fulfilled', 'rejected']);
      if (lost.status === 'rejected') expect(lost.reason).toBeInstanceOf(InvalidTransition);
      expect((await steps.gift(dealId)).progress).toMatchObject({ state: 'received', lostAt: null });
      expected += 39_000n;
    }
    expect(await steps.inKindMinor(newcomer)).toBe(expected);
  });

  it('of which nobody hears is reminded of once after 14 days, and is never presumed received', async () => {
    const dealId = await steps.deal();
    await steps.ship(dealId);
    const run = () => world.get(RemindOfGiftReceipts).execute({ now: world.clock.now(), limit: 1_000 });
    world.clock.advanceDays(13);
    await run();
    expect(await eventsOf(dealId)).not.toContain('gift_receipt_reminded');
    world.clock.advanceDays(1);
    await Promise.all([run(), run()]);
    expect(await run()).toEqual({ reminded: 0 });
    expect((await eventsOf(dealId)).filter((event) => event === 'gift_receipt_reminded')).toHaveLength(1);
    expect((await steps.gift(dealId)).progress.state).toBe('shipped');
  });

  it('that came with a fault says so, at receipt or afterwards', async () => {
    const dealId = await steps.deal();
    await expect(steps.note(dealId, 'Broken')).rejects.toThrow(GiftNotReceived);
    await steps.ship(dealId);
    await steps.receive(dealId, influencer, 'One strap is missing');
    await steps.note(dealId, 'And the purse is scratched');
    const { history } = await steps.gift(dealId);
    expect(history.slice(1).map(({ event, note }) => [event, note])).toEqual([
      ['gift_received', 'One strap is missing'],
      ['gift_problem_noted', 'And the purse is scratched'],
    ]);
  });
});

describe('the posting duty', () => {
  it('is extended once by seven days without anybody’s leave, and overdue after them', async () => {
    const dealId = await steps.received();
    const due = (await steps.gift(dealId)).progress.postingDueAt?.getTime() ?? 0;
    await expect(steps.extend(dealId, brand)).rejects.toThrow(Forbidden);
    const both = await Promise.allSettled([steps.extend(dealId), steps.extend(dealId, agency)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await steps.gift(dealId)).progress.postingDueAt?.getTime()).toBe(due + 7 * 86_400_000);
    world.clock.advanceDays(20);
    await steps.markOverdue();
    expect((await steps.gift(dealId)).progress.state).toBe('received');
    world.clock.advanceDays(1);
    await steps.markOverdue();
    expect((await steps.gift(dealId)).progress.state).toBe('overdue');
  });

  it('that is overdue is appealed once, and the brand’s decision stands', async () => {
    const [waived, renewed, refused] = [await steps.received(), await steps.received(), await steps.received()];
    world.clock.advanceDays(14);
    await steps.markOverdue();
    for (const dealId of [waived, renewed, refused]) {
      await expect(steps.appeal(dealId, brand)).rejects.toThrow(Forbidden);
      await steps.appeal(dealId);
      await expect(steps.decide(dealId, 'waived', influencer)).rejects.toThrow(Forbidden);
      await expect(steps.decide(dealId, 'waived', await world.operator())).rejects.toThrow(AppealWithBrand);
    }
    await steps.decide(waived, 'waived', brand);
    const newDueAt = new Date(world.clock.now().getTime() + 10 * 86_400_000);
    await steps.decide(renewed, 'renewed', brand, newDueAt);
    await steps.decide(refused, 'refused', brand);
    const states = [waived, renewed, refused].map(async (id) => (await steps.gift(id)).progress.state);
    expect(await Promise.all(states)).toEqual(['waived', 'received', 'overdue']);
    expect((await steps.gift(renewed)).progress).toMatchObject({ postingDueAt: newDueAt, overdueAt: null });
  });

  it('is decided by an operator once the brand was silent for 14 days', async () => {
    const dealId = await steps.overdue();
    await steps.appeal(dealId);
    world.clock.advanceDays(14);
    await expect(steps.decide(dealId, 'refused', brand)).rejects.toThrow(AppealWithOperator);
    await steps.decide(dealId, 'waived', await world.operator());
    expect((await steps.gift(dealId)).progress).toMatchObject({
      state: 'waived',
      appeal: { decision: 'waived', decidedBy: 'operator' },
    });
  });

  it('makes a rate of what came due: in time or not, without what was waived', async () => {
    const newcomer = await world.signUpInfluencer();
    const rate = async () => (await world.get(ReadFulfilment).execute({ influencerIds: [newcomer.partyId] }))[0];
    const inTime = await steps.received(newcomer);
    expect(await rate()).toEqual({ cameDue: 0, inTime: 0 });
    const [late, waived, missed, back] = [
      await steps.received(newcomer),
      await steps.received(newcomer),
      await steps.received(newcomer),
      await steps.received(newcomer),
    ];
    const fulfil = (dealId: string) =>
      owner.query(`update deals.gifts set state = 'fulfilled', fulfilled_at = $2 where deal_id = $1`, [
        dealId,
        world.clock.now(),
      ]);
    await fulfil(inTime);
    await steps.proposeReturn(back, brand);
    await steps.sendBack(back, newcomer);
    await steps.takeBack(back);
    expect(await rate()).toEqual({ cameDue: 1, inTime: 1 });
    world.clock.advanceDays(14);
    await steps.markOverdue();
    await steps.appeal(waived, newcomer);
    expect(await rate()).toEqual({ cameDue: 4, inTime: 1 });
    world.clock.advanceDays(1);
    await steps.decide(waived, 'waived', brand);
    await fulfil(late);
    await steps.proposeReturn(missed, brand);
    await steps.sendBack(missed, newcomer);
    await steps.takeBack(missed);
    expect(await rate()).toEqual({ cameDue: 3, inTime: 1 });
    const others = [influencer.partyId, newcomer.partyId, brand.partyId];
    const all = await world.get(ReadFulfilment).execute({ influencerIds: others });
    expect(all.slice(1)).toEqual([
      { cameDue: 3, inTime: 1 },
      { cameDue: 0, inTime: 0 },
    ]);
  });
});
