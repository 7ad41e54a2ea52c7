import { Forbidden, InvalidInput, NotFound, UnknownTimeZone } from '@evenhand/kernel';
import { AddChannel } from '@evenhand/parties';
import type { Client } from 'pg';
import { briefIn, cashIn, limitsIn } from '../../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../../test/support/deal-world';
import { withDealWorld } from '../../../../../test/support/with-deal-world';
import type { Counts } from '../../domain/metrics/reading';
import { NO_COUNTS } from '../../domain/metrics/reading';
import { DeliverableNotPublished, MetricsAlreadyRead, MetricsFell } from '../../domain/publication/errors';
import { ApproveDeliverable } from '../approve-deliverable';
import { PublishDeliverable } from '../publication/publish-deliverable';
import { SubmitDeliverable } from '../submit-deliverable';
import { ReadMetrics } from './read-metrics';
import { RecordMetrics } from './record-metrics';

let world: DealWorld;
let brand: Someone;
let mika: Someone;
let owner: Client;
let posts = 0;

const TOLD = `select count(*)::integer as times from platform.outbox
  where type = 'deals.note_exploded' and payload->>'subjectId' = $1`;

withDealWorld(async (made, connection) => {
  world = made;
  owner = connection;
  brand = await world.signUpBrand();
  mika = await world.signUpInfluencer('Mika');
  await world.credit(brand, 'EUR', 100_000_000n);
  const actor = await world.actor(mika);
  const audience = { countries: [], ages: [], genders: [] };
  const channel = {
    platform: 'xiaohongshu',
    handle: '美佳',
    url: 'https://www.xiaohongshu.com/user/profile/5f',
  } as const;
  await world.get(AddChannel).execute({ actor, ...channel, followers: 30_000n, audience });
});

async function approvedNote(): Promise<string> {
  const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
  const dealId = await world.accept(brand, await world.bid(campaignId, mika, cashIn('EUR')));
  await world.fund(brand, dealId);
  const { deliverables } = await world.deal(brand, dealId);
  const deliverableId = deliverables.find(({ kind }) => kind === 'image_note')?.id ?? '';
  const work = { actor: await world.actor(mika), deliverableId, caption: '#广告', mediaUrls: [] };
  await world.get(SubmitDeliverable).execute(work);
  await world.get(ApproveDeliverable).execute({ actor: await world.actor(brand), deliverableId });
  return deliverableId;
}

async function publishedNote(): Promise<string> {
  const deliverableId = await approvedNote();
  const liveUrl = `https://www.xiaohongshu.com/explore/m${(posts += 1)}`;
  await world.get(PublishDeliverable).execute({ actor: await world.actor(mika), deliverableId, liveUrl });
  return deliverableId;
}

interface Told {
  readonly by?: Someone;
  readonly readAt?: Date;
  readonly correction?: string;
}

async function record(deliverableId: string, told: Partial<Counts>, { by = mika, readAt, correction }: Told = {}) {
  const at = readAt ?? world.clock.now();
  const counts = { ...NO_COUNTS, ...told };
  const command = { deliverableId, readAt: at, counts, correction: correction ?? null };
  await world.get(RecordMetrics).execute({ actor: await world.actor(by), ...command });
}

async function latest(deliverableId: string, by = brand) {
  const query = { actor: await world.actor(by), deliverableIds: [deliverableId] };
  return (await world.get(ReadMetrics).latest(query))[0];
}

async function page(deliverableId: string, first: number, after: string | null = null, by = brand) {
  const query = { actor: await world.actor(by), deliverableIds: [deliverableId], page: { first, after } };
  return (await world.get(ReadMetrics).pages(query))[0];
}

const EXPLOSIONS = `select note from deals.state_changes where subject_id = $1 and event = 'note_exploded'`;
const explosions = async (deliverableId: string) => world.sql(await world.actor(brand), EXPLOSIONS, [deliverableId]);

