import { type Actor, ANONYMOUS, Forbidden, IdempotencyConflict, InvalidInput, NotFound } from '@evenhand/kernel';
import type { Client } from 'pg';
import type { DealWorld, Someone } from '../../../../../test/support/deal-world';
import { filesWorld } from '../../../../../test/support/files/files-world';
import { SAMPLES } from '../../../../../test/support/files/sample-files';
import { withDealWorld } from '../../../../../test/support/with-deal-world';
import { InvalidCommentPin } from '../../domain/errors';
import { AutoApproveDeliverables } from '../auto-approve-deliverables';
import { CommentOnVersion } from './comment-on-version';
import { ListComments } from './list-comments';
import { ResolveComment } from './resolve-comment';

let world: DealWorld;
let owner: Client;
let files: Awaited<ReturnType<typeof filesWorld>>;
let keys = 0;

withDealWorld(async (made, connected) => {
  [world, owner] = [made, connected];
  files = await filesWorld(world);
});

/** A version with a picture and a video. */
async function newVersion() {
  const dealId = await files.newDeal();
  const deliverableId = await files.deliverableOf(dealId);
  const image = await files.store(files.influencer, dealId);
  const video = await files.store(files.influencer, dealId, SAMPLES.mp4);
  await files.submit(files.influencer, deliverableId, [image.id, video.id]);
  return { dealId, version: { deliverableId, number: 1 }, image, video };
}
type Version = Awaited<ReturnType<typeof newVersion>>['version'];

const actorOf = (who: Someone | Actor): Promise<Actor> | Actor => ('kind' in who ? who : world.actor(who));

async function comment(who: Someone | Actor, version: Version, text: string, more: object = {}) {
  const command = {
    actor: await actorOf(who),
    version,
    text,
    pin: null,
    idempotencyKey: `key-${(keys += 1)}`,
    ...more,
  };
  return world.get(CommentOnVersion).execute(command);
}

async function listed(who: Someone | Actor, version: Version, first = 20, after: string | null = null) {
  const query = { actor: await actorOf(who), versions: [version], page: { first, after } };
  const [page] = await world.get(ListComments).execute(query);
  if (!page) throw new Error('There is no page.');
  return page;
}

const textsSeen = async (who: Someone | Actor, version: Version) =>
  (await listed(who, version)).rows.map(({ node }) => node.comment.text);

const resolve = async (who: Someone, commentId: string, resolved = true) =>
  world.get(ResolveComment).execute({ actor: await world.actor(who), commentId, resolved });

const pinAt = (fileId: string, position: object = {}) => ({
  pin: { fileId, atMs: null, xPermille: null, yPermille: null, ...position },
});

