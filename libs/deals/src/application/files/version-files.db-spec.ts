import { type Actor, ANONYMOUS, FileStorage, InvalidInput, NotFound, systemActor } from '@evenhand/kernel';
import type { DealWorld } from '../../../../../test/support/deal-world';
import { filesWorld } from '../../../../../test/support/files/files-world';
import { withDealWorld } from '../../../../../test/support/with-deal-world';
import { FileAlreadyAttached } from '../../domain/errors';
import { MAX_FILES_OF_VERSION } from '../../domain/file';

let world: DealWorld;
let files: Awaited<ReturnType<typeof filesWorld>>;

withDealWorld(async (made) => {
  world = made;
  files = await filesWorld(world);
});

/** Nothing that no version holds is left from one test to the next. */
afterEach(async () => {
  world.clock.advanceDays(1);
  await files.removeUnattached();
});

describe('the files of a version', () => {
  it('are those that its submitter names, in that order, each in one version only', async () => {
    const dealId = await files.newDeal();
    const deliverableId = await files.deliverableOf(dealId);
    const [one, two, three] = [
      await files.store(files.agency, dealId),
      await files.store(files.agency, dealId),
      await files.store(files.agency, dealId),
    ];
    await files.submit(files.agency, deliverableId, [two.id, one.id]);
    const [version] = (await world.deal(files.brand, dealId)).deliverables[0]?.versions ?? [];
    expect(version).toMatchObject({ number: 1, partyId: files.agency.partyId, files: [two, one], outcome: null });
    await files.sendBack(deliverableId);
    await expect(files.submit(files.agency, deliverableId, [three.id, one.id])).rejects.toThrow(FileAlreadyAttached);
    await files.submit(files.agency, deliverableId, [three.id]);
    expect((await world.deal(files.influencer, dealId)).deliverables[0]?.versions).toMatchObject([
      { number: 1, files: [two, one], outcome: 'changes_requested', feedback: 'Brighter' },
      { number: 2, files: [three], outcome: null },
    ]);
  });

  it("are nobody else's, of no other deal, and not too many", async () => {
    const [dealId, otherDeal] = [await files.newDeal(), await files.newDeal()];
    const deliverableId = await files.deliverableOf(dealId);
    const mine = await files.store(files.influencer, dealId);
    const hers = await files.store(files.agency, dealId);
    const elsewhere = await files.store(files.influencer, otherDeal);
    for (const foreign of [hers, elsewhere]) {
      await expect(files.submit(files.influencer, deliverableId, [mine.id, foreign.id])).rejects.toThrow(NotFound);
    }
    await expect(files.submit(files.influencer, deliverableId, [mine.id, mine.id])).rejects.toThrow(InvalidInput);
    const many = await Promise.all(
      Array.from({ length: MAX_FILES_OF_VERSION }, () => files.store(files.influencer, dealId)),
    );
    const ids = many.map(({ id }) => id);
    await expect(files.submit(files.influencer, deliverableId, [mine.id, ...ids])).rejects.toThrow(InvalidInput);
    expect((await world.deal(files.brand, dealId)).deliverables[0]?.progress.state).toBe('planned');
    await files.submit(files.influencer, deliverableId, ids);
    expect((await world.deal(files.brand, dealId)).deliverables[0]?.versions[0]?.files).toHaveLength(
      MAX_FILES_OF_VERSION,
    );
  });

  it('go to one of two submissions that want the same at once', async () => {
    const dealId = await files.newDeal();
    const deliverables = (await world.deal(files.brand, dealId)).deliverables.map(({ id }) => id).slice(0, 2);
    const { id } = await files.store(files.influencer, dealId);
    const both = await Promise.allSettled(
      deliverables.map((deliverableId) => files.submit(files.influencer, deliverableId, [id])),
    );
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toEqual([expect.any(FileAlreadyAttached)]);
    const { deliverables: after } = await world.deal(files.brand, dealId);
    expect(after.flatMap(({ versions }) => versions.flatMap((version) => version.files))).toHaveLength(1);
  });
});