describe('readings of a post', () => {
  it('are recorded by either side, latest first, page by page', async () => {
    const note = await publishedNote();
    for (const [index, by] of [mika, brand, mika].entries()) {
      await record(note, { views: BigInt(100 * (index + 1)) }, { by });
      world.clock.advanceDays(1);
    }
    const first = await page(note, 2);
    expect(first?.rows.map(({ node }) => [node.counts.views, node.source])).toEqual([
      [300n, 'influencer'],
      [200n, 'brand'],
    ]);
    expect(first).toMatchObject({ totalCount: 3, hasNextPage: true });
    const second = await page(note, 2, first?.rows.at(-1)?.cursor);
    expect(second?.rows.map(({ node }) => node.counts.views)).toEqual([100n]);
    await expect(page(note, 2, 'nonsense')).rejects.toThrow(InvalidInput);
  });

  it('are nobody else’s, and of published posts alone', async () => {
    const note = await publishedNote();
    await record(note, { likes: 5n });
    const rival = await world.signUpBrand('Rival');
    await expect(record(note, { likes: 6n }, { by: rival })).rejects.toThrow(NotFound);
    expect(await latest(note, rival)).toBeNull();
    expect(await page(note, 5, null, rival)).toMatchObject({ rows: [], totalCount: 0 });
    await expect(record(await approvedNote(), { likes: 6n })).rejects.toThrow(DeliverableNotPublished);
    const viewer = {
      ...(await world.actor(brand)),
      memberships: [{ partyId: brand.partyId, kind: 'brand', role: 'viewer' }],
    };
    const command = {
      deliverableId: note,
      readAt: world.clock.now(),
      counts: { ...NO_COUNTS, likes: 9n },
      correction: null,
    };
    await expect(world.get(RecordMetrics).execute({ actor: viewer as never, ...command })).rejects.toThrow(Forbidden);
  });

  it('are written once: the same again is the same, another of the instant is refused', async () => {
    const note = await publishedNote();
    await record(note, { likes: 5n });
    await record(note, { likes: 5n }, { by: brand });
    expect((await page(note, 5))?.totalCount).toBe(1);
    await expect(record(note, { likes: 6n })).rejects.toThrow(MetricsAlreadyRead);
    for (const change of ['update deals.metric_readings set likes = 9', 'delete from deals.metric_readings']) {
      await expect(world.sql(await world.actor(mika), change)).rejects.toThrow(/permission denied/);
    }
  });

  it('never fall without a reason, and fit among those there are', async () => {
    const note = await publishedNote();
    const start = world.clock.now();
    world.clock.advanceDays(1);
    await record(note, { views: 100n, likes: 10n });
    world.clock.advanceDays(1);
    await record(note, { likes: 20n });
    world.clock.advanceDays(1);
    // Views are carried over from the reading before the last.
    await expect(record(note, { views: 99n })).rejects.toThrow(MetricsFell);
    await expect(record(note, { views: 101n }, { readAt: start })).rejects.toThrow(MetricsFell);
    await record(note, { views: 50n }, { readAt: start });
    await record(note, { views: 90n }, { correction: 'Typed wrongly' });
    expect((await latest(note))?.counts).toEqual({ ...NO_COUNTS, views: 90n, likes: 20n });
    world.clock.advanceDays(1);
    await record(note, { views: 95n });
    const twoDaysIn = new Date(start.getTime() + 2.5 * 86_400_000);
    await record(note, { views: 150n }, { readAt: twoDaysIn });
  });

  it('grow by the day of a zone', async () => {
    const note = await publishedNote();
    const evening = new Date(world.clock.now().getTime() + 8 * 3_600_000);
    world.clock.advanceDays(2);
    await record(note, { views: 100n }, { readAt: evening });
    await record(note, { views: 260n });
    const query = { actor: await world.actor(brand), deliverableIds: [note] };
    const grown = async (timeZone: string) =>
      (await world.get(ReadMetrics).byDay({ ...query, timeZone }))[0]?.map(({ day, difference }) => [
        day,
        difference.views,
      ]);
    const [inUtc, inTokyo] = [await grown('UTC'), await grown('Asia/Tokyo')];
    expect(inUtc?.map(([, views]) => views)).toEqual([100n, 160n]);
    // 17:00 in London's winter is the next day in Tokyo.
    expect(String(inTokyo?.[0]?.[0]) > String(inUtc?.[0]?.[0])).toBe(true);
    await expect(grown('Mars/Olympus')).rejects.toThrow(UnknownTimeZone);
  });
});

describe('an explosive note', () => {
  it('is flagged once, by the first reading that makes it one, whatever is read later', async () => {
    const note = await publishedNote();
    await record(note, { likes: 1_499n });
    expect(await explosions(note)).toEqual([]);
    world.clock.advanceDays(6);
    await record(note, { likes: 1_500n });
    const flaggedAt = world.clock.now();
    expect(await explosions(note)).toEqual([{ note: 'share_of_followers' }]);
    world.clock.advanceDays(1);
    await record(note, { likes: 12_000n });
    world.clock.advanceDays(1);
    await record(note, { likes: 3n }, { correction: 'Another post’s' });
    expect(await explosions(note)).toHaveLength(1);
    const sql = 'select read_at, rule, likes, followers from deals.explosive_notes where deliverable_id = $1';
    const [kept] = await world.sql(await world.actor(brand), sql, [note]);
    expect(kept).toEqual({ read_at: flaggedAt, rule: 'share_of_followers', likes: '1500', followers: '30000' });
    const { rows } = await owner.query(TOLD, [note]);
    expect(rows).toEqual([{ times: 1 }]);
  });

  it('is flagged once by two readings at the same time', async () => {
    const note = await publishedNote();
    const start = world.clock.now();
    world.clock.advanceDays(10);
    const at = (minutes: number) => ({ readAt: new Date(start.getTime() + minutes * 60_000) });
    await Promise.all([record(note, { likes: 20_000n }, at(1)), record(note, { likes: 20_000n }, at(2))]);
    expect(await explosions(note)).toEqual([{ note: 'likes' }]);
  });
});