describe('comments on a version', () => {
  it('are of both sides, in the order in which they were written, page by page', async () => {
    const { version } = await newVersion();
    const { brand, influencer, agency } = files;
    for (const [who, text] of [
      [brand, 'Too dark'],
      [influencer, 'At noon?'],
      [agency, 'Or inside'],
    ] as const) {
      await comment(who, version, text);
    }
    const { rows, totalCount, hasNextPage } = await listed(brand, version, 2);
    expect(rows.map(({ node }) => [node.party.name, node.own, node.comment.text])).toEqual([
      ['Maison Aurore', true, 'Too dark'],
      ['Yuki Tanaka', false, 'At noon?'],
    ]);
    expect([totalCount, hasNextPage]).toEqual([3, true]);
    const next = await listed(brand, version, 2, rows.at(-1)?.cursor ?? null);
    expect(next).toMatchObject({ rows: [{ node: { party: { name: 'Sakura Talent' } } }], hasNextPage: false });
    await expect(listed(brand, version, 2, 'x')).rejects.toThrow(InvalidInput);
  });

  it('point at files of their own version, and at places that those have', async () => {
    const [one, other] = [await newVersion(), await newVersion()];
    const at = { atMs: 1_500 };
    await comment(files.brand, one.version, 'Here', pinAt(one.video.id, at));
    await comment(files.brand, one.version, 'And here', pinAt(one.image.id, { xPermille: 500, yPermille: 0 }));
    expect((await listed(files.brand, one.version)).rows.map(({ node }) => node.comment.pin)).toMatchObject([
      { fileId: one.video.id, atMs: 1_500 },
      { fileId: one.image.id, xPermille: 500, yPermille: 0 },
    ]);
    for (const bad of [pinAt(other.video.id, at), pinAt(one.image.id, at)]) {
      await expect(comment(files.brand, one.version, 'x', bad)).rejects.toThrow(InvalidCommentPin);
    }
  });

  it('are written once under a key, however often and from however many at once', async () => {
    const { version, image } = await newVersion();
    const again = { idempotencyKey: 'the same' };
    const all = await Promise.all(Array.from({ length: 6 }, () => comment(files.brand, version, 'Once', again)));
    expect(new Set(all.map((one) => one.comment.id)).size).toBe(1);
    for (const different of [
      comment(files.brand, version, 'Twice', again),
      comment(files.brand, version, 'Once', { ...again, ...pinAt(image.id) }),
    ]) {
      await expect(different).rejects.toThrow(IdempotencyConflict);
    }
    await comment(files.influencer, version, 'Her own key', again);
    expect(await textsSeen(files.brand, version)).toEqual(['Once', 'Her own key']);
  });

  it('are numbered without a gap where many write at once', async () => {
    const { version } = await newVersion();
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, place) =>
        comment(place % 2 ? files.brand : files.agency, version, `No. ${place}`),
      ),
    );
    const numbers = all.map((one) => one.comment.number).toSorted((one, two) => one - two);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  });

  it('are dealt with, and opened again, by either side', async () => {
    const { version } = await newVersion();
    const { comment: written } = await comment(files.brand, version, 'Too dark');
    const first = await resolve(files.agency, written.id);
    expect(first).toMatchObject({ resolvedBy: { name: 'Sakura Talent' }, own: false });
    world.clock.advanceDays(1);
    expect(await resolve(files.brand, written.id)).toMatchObject({ comment: first.comment });
    expect(await resolve(files.brand, written.id, false)).toMatchObject({
      comment: { resolution: null },
      resolvedBy: null,
    });
    expect((await listed(files.brand, version)).rows[0]?.node.comment.resolution).toBeNull();
  });

  it('are for those who may act in the deal, on versions that are there', async () => {
    const { version } = await newVersion();
    const { comment: written } = await comment(files.brand, version, 'Ours');
    const rivals = [await world.signUpBrand('Rival'), await world.signUpInfluencer('Rival')];
    for (const rival of rivals) {
      await expect(comment(rival, version, 'x')).rejects.toThrow(NotFound);
      await expect(resolve(rival, written.id)).rejects.toThrow(NotFound);
      expect(await listed(rival, version)).toEqual({ rows: [], totalCount: 0, hasNextPage: false });
    }
    const manager = await world.actor(files.brand);
    const viewer = { ...manager, memberships: manager.memberships.map((one) => ({ ...one, role: 'viewer' as const })) };
    await expect(comment(viewer, version, 'x')).rejects.toThrow(Forbidden);
    expect(await textsSeen(viewer, version)).toEqual(['Ours']);
    await expect(comment(files.brand, { ...version, number: 2 }, 'x')).rejects.toThrow(NotFound);
    await expect(comment(files.brand, version, ' ')).rejects.toThrow(InvalidInput);
  });

  it('are announced without what was said', async () => {
    const { dealId, version } = await newVersion();
    const { comment: written } = await comment(files.brand, version, 'Between us');
    const { rows } = await owner.query(
      `select payload from platform.outbox where type = 'deals.comment_written' and subject_id = $1`,
      [dealId],
    );
    expect(rows).toEqual([
      {
        payload: {
          dealId,
          deliverableId: version.deliverableId,
          version: 1,
          commentId: written.id,
          authorId: files.brand.userId,
          partyId: files.brand.partyId,
          brandId: files.brand.partyId,
          influencerId: files.influencer.partyId,
          agencyId: null,
          occurredAt: world.clock.now().toISOString(),
        },
      },
    ]);
  });

  it('are no answer: the silence of the brand still approves, once by two runs at once', async () => {
    const { dealId, version } = await newVersion();
    const due = async () => (await world.deal(files.brand, dealId)).deliverables[0]?.progress.autoApproveAt;
    const before = await due();
    world.clock.advanceDays(6);
    await comment(files.brand, version, 'Still looking');
    expect(await due()).toEqual(before);
    world.clock.advanceDays(1);
    const run = () => world.get(AutoApproveDeliverables).execute({ now: world.clock.now(), limit: 100 });
    const approvals = async () => {
      const { rows } = await owner.query(
        `select count(*)::integer as n from deals.state_changes where deal_id = $1 and event = 'deliverable_approved'`,
        [dealId],
      );
      return rows[0].n as number;
    };
    expect(await approvals()).toBe(0);
    await Promise.all([run(), run(), run()]);
    expect(await approvals()).toBe(1);
    expect((await world.deal(files.brand, dealId)).deliverables[0]?.versions).toMatchObject([
      { number: 1, outcome: 'auto_approved', decidedAt: world.clock.now(), feedback: null },
    ]);
    await comment(files.brand, version, 'Lovely');
  });
});

describe('row-level security', () => {
  it('shows comments to the people of the deal and to operators, and to nobody else', async () => {
    const { version } = await newVersion();
    await comment(files.brand, version, 'Ours');
    const operator = await world.operator();
    for (const who of [files.brand, files.influencer, files.agency, operator]) {
      expect(await textsSeen(who, version)).toEqual(['Ours']);
    }
    const finance = { ...operator, staffRoles: ['finance_approver'] as const };
    for (const who of [finance, ANONYMOUS]) expect(await textsSeen(who, version)).toEqual([]);
  });

  it('lets nobody change or delete what was said, nor say it in the name of another', async () => {
    const { version } = await newVersion();
    await comment(files.brand, version, 'As it was');
    const actor = await world.actor(files.brand);
    for (const statement of [`update deals.version_comments set text = 'x'`, 'delete from deals.version_comments']) {
      await expect(world.sql(actor, statement)).rejects.toThrow(/permission denied/);
    }
    const forge = `insert into deals.version_comments (id, deal_id, brand_id, influencer_id, deliverable_id, version_number,
        number, author_id, party_id, text, idempotency_key, written_at)
      select gen_random_uuid(), deal_id, brand_id, influencer_id, deliverable_id, 1, 2, $2, $3, 'x', 'x', now()
      from deals.version_comments where deliverable_id = $1`;
    for (const [author, party] of [
      [files.influencer.userId, files.brand.partyId],
      [files.brand.userId, files.influencer.partyId],
    ]) {
      await expect(world.sql(actor, forge, [version.deliverableId, author, party])).rejects.toThrow(
        /row-level security/,
      );
    }
  });
});
