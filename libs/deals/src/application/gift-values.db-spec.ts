import { Forbidden, InvalidTransition, NotFound } from '@evenhand/kernel';
import { ClosePeriod } from '@evenhand/ledger';
import { CurrencyMismatch } from '@evenhand/money';
import type { Client } from 'pg';
import { everyKind } from '../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../test/support/deal-world';
import { GiftSteps } from '../../../../test/support/gift-steps';
import { withDealWorld } from '../../../../test/support/with-deal-world';
import { CorrectionNotYours, NoOpenCorrection, NoOpenReturn } from '../domain/gift-errors';

let world: DealWorld;
let owner: Client;
let brand: Someone;
let influencer: Someone;
let agency: Someone;
let steps: GiftSteps;

withDealWorld(async (made, connected) => {
  [world, owner] = [made, connected];
  brand = await world.signUpBrand();
  agency = await world.signUpAgency();
  await world.credit(brand, 'EUR', 100_000_000n);
});

/** Each test has an influencer of its own, so that her in-kind account tells of its deals alone. */
beforeEach(async () => {
  influencer = await world.signUpInfluencer();
  await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' }));
  steps = new GiftSteps(world, brand, influencer);
});

/** Kind and effective instant of the deal's in-kind transactions, with what each moved, oldest first. */
async function inKindOf(dealId: string) {
  const { rows } = await owner.query<{ kind: string; minor: string; effective: Date }>(
    `select t.kind, t.effective_at as effective,
       (case when credit.kind = 'gift_received' then p.amount_minor else -p.amount_minor end)::text as minor
     from ledger.transactions t join ledger.postings p
       on p.book_id = t.book_id and p.recorded_at = t.recorded_at and p.posting_id / 4096 = t.transaction_id
     join ledger.accounts credit on credit.book_id = p.book_id and credit.account_id = p.credit_account_id
     where t.reference = $1 and t.kind like 'gift%' order by t.transaction_id`,
    [dealId],
  );
  return rows;
}

