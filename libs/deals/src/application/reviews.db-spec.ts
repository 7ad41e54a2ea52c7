import {
  type Actor,
  ANONYMOUS,
  Forbidden,
  InvalidInput,
  NotFound,
  type PersonActor,
  systemActor,
  UnitOfWork,
} from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Client } from 'pg';
import { completedDeal, finishedDeal } from '../../../../test/support/completed-deal';
import { everyKind } from '../../../../test/support/deal-samples';
import { DealWorld, type Someone } from '../../../../test/support/deal-world';
import { DealNotCompleted, ReviewAlreadyVisible, ReviewTooLate } from '../domain/errors';
import { ListReviews } from './list-reviews';
import { ReadDealReviews } from './read-deal-reviews';
import { ReadRatings } from './read-ratings';
import { WriteReview } from './write-review';

const MS_IN_DAYS = 1 / 86_400_000;

let world: DealWorld;
let brand: Someone;
let influencer: Someone;
let agency: Someone;
let mandateId: string;
let stranger: PersonActor;
let operator: Actor;

beforeAll(async () => {
  world = await DealWorld.open();
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
  ({ mandateId } = await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' })));
  stranger = await world.actor(await world.signUpBrand('Rival'));
  operator = await world.operator();
}, 60_000);

afterAll(() => world.close());

async function write(by: Someone, dealId: string, stars = 5, text = 'Prompt and fair.') {
  return world.get(WriteReview).execute({ actor: await world.actor(by), dealId, stars, text });
}

/** Which sides' reviews of the deal they read: through the use case, and past it with the rights of their rows alone. */
async function seenBy(actor: Actor, dealId: string) {
  const [reviews] = await world.get(ReadDealReviews).execute({ actor, dealIds: [dealId] });
  const rows: { side: string }[] = await world.get(UnitOfWork).run(actor, async (tx) => {
    await managerOf(tx).query("select set_config('evenhand.reading_at', $1, true)", [world.clock.now().toISOString()]);
    return managerOf(tx).query('select side from deals.reviews where deal_id = $1 order by side', [dealId]);
  });
  const sides = reviews?.map(({ side }) => side) ?? [];
  expect(rows.map(({ side }) => side)).toEqual(sides);
  return sides.join(' ');
}

async function seenByAll(dealId: string) {
  const [asBrand, asInfluencer, asAgency] = await Promise.all(
    [brand, influencer, agency].map((one) => world.actor(one)),
  );
  return {
    brand: await seenBy(asBrand as Actor, dealId),
    influencer: await seenBy(asInfluencer as Actor, dealId),
    agency: await seenBy(asAgency as Actor, dealId),
    stranger: await seenBy(stranger, dealId),
    operator: await seenBy(operator, dealId),
  };
}

const BOTH = 'brand influencer';
const EVERYBODY_BOTH = { brand: BOTH, influencer: BOTH, agency: BOTH, stranger: BOTH, operator: BOTH };

describe('a review', () => {
  it('is hidden from all but its side and operators until both sides wrote', async () => {
    const dealId = await completedDeal(world, brand, influencer);
    await write(brand, dealId);
    expect(await seenByAll(dealId)).toEqual({
      brand: 'brand',
      influencer: '',
      agency: '',
      stranger: '',
      operator: 'brand',
    });
    await write(influencer, dealId, 4);
    expect(await seenByAll(dealId)).toEqual(EVERYBODY_BOTH);
    expect(await seenBy(ANONYMOUS, dealId)).toBe('');
  });

  it('is visible 14 days after completion where it stays alone, and not a moment before', async () => {
    const dealId = await completedDeal(world, brand, influencer);
    await write(influencer, dealId);
    world.clock.advanceDays(14 - MS_IN_DAYS);
    expect(await seenByAll(dealId)).toEqual({
      brand: '',
      influencer: 'influencer',
      agency: 'influencer',
      stranger: '',
      operator: 'influencer',
    });
    world.clock.advanceDays(MS_IN_DAYS);
    expect(await seenBy(stranger, dealId)).toBe('influencer');
    await write(brand, dealId);
    expect(await seenByAll(dealId)).toEqual(EVERYBODY_BOTH);
  });

  it('may be replaced until it is visible, and is one review all the same', async () => {
    const dealId = await completedDeal(world, brand, influencer);
    const first = await write(brand, dealId, 2, 'Late.');
    world.clock.advanceDays(1);
    const second = await write(brand, dealId, 5, 'Late, but it was our fault.');
    expect(second).toMatchObject({ id: first.id, stars: 5, visibleFrom: first.visibleFrom });
    const [mine] = await world.get(ReadDealReviews).execute({ actor: await world.actor(brand), dealIds: [dealId] });
    expect(mine).toEqual([second]);
    await write(influencer, dealId);
    await expect(write(brand, dealId, 1)).rejects.toThrow(ReviewAlreadyVisible);
    await expect(write(influencer, dealId, 1)).rejects.toThrow(ReviewAlreadyVisible);
  });

  it('is written of a completed deal, within 60 days', async () => {
    await expect(write(brand, await finishedDeal(world, brand, influencer))).rejects.toThrow(DealNotCompleted);
    const dealId = await completedDeal(world, brand, influencer);
    world.clock.advanceDays(60);
    expect(await write(brand, dealId)).toMatchObject({ visibleFrom: world.clock.now() });
    world.clock.advanceDays(MS_IN_DAYS);
    await expect(write(influencer, dealId)).rejects.toThrow(ReviewTooLate);
  });

  it('tells other contexts that it was written, and not what it says', async () => {
    const dealId = await completedDeal(world, brand, influencer);
    const { id } = await write(brand, dealId, 1, 'A secret opinion.');
    const rows = await world.sql(
      systemActor('test'),
      "select payload from platform.outbox where type = 'deals.review_written' and subject_id = $1",
      [dealId],
    );
    expect(rows).toMatchObject([{ payload: { reviewId: id, side: 'brand', dealId } }]);
    expect(JSON.stringify(rows)).not.toMatch(/secret opinion|stars/);
  });
});

describe('reviews written at once', () => {
  it('by both sides are visible at once, every time', async () => {
    for (let round = 0; round < 8; round += 1) {
      const dealId = await completedDeal(world, brand, influencer);
      await Promise.all([write(brand, dealId), write(influencer, dealId)]);
      expect(await seenBy(stranger, dealId)).toBe(BOTH);
    }
  });

  it('by one side are one review', async () => {
    const dealId = await completedDeal(world, brand, influencer);
    const written = await Promise.all([1, 2, 3, 4].map((stars) => write(brand, dealId, stars)));
    expect(new Set(written.map(({ id }) => id)).size).toBe(1);
    expect(await seenBy(operator, dealId)).toBe('brand');
  });
});

describe('whoever writes', () => {
  it('is one of the two sides, by a role that acts', async () => {
    const dealId = await completedDeal(world, brand, influencer);
    const asStranger = { actor: stranger, dealId, stars: 1, text: '' };
    await expect(world.get(WriteReview).execute(asStranger)).rejects.toThrow(NotFound);
    await expect(world.get(WriteReview).execute({ ...asStranger, actor: operator })).rejects.toThrow(Forbidden);
    const member = await world.actor(brand);
    const memberships = member.memberships.map((one) => ({ ...one, role: 'viewer' as const }));
    const viewer = { ...member, memberships };
    await expect(world.get(WriteReview).execute({ ...asStranger, actor: viewer })).rejects.toThrow(Forbidden);
  });

  it('may be the agency for its influencer, as long as its mandate lasts', async () => {
    const dealId = await completedDeal(world, brand, influencer);
    expect(await write(agency, dealId)).toMatchObject({ side: 'influencer', author: { id: influencer.partyId } });
    await world.endMandate(agency, mandateId);
    await expect(write(agency, dealId)).rejects.toThrow(NotFound);
    expect(await seenBy(await world.actor(agency), dealId)).toBe('');
    expect(await seenBy(await world.actor(influencer), dealId)).toBe('influencer');
  });

  it('cannot go past the rules by statements of its own', async () => {
    const dealId = await completedDeal(world, brand, influencer);
    const forge = `insert into deals.reviews (id, deal_id, brand_id, influencer_id, side, stars, text, written_at, visible_from)
      values (gen_random_uuid(), $1, $2, $3, $4, 5, '', now(), now())`;
    const asBrand = await world.actor(brand);
    const sides = [brand.partyId, influencer.partyId];
    await expect(world.sql(asBrand, forge, [dealId, ...sides, 'influencer'])).rejects.toThrow(/row-level security/);
    await expect(world.sql(stranger, forge, [dealId, ...sides, 'brand'])).rejects.toThrow(/row-level security/);
    const running = await finishedDeal(world, brand, influencer);
    await expect(world.sql(asBrand, forge, [running, ...sides, 'brand'])).rejects.toThrow(/row-level security/);
    await world.sql(asBrand, forge, [dealId, ...sides, 'brand']);
    await expect(world.sql(asBrand, forge, [dealId, ...sides, 'brand'])).rejects.toThrow(/reviews_one_per_side/);
    const change = 'update deals.reviews set stars = 1 where deal_id = $1 returning 1';
    expect(await world.sql(asBrand, change, [dealId])).toEqual([[], 0]);
  });
});

describe('the reviews of a party', () => {
  const list = (partyId: string, first: number, after: string | null = null, actor: Actor = stranger) =>
    world.get(ListReviews).execute({ actor, partyId, page: { first, after } });

  it('are its visible ones, latest first, page by page, with what they come to', async () => {
    const rated = await world.signUpInfluencer();
    expect(await list(rated.partyId, 10)).toMatchObject({
      rows: [],
      totalCount: 0,
      rating: { count: 0, average: null },
    });
    const ids: string[] = [];
    for (const stars of [5, 4, 4]) {
      const dealId = await completedDeal(world, brand, rated);
      ids.unshift((await write(brand, dealId, stars)).id);
      await write(rated, dealId, 1);
    }
    await write(brand, await completedDeal(world, brand, rated), 1);
    const page = await list(rated.partyId, 2);
    expect(page).toMatchObject({ totalCount: 3, hasNextPage: true, rating: { count: 3, average: 4.33 } });
    // Whoever may read the hidden one finds it at its deal, and not among these.
    for (const actor of [operator, await world.actor(brand)]) {
      const theirs = await list(rated.partyId, 10, null, actor);
      expect(theirs).toMatchObject({ totalCount: 3, rating: { count: 3 } });
      expect(theirs.rows).toHaveLength(3);
    }
    const ratings = await world
      .get(ReadRatings)
      .execute({ actor: operator, partyIds: [stranger.memberships[0]?.partyId ?? '', rated.partyId] });
    expect(ratings).toEqual([{ count: 0, average: null }, page.rating]);
    const rest = await list(rated.partyId, 2, page.rows[1]?.cursor);
    expect(rest.hasNextPage).toBe(false);
    expect([...page.rows, ...rest.rows].map(({ node }) => node.id)).toEqual(ids);
    expect(page.rows[0]?.node).toMatchObject({ author: { id: brand.partyId }, subject: { id: rated.partyId } });
    world.clock.advanceDays(14);
    expect(await list(rated.partyId, 10)).toMatchObject({ totalCount: 4, rating: { count: 4, average: 3.5 } });
  });

  it('are not of a party that never was, nor after a cursor of somebody else', async () => {
    await expect(list('0198c0de-0000-7000-8000-000000000001', 10)).rejects.toThrow(NotFound);
    const foreign = Buffer.from('["yesterday","1"]').toString('base64url');
    await expect(list(influencer.partyId, 10, foreign)).rejects.toThrow(InvalidInput);
  });

  it('are read by as many statements for many deals as for one', async () => {
    const dealIds: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const dealId = await completedDeal(world, brand, influencer);
      await write(brand, dealId);
      dealIds.push(dealId);
    }
    const actor = await world.actor(brand);
    const asked = jest.spyOn(Client.prototype, 'query');
    await world.get(ReadDealReviews).execute({ actor, dealIds: dealIds.slice(0, 1) });
    const forOne = asked.mock.calls.length;
    const reviews = await world.get(ReadDealReviews).execute({ actor, dealIds });
    expect(asked.mock.calls.length).toBe(2 * forOne);
    expect(forOne).toBeGreaterThan(2);
    asked.mockRestore();
    expect(reviews.map((ofDeal) => ofDeal.map(({ dealId }) => dealId))).toEqual(dealIds.map((id) => [id]));
  });
});
