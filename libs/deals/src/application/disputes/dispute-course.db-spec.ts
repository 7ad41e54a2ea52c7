import { Forbidden, IdempotencyConflict, InvalidTransition, NotFound, type PersonActor } from '@evenhand/kernel';
import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { cashIn, everyKind } from '../../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../../test/support/deal-world';
import { DisputeSteps, nextKey } from '../../../../../test/support/dispute-steps';
import { withDealWorld } from '../../../../../test/support/with-deal-world';
import { MAX_DISPUTE_ENTRIES } from '../../domain/dispute';
import { AnswerStillOpen, DeliverableDisputed, OperatorIsParty, TooManyEntries } from '../../domain/dispute-errors';
import { AutoApproveDeliverables } from '../auto-approve-deliverables';
import { GetDispute } from './get-dispute';
import { OpenDispute } from './open-dispute';
import { ReadDisputes } from './read-disputes';
import { WithdrawDispute } from './withdraw-dispute';
import { WriteToDispute } from './write-to-dispute';

const NOTE = 50_001n;

/** A file of the only version of the deal. */
const FILE = `
  insert into deals.files (id, deal_id, brand_id, influencer_id, uploaded_by, begun_at, stored_at, name, type, size_bytes,
                           sha256, deliverable_id, version_number, position)
  select gen_random_uuid(), deal_id, brand_id, influencer_id, $2, now(), now(), 'note.png', 'image/png', 1, sha256('x'),
         deliverable_id, number, 1
  from deals.deliverable_versions where deal_id = $1 returning id`;

let world: DealWorld;
let owner: Client;
let brand: Someone;
let influencer: Someone;
let agency: Someone;
let steps: DisputeSteps;

withDealWorld(async (made, connected) => {
  world = made;
  owner = connected;
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
  await world.mandate(agency, influencer, everyKind({ of: 'remainder', share: '1/3' }));
  await world.credit(brand, 'EUR', 100_000_000n);
  steps = new DisputeSteps(world, brand, influencer);
});

async function running() {
  const { dealId, pieces } = await steps.running(cashIn('EUR'));
  return { dealId, note: pieces[0] as string, other: pieces[1] as string };
}

async function write(by: Someone, disputeId: string, kind: 'answer' | 'evidence', text = 'Look', key = nextKey()) {
  const command = { actor: await world.actor(by), disputeId, kind, text, idempotencyKey: key };
  return world.get(WriteToDispute).execute(command);
}

async function withdraw(by: Someone, disputeId: string) {
  return world.get(WithdrawDispute).execute({ actor: await world.actor(by), disputeId });
}