describe('a correction of a gift’s value', () => {
  it('needs both sides, whoever proposes it; then the books get the exact difference and the first value stays', async () => {
    const both = [
      [brand, influencer, 2_500n],
      [influencer, brand, 2_750n],
    ] as const;
    let inKind = 0n;
    for (const [proposer, other, toMinor] of both) {
      const dealId = await steps.received();
      await steps.propose(dealId, proposer, 2, toMinor);
      expect(await steps.gift(dealId)).toMatchObject({ fairMarketValueMinor: 39_000n });
      await expect(steps.answer(dealId, proposer)).rejects.toThrow(CorrectionNotYours);
      await steps.answer(dealId, other);
      const present = 30_000n + 3n * toMinor;
      expect(await steps.gift(dealId)).toMatchObject({
        fairMarketValueMinor: present,
        declaredValueMinor: 39_000n,
        corrections: [{ itemNumber: 2, fromMinor: 3_000n, toMinor, state: 'accepted' }],
      });
      const posted = (await inKindOf(dealId)).map(({ kind, minor }) => [kind, minor]);
      expect(posted).toEqual([
        ['gift_received', '39000'],
        ['gift_value_corrected', (present - 39_000n).toString()],
      ]);
      inKind += present;
    }
    expect(await steps.inKindMinor()).toBe(inKind);
  });

  it('is consented to by herself: her agency neither proposes, nor answers, nor takes back', async () => {
    const dealId = await steps.received();
    await expect(steps.propose(dealId, agency, 1, 1n)).rejects.toThrow(Forbidden);
    await steps.propose(dealId, brand, 1, 20_000n);
    for (const accept of [true, false]) await expect(steps.answer(dealId, agency, accept)).rejects.toThrow(Forbidden);
    await expect(steps.withdraw(dealId, agency)).rejects.toThrow(Forbidden);
    await expect(steps.answer(dealId, await world.signUpInfluencer('Rival'))).rejects.toThrow(NotFound);
    const update = `update deals.gift_corrections set state = 'accepted', decided_at = now() where deal_id = $1`;
    expect(await world.sql(await world.actor(agency), update, [dealId])).toEqual([[], 0]);
    await expect(world.sql(await world.actor(brand), update, [dealId])).rejects.toThrow(/row-level security/);
    expect(await steps.inKindMinor()).toBe(39_000n);
  });

  it('that is accepted twice at once, or taken back meanwhile, is posted once or not at all', async () => {
    for (let round = 0; round < 6; round += 1) {
      const dealId = await steps.received();
      await steps.propose(dealId, brand, 1, 10_000n);
      const outcomes = await Promise.allSettled([
        steps.answer(dealId, influencer),
        steps.answer(dealId, influencer),
        steps.withdraw(dealId, brand),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(NoOpenCorrection);
      const { corrections, fairMarketValueMinor } = await steps.gift(dealId);
      const accepted = corrections[0]?.state === 'accepted';
      expect(fairMarketValueMinor).toBe(accepted ? 19_000n : 39_000n);
      expect(await inKindOf(dealId)).toHaveLength(accepted ? 2 : 1);
    }
  });

  it('before receipt changes what the receipt records, and declined or withdrawn changes nothing', async () => {
    const dealId = await steps.deal();
    await steps.propose(dealId, influencer, 1, 35_000n);
    await steps.answer(dealId, brand, false);
    await steps.propose(dealId, influencer, 1, 34_000n);
    await steps.withdraw(dealId, influencer, 2);
    await steps.propose(dealId, influencer, 1, 33_000n);
    await steps.answer(dealId, brand, true, 3);
    expect(await inKindOf(dealId)).toEqual([]);
    await steps.ship(dealId);
    await steps.receive(dealId);
    expect((await inKindOf(dealId)).map(({ minor }) => minor)).toEqual(['42000']);
    const { corrections } = await steps.gift(dealId);
    expect(corrections.map(({ state }) => state)).toEqual(['declined', 'withdrawn', 'accepted']);
  });

  it('is in the gift’s own currency', async () => {
    const dealId = await steps.received();
    await expect(steps.propose(dealId, brand, 1, 100n, 'JPY')).rejects.toThrow(CurrencyMismatch);
  });
});

describe('a return', () => {
  it('asked for by the brand is her parcel’s to answer; at its arrival everything recorded is reversed', async () => {
    const dealId = await steps.received();
    await steps.propose(dealId, brand, 1, 31_000n);
    await steps.answer(dealId, influencer);
    await steps.proposeReturn(dealId, brand);
    await steps.sendBack(dealId, agency);
    expect(await steps.inKindMinor()).toBe(40_000n);
    const arrivals = await Promise.allSettled([steps.takeBack(dealId), steps.takeBack(dealId)]);
    expect(arrivals.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await steps.inKindMinor()).toBe(0n);
    expect((await inKindOf(dealId)).map(({ minor }) => minor)).toEqual(['39000', '1000', '-40000']);
    await expect(steps.propose(dealId, brand, 1, 5n)).rejects.toThrow(InvalidTransition);
  });

  it('offered by her side waits for the brand, which may decline', async () => {
    const dealId = await steps.received();
    await steps.proposeReturn(dealId, agency);
    await expect(steps.sendBack(dealId)).rejects.toThrow(NoOpenReturn);
    await steps.answerReturn(dealId, false, brand);
    await expect(steps.sendBack(dealId)).rejects.toThrow(NoOpenReturn);
    await steps.proposeReturn(dealId, influencer);
    await steps.answerReturn(dealId, true, brand);
    await steps.sendBack(dealId);
    expect((await steps.gift(dealId)).progress).toMatchObject({
      state: 'returning',
      giftReturn: { state: 'shipped', carrier: 'SF Express' },
    });
    await expect(steps.takeBack(dealId, influencer)).rejects.toThrow(Forbidden);
    await steps.takeBack(dealId);
    expect((await steps.gift(dealId)).progress.state).toBe('returned');
  });

  it('races with a correction without a cent left over', async () => {
    for (let round = 0; round < 4; round += 1) {
      const dealId = await steps.received();
      await steps.proposeReturn(dealId, brand);
      await steps.sendBack(dealId);
      await steps.propose(dealId, brand, 2, 1n);
      await Promise.allSettled([steps.answer(dealId, influencer), steps.takeBack(dealId)]);
      expect((await steps.gift(dealId)).progress.state).toBe('returned');
    }
    expect(await steps.inKindMinor()).toBe(0n);
  });
});

// Last, since what happened in March can no longer be recorded then.
it('a correction takes effect with the receipt while its period is open, and now once it is closed', async () => {
  const [open, closed] = [await steps.received(), await steps.received()];
  const receivedAt = world.clock.now();
  world.clock.advanceDays(45);
  await steps.propose(open, brand, 1, 29_000n);
  await steps.answer(open, influencer);
  const finance = { ...(await world.operator()), staffRoles: ['finance_approver'] as const };
  const period = { brandId: brand.partyId, period: '2026-03', timeZone: 'UTC' };
  await world.get(ClosePeriod).execute({ actor: finance, ...period });
  await steps.propose(closed, brand, 1, 28_000n);
  await steps.answer(closed, influencer);
  expect((await inKindOf(open)).at(-1)).toMatchObject({ minor: '-1000', effective: receivedAt });
  expect((await inKindOf(closed)).at(-1)).toMatchObject({ minor: '-2000', effective: world.clock.now() });
  expect(await steps.inKindMinor()).toBe(75_000n);
});