describe('a file that no version holds', () => {
  it('is removed after a day, once by two runs at once, and cannot be submitted any more', async () => {
    const dealId = await files.newDeal();
    const deliverableId = await files.deliverableOf(dealId);
    const [kept, late] = [await files.store(files.influencer, dealId), await files.store(files.influencer, dealId)];
    await files.submit(files.influencer, deliverableId, [kept.id]);
    await files.sendBack(deliverableId);
    world.clock.advanceDays(1);
    const young = await files.store(files.influencer, dealId);
    await expect(files.submit(files.influencer, deliverableId, [late.id])).rejects.toThrow(NotFound);
    const runs = await Promise.all([files.removeUnattached(), files.removeUnattached()]);
    expect(runs.reduce((sum, { removed }) => sum + removed, 0)).toBe(1);
    expect(files.filesOnDisk()).toEqual(expect.arrayContaining([kept.id, young.id]));
    expect(files.filesOnDisk()).not.toContain(late.id);
    await expect(files.open(files.influencer, late.id)).rejects.toThrow(NotFound);
  });

  it('is removed with what a killed process left of it', async () => {
    const dealId = await files.newDeal();
    const { id } = await files.store(files.influencer, dealId);
    await world.sql(
      systemActor('test'),
      `update deals.files set stored_at = null, name = null, type = null, size_bytes = null, sha256 = null
        where id = $1`,
      [id],
    );
    world.clock.advanceDays(1);
    await files.removeUnattached();
    expect([await files.rowsOf(dealId), files.filesOnDisk().includes(id)]).toEqual([0, false]);
  });

  it('is kept where its bytes cannot be removed, and the others are removed', async () => {
    const dealId = await files.newDeal();
    const [stuck, other] = [await files.store(files.influencer, dealId), await files.store(files.influencer, dealId)];
    world.clock.advanceDays(1);
    const storage = world.get(FileStorage);
    const remove = jest
      .spyOn(storage, 'delete')
      .mockImplementationOnce(() => Promise.reject(new Error('out of order')));
    await expect(files.removeUnattached()).rejects.toMatchObject({ errors: [{ message: 'out of order' }] });
    remove.mockRestore();
    expect([await files.rowsOf(dealId), files.filesOnDisk().includes(other.id)]).toEqual([1, false]);
    expect(await files.removeUnattached()).toEqual({ removed: 1 });
    expect(files.filesOnDisk()).not.toContain(stuck.id);
  });

  it('is removed by its uploader, and by nobody else', async () => {
    const dealId = await files.newDeal();
    const { id } = await files.store(files.influencer, dealId);
    for (const other of [files.brand, files.agency, await world.signUpBrand('Rival')]) {
      await expect(files.discard(other, id)).rejects.toThrow(NotFound);
    }
    await files.discard(files.influencer, id);
    expect(files.filesOnDisk()).not.toContain(id);
    await expect(files.discard(files.influencer, id)).rejects.toThrow(NotFound);
    const submitted = await files.store(files.influencer, dealId);
    await files.submit(files.influencer, await files.deliverableOf(dealId), [submitted.id]);
    await expect(files.discard(files.influencer, submitted.id)).rejects.toThrow(FileAlreadyAttached);
  });
});

describe('row-level security', () => {
  const seen = async (actor: Actor, dealId: string) =>
    Number(
      (await world.sql(actor, 'select count(*)::integer as n from deals.files where deal_id = $1', [dealId]))[0]?.['n'],
    );

  it('shows a file to its uploader until a version holds it, and then to the people of the deal and to staff', async () => {
    const dealId = await files.newDeal();
    const { id } = await files.store(files.influencer, dealId);
    const operator = await world.operator();
    const finance = { ...operator, staffRoles: ['finance_approver'] as const };
    const people = [await world.actor(files.brand), await world.actor(files.agency), operator, finance];
    const strangers = [
      await world.actor(await world.signUpBrand('Rival')),
      await world.actor(await world.signUpInfluencer('Rival')),
      ANONYMOUS,
    ];
    for (const person of [...people, ...strangers]) expect(await seen(person, dealId)).toBe(0);
    expect(await seen(await world.actor(files.influencer), dealId)).toBe(1);
    await files.submit(files.influencer, await files.deliverableOf(dealId), [id]);
    for (const person of people) expect(await seen(person, dealId)).toBe(1);
    for (const stranger of strangers) expect(await seen(stranger, dealId)).toBe(0);
  });

  it('lets nobody change or remove what a version holds, nor upload in the name of another', async () => {
    const dealId = await files.newDeal();
    const { id } = await files.store(files.influencer, dealId);
    await files.submit(files.influencer, await files.deliverableOf(dealId), [id]);
    const [uploader, manager] = [await world.actor(files.influencer), await world.actor(files.brand)];
    for (const actor of [uploader, manager, await world.operator()]) {
      expect(await world.sql(actor, `update deals.files set name = 'x.png' where id = $1 returning 1`, [id])).toEqual([
        [],
        0,
      ]);
      expect(await world.sql(actor, 'delete from deals.files where id = $1 returning 1', [id])).toEqual([[], 0]);
    }
    const forge = `insert into deals.files (id, deal_id, brand_id, influencer_id, uploaded_by, begun_at)
      values (gen_random_uuid(), $1, $2, $3, $4, now())`;
    for (const [actor, userId] of [
      [uploader, files.brand.userId],
      [manager, files.brand.userId],
    ] as const) {
      const values = [dealId, files.brand.partyId, files.influencer.partyId, userId];
      await expect(world.sql(actor, forge, values)).rejects.toThrow(/row-level security/);
    }
  });

  it('lets what became of a version be said by the files.brand, and once', async () => {
    const dealId = await files.newDeal();
    const deliverableId = await files.deliverableOf(dealId);
    await files.submit(files.influencer, deliverableId, []);
    const decide = `update deals.deliverable_versions set outcome = 'approved', decided_at = now()
      where deliverable_id = $1 returning 1`;
    expect(await world.sql(await world.actor(files.influencer), decide, [deliverableId])).toEqual([[], 0]);
    await files.sendBack(deliverableId);
    expect(await world.sql(await world.actor(files.brand), decide, [deliverableId])).toEqual([[], 0]);
    const rewrite = `update deals.deliverable_versions set caption = 'x' where deliverable_id = $1`;
    await expect(world.sql(await world.actor(files.influencer), rewrite, [deliverableId])).rejects.toThrow(
      /permission denied/,
    );
  });

  /** Last, for the mandate is gone then. */
  it('takes files from an agency with its mandate, its own among them', async () => {
    const dealId = await files.newDeal();
    const [held, own] = [await files.store(files.agency, dealId), await files.store(files.agency, dealId)];
    await files.submit(files.agency, await files.deliverableOf(dealId), [held.id]);
    expect(await files.open(files.agency, own.id)).toMatchObject({ id: own.id });
    await world.endMandate(files.agency, files.mandateId);
    for (const { id } of [held, own]) await expect(files.open(files.agency, id)).rejects.toThrow(NotFound);
    expect(await files.open(files.brand, held.id)).toMatchObject({ id: held.id });
  });
});