describe('what the sides say', () => {
  it('is kept in its order, with who said it and for whom', async () => {
    const { dealId, note } = await running();
    const disputeId = await steps.open(brand, dealId, [note]);
    await write(brand, disputeId, 'evidence');
    await write(agency, disputeId, 'answer', 'She did as agreed');
    await write(influencer, disputeId, 'evidence');
    const { entries, answerDueAt, openedAt, side, state } = await steps.dispute(disputeId);
    expect(entries.map((entry) => [entry.number, entry.kind, entry.side, entry.partyId])).toEqual([
      [1, 'claim', 'brand', brand.partyId],
      [2, 'evidence', 'brand', brand.partyId],
      [3, 'answer', 'influencer', agency.partyId],
      [4, 'evidence', 'influencer', influencer.partyId],
    ]);
    expect([side, state, answerDueAt.getTime() - openedAt.getTime()]).toEqual(['brand', 'answered', 7 * 86_400_000]);
  });

  it('is answered by the other side, once', async () => {
    const { dealId, note } = await running();
    const disputeId = await steps.open(influencer, dealId, [note]);
    await expect(write(agency, disputeId, 'answer')).rejects.toThrow(Forbidden);
    await write(brand, disputeId, 'answer');
    await expect(write(brand, disputeId, 'answer')).rejects.toThrow(InvalidTransition);
  });

  it('has one effect under a key, and other words under it are refused', async () => {
    const { dealId, note, other } = await running();
    const actor = await world.actor(brand);
    const claim = { actor, dealId, reason: 'other', text: 'Late', idempotencyKey: nextKey() } as const;
    const opening = { ...claim, deliverableIds: [note] };
    const all = await Promise.all(Array.from({ length: 4 }, () => world.get(OpenDispute).execute(opening)));
    expect(new Set(all.map(({ disputeId }) => disputeId)).size).toBe(1);
    const changed = [
      { ...opening, deliverableIds: [other] },
      { ...opening, text: 'Very late' },
      { ...opening, reason: 'not_delivered' } as const,
      { ...opening, deliverableIds: null },
    ];
    for (const command of changed) {
      await expect(world.get(OpenDispute).execute(command)).rejects.toThrow(IdempotencyConflict);
    }
    const [{ disputeId } = { disputeId: '' }] = all;
    await write(influencer, disputeId, 'answer', 'No', 'her-key');
    await write(influencer, disputeId, 'answer', 'No', 'her-key');
    await expect(write(influencer, disputeId, 'answer', 'Yes', 'her-key')).rejects.toThrow(IdempotencyConflict);
    expect((await steps.dispute(disputeId)).entries).toHaveLength(2);
  });

  it('shows files of the deal and no others, and has an end', async () => {
    const { dealId, note, other } = await running();
    const disputeId = await steps.open(brand, dealId, [note]);
    const actor = await world.actor(brand);
    const evidence = { actor, disputeId, kind: 'evidence', text: 'Look', idempotencyKey: nextKey() } as const;
    const stranger = world.get(WriteToDispute).execute({ ...evidence, fileIds: [uuidv7()] });
    await expect(stranger).rejects.toThrow(NotFound);
    await steps.submit(other);
    const { rows } = await owner.query<{ id: string }>(FILE, [dealId, influencer.userId]);
    const fileIds = rows.map(({ id }) => id);
    await world.get(WriteToDispute).execute({ ...evidence, fileIds });
    expect((await steps.dispute(disputeId)).entries[1]?.fileIds).toEqual(fileIds);
    for (let count = 2; count < MAX_DISPUTE_ENTRIES; count += 1) await write(brand, disputeId, 'evidence');
    await expect(write(brand, disputeId, 'evidence')).rejects.toThrow(TooManyEntries);
  });

  it('is told to other contexts without its words', async () => {
    const { dealId, note } = await running();
    const disputeId = await steps.open(brand, dealId, [note]);
    await write(influencer, disputeId, 'answer', 'Secret words');
    await write(influencer, disputeId, 'evidence', 'Secret words');
    await steps.decide(disputeId, 'for_brand');
    const { rows } = await owner.query<{ type: string; payload: Record<string, unknown> }>(
      `select type, payload from platform.outbox where payload ->> 'disputeId' = $1 order by event_id`,
      [disputeId],
    );
    expect(rows.map(({ type, payload }) => [type, payload['by'], payload['outcome']])).toEqual([
      ['deals.dispute_opened', 'brand', null],
      ['deals.dispute_answered', 'influencer', null],
      ['deals.dispute_evidence_added', 'influencer', null],
      ['deals.dispute_decided', null, 'for_brand'],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/Secret|agreed on|brief says/);
  });
});

describe('taking a dispute back', () => {
  it("is for the side that opened it; the work goes on, and the brand's days with it", async () => {
    const { dealId, note } = await running();
    await steps.submit(note);
    const before = (await world.deal(brand, dealId)).deliverables[0]?.progress.autoApproveAt?.getTime() ?? 0;
    const disputeId = await steps.open(brand, dealId, [note]);
    await expect(withdraw(influencer, disputeId)).rejects.toThrow(Forbidden);
    world.clock.advanceDays(10);
    await withdraw(brand, disputeId);
    const after = (await world.deal(brand, dealId)).deliverables[0];
    expect((after?.progress.autoApproveAt?.getTime() ?? 0) - before).toBe(10 * 86_400_000);
    await world.get(AutoApproveDeliverables).execute({ now: world.clock.now(), limit: 100 });
    world.clock.advanceDays(-10);
    expect((await world.deal(brand, dealId)).deliverables[0]?.progress.state).toBe('submitted');
    await steps.approve(note);
    expect((await steps.dispute(disputeId)).state).toBe('withdrawn');
    await steps.open(brand, dealId, [note]);
  });

  it('has every command refused afterwards, as a decision has', async () => {
    const { dealId, note, other } = await running();
    const ended = [await steps.opened(dealId, [note]), await steps.opened(dealId, [other])] as const;
    await withdraw(brand, ended[0]);
    await steps.decide(ended[1], 'dismissed');
    for (const disputeId of ended) {
      await expect(write(influencer, disputeId, 'answer')).rejects.toThrow(InvalidTransition);
      await expect(write(brand, disputeId, 'evidence')).rejects.toThrow(InvalidTransition);
      await expect(withdraw(brand, disputeId)).rejects.toThrow(InvalidTransition);
      await expect(steps.decide(disputeId, 'for_brand')).rejects.toThrow(InvalidTransition);
    }
    expect((await world.deal(brand, dealId)).deliverables.map(({ progress }) => progress.state)).toEqual([
      'planned',
      'planned',
      'planned',
    ]);
  });
});

describe('the decision', () => {
  it('waits until the other side has answered or its seven days are over', async () => {
    const { dealId, note } = await running();
    const disputeId = await steps.open(brand, dealId, [note]);
    await expect(steps.decide(disputeId, 'for_brand')).rejects.toThrow(AnswerStillOpen);
    world.clock.advanceDays(7);
    await steps.decide(disputeId, 'for_brand');
    world.clock.advanceDays(-7);
  });

  it('is for operators who belong to no side', async () => {
    const { dealId, note } = await running();
    const disputeId = await steps.opened(dealId, [note]);
    const viewerOf = (partyId: string, kind: 'brand' | 'agency'): Partial<PersonActor> => ({
      memberships: [{ partyId, kind, role: 'viewer' }],
    });
    const operator = await world.operator();
    for (const bond of [
      viewerOf(brand.partyId, 'brand'),
      viewerOf(agency.partyId, 'agency'),
      { influencerId: influencer.partyId },
    ]) {
      await expect(steps.decide(disputeId, 'for_brand', { ...operator, ...bond })).rejects.toThrow(OperatorIsParty);
    }
    await expect(steps.decide(disputeId, 'for_brand', await world.actor(brand))).rejects.toThrow(Forbidden);
    const rival = await world.actor(await world.signUpBrand('Rival'));
    await expect(steps.decide(disputeId, 'for_brand', rival)).rejects.toThrow(NotFound);
    const finance: PersonActor = { ...operator, staffRoles: ['finance_approver'] };
    await expect(steps.decide(disputeId, 'for_brand', finance)).rejects.toThrow();
    expect((await steps.dispute(disputeId)).state).toBe('answered');
  });

  it('is one, where two operators decide at once', async () => {
    const { dealId, note } = await running();
    await steps.earn(note);
    const disputeId = await steps.opened(dealId, [note]);
    const outcomes = await Promise.allSettled([
      steps.decide(disputeId, 'for_brand'),
      steps.decide(disputeId, 'for_influencer'),
      steps.decide(disputeId, { [note]: '1/2' }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [item] = (await steps.dispute(disputeId)).items;
    const earned = await steps.earning(dealId, note);
    expect((earned?.grossMinor ?? 0n) - (earned?.grossReversedMinor ?? 0n)).toBe(item?.decided?.keptMinor);
  });

  it('has one effect under a key, and another decision under it is refused', async () => {
    const { dealId, note } = await running();
    const disputeId = await steps.opened(dealId, [note]);
    const operator = await world.operator();
    const before = await steps.balance('brand_balance');
    await steps.decide(disputeId, { [note]: '0.5' }, operator, 'decision-1');
    await steps.decide(disputeId, { [note]: '1/2' }, operator, 'decision-1');
    expect((await steps.balance('brand_balance')) - before).toBe(NOTE - 25_000n);
    for (const other of ['for_brand', { [note]: '1/3' }] as const) {
      await expect(steps.decide(disputeId, other, operator, 'decision-1')).rejects.toThrow(IdempotencyConflict);
    }
  });
});

describe('at once', () => {
  it('an approval and a dispute: the money is earned and frozen, or neither approved nor released', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { dealId, note } = await running();
      await steps.submit(note);
      const [approved, opened] = await Promise.allSettled([steps.approve(note), steps.open(brand, dealId, [note])]);
      if (opened.status === 'rejected') throw opened.reason;
      const place = (await steps.dispute(opened.value)).items[0]?.place;
      expect(place).toBe(approved.status === 'fulfilled' ? 'earning' : 'escrow');
      if (approved.status === 'rejected') expect(approved.reason).toBeInstanceOf(DeliverableDisputed);
    }
  });

  it('both sides dispute the same: one dispute', async () => {
    const { dealId, note } = await running();
    const both = [steps.open(brand, dealId, [note]), steps.open(influencer, dealId, [note])];
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('who reads it', () => {
  it('is both sides, the agency by whose mandate she acts, operators and finance, and nobody else', async () => {
    const { dealId, note } = await running();
    const disputeId = await steps.opened(dealId, [note]);
    const operator = await world.operator();
    const finance: PersonActor = { ...operator, staffRoles: ['finance_preparer'] };
    const readers = [
      ...(await Promise.all([brand, influencer, agency].map((one) => world.actor(one)))),
      operator,
      finance,
    ];
    for (const actor of readers) {
      expect((await world.get(GetDispute).execute({ actor, disputeId })).dispute.id).toBe(disputeId);
      expect(
        (await world.get(ReadDisputes).execute({ actor, dealIds: [dealId] })).map((found) => found.length),
      ).toEqual([1]);
    }
    const strangers = [
      await world.signUpBrand('Rival'),
      await world.signUpInfluencer('Rival'),
      await world.signUpAgency('Rival'),
    ];
    for (const stranger of strangers) {
      const actor = await world.actor(stranger);
      await expect(world.get(GetDispute).execute({ actor, disputeId })).rejects.toThrow(NotFound);
      expect(await world.get(ReadDisputes).execute({ actor, dealIds: [dealId] })).toEqual([[]]);
      await expect(steps.open(stranger, dealId, [note])).rejects.toThrow(NotFound);
      await expect(write(stranger, disputeId, 'evidence')).rejects.toThrow(NotFound);
    }
  });

  it('is said by the database as well: no side decides, and nobody rewrites what was said', async () => {
    const { dealId, note } = await running();
    const disputeId = await steps.opened(dealId, [note]);
    const decided = `update deals.disputes set state = 'decided', outcome = 'for_brand', decision_reason = 'x',
      decided_by = $2, decided_at = now(), decision_key = 'x' where id = $1`;
    const operator = await world.operator();
    const biased: PersonActor = { ...operator, influencerId: influencer.partyId };
    await expect(world.sql(await world.actor(brand), decided, [disputeId, brand.userId])).rejects.toThrow(
      'row-level security',
    );
    await expect(world.sql(operator, decided, [disputeId, brand.userId])).rejects.toThrow('row-level security');
    await expect(world.sql(biased, decided, [disputeId, operator.userId])).rejects.toThrow('row-level security');
    const rewritten = `update deals.dispute_entries set text = 'x' where dispute_id = $1`;
    await expect(world.sql(operator, rewritten, [disputeId])).rejects.toThrow('permission denied');
    const items = 'update deals.dispute_items set influencer_share = 1, kept_minor = amount_minor, returned_minor = 0';
    await world.sql(await world.actor(influencer), items);
    expect((await steps.dispute(disputeId)).items[0]?.decided).toBeNull();
  });
});
