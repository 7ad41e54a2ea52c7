import { toGlobalId } from '../../apps/api/src/graphql/types/global-id';
import { completedDeal, finishedDeal } from '../support/completed-deal';
import { DealWorld, type SignedUpSomeone, StandingClock } from '../support/deal-world';
import { GraphqlClient } from '../support/graphql-client';
import { type RunningProduct, startProduct } from '../support/running-product';

const WRITTEN = 'id side stars text author { name } subject { name } visibleFrom';
const REVIEWS = 'query ($id: ID!) { deal(id: $id) { reviews { side stars text } } }';
const ABOUT = `query ($id: ID!, $after: String) { reviews(partyId: $id, first: 1, after: $after) {
  totalCount rating { count average } pageInfo { hasNextPage endCursor } edges { node { side stars author { name } } } } }`;

let world: DealWorld;
let product: RunningProduct;
let influencer: SignedUpSomeone;
let asBrand: GraphqlClient;
let asInfluencer: GraphqlClient;
let asRival: GraphqlClient;
let dealId: string;
let dealOf20DaysAgo: string;
let dealOf61DaysAgo: string;

/** A deal that was completed so many days ago. */
async function completedAgo(days: number, brand: SignedUpSomeone): Promise<string> {
  world.clock.advanceDays(-days);
  const id = await completedDeal(world, brand, influencer);
  world.clock.advanceDays(days);
  return toGlobalId('deal', id);
}

beforeAll(async () => {
  world = await DealWorld.open(new StandingClock(new Date()));
  const brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  const rival = await world.signUpBrand('Rival');
  dealId = toGlobalId('deal', await finishedDeal(world, brand, influencer));
  dealOf20DaysAgo = await completedAgo(20, brand);
  dealOf61DaysAgo = await completedAgo(61, brand);
  product = await startProduct({ databaseUrl: world.databaseUrl, withWorker: false });
  const browserOf = ({ token }: SignedUpSomeone) => new GraphqlClient(product.url, null, `evenhand_session=${token}`);
  [asBrand, asInfluencer, asRival] = [browserOf(brand), browserOf(influencer), browserOf(rival)];
}, 90_000);

afterAll(async () => {
  await product?.stop();
  await world?.close();
});

const write = (client: GraphqlClient, stars: number, text: string, id = dealId) =>
  client.mutate('writeReview', 'Review', { dealId: id, stars, text }, WRITTEN);
const reviewsSeenBy = async (client: GraphqlClient) => (await client.ask(REVIEWS, { id: dealId }))['deal'].reviews;
/** As her profile and the sides of the viewer's deals show it. */
const ratingsShown = `query ($id: ID!) { influencer(id: $id) { rating { count average } }
  deals { edges { node { influencer { rating { count average } } reviews { stars } } } } }`;
const aboutInfluencer = async (client: GraphqlClient, after: string | null = null) =>
  (await client.ask(ABOUT, { id: toGlobalId('party', influencer.partyId), after }))['reviews'];

describe('reviews of a deal over HTTP', () => {
  it('wait for its completion', async () => {
    expect(await write(asBrand, 5, 'Wonderful.')).toMatchObject({
      __typename: 'DealNotCompleted',
      code: 'DEAL_NOT_COMPLETED',
    });
    await asBrand.succeed('completeDeal', 'Deal', { dealId }, 'state');
  });

  it('are refused by the name of the rule they break', async () => {
    const codes = [
      await write(asBrand, 0, ''),
      await write(asBrand, 6, ''),
      await write(asBrand, 5, 'x'.repeat(2_001)),
      await write(asBrand, 5, '', dealOf61DaysAgo),
    ].map(({ __typename }) => __typename);
    expect(codes).toEqual(['InvalidStars', 'InvalidStars', 'InvalidReviewText', 'ReviewTooLate']);
  });

  it('are hidden from the other side while one has written, and may be replaced', async () => {
    const first = await write(asBrand, 3, 'Good.');
    expect(first).toMatchObject({ side: 'BRAND', author: { name: 'Maison Aurore' }, subject: { name: 'Yuki Tanaka' } });
    expect(await write(asBrand, 4, ' Very good. ')).toMatchObject({ id: first.id, stars: 4, text: 'Very good.' });
    expect(await reviewsSeenBy(asBrand)).toEqual([{ side: 'BRAND', stars: 4, text: 'Very good.' }]);
    expect(await reviewsSeenBy(asInfluencer)).toEqual([]);
    for (const client of [asBrand, asInfluencer, asRival]) {
      expect(await aboutInfluencer(client)).toMatchObject({
        totalCount: 0,
        rating: { count: 0, average: null },
        edges: [],
      });
    }
  });

  it('are there for both once both wrote, and stay as they are', async () => {
    await write(asInfluencer, 5, '');
    const both = [
      { side: 'BRAND', stars: 4, text: 'Very good.' },
      { side: 'INFLUENCER', stars: 5, text: '' },
    ];
    expect(await reviewsSeenBy(asBrand)).toEqual(both);
    expect(await reviewsSeenBy(asInfluencer)).toEqual(both);
    expect(await write(asBrand, 1, 'Terrible.')).toMatchObject({ __typename: 'ReviewAlreadyVisible' });
  });

  it('are visible to everybody signed in, page by page, with their average; alone after 14 days', async () => {
    await write(asBrand, 1, 'Late.', dealOf20DaysAgo);
    const page = await aboutInfluencer(asRival);
    expect(page).toMatchObject({
      totalCount: 2,
      rating: { count: 2, average: 2.5 },
      edges: [{ node: { side: 'BRAND', stars: 1, author: { name: 'Maison Aurore' } } }],
    });
    const next = await aboutInfluencer(asRival, page.pageInfo.endCursor);
    expect(next).toMatchObject({ pageInfo: { hasNextPage: false }, edges: [{ node: { stars: 4 } }] });
    const shown = await asBrand.ask(ratingsShown, { id: toGlobalId('party', influencer.partyId) });
    expect(shown['influencer'].rating).toEqual(page.rating);
    const deals = shown['deals'].edges.map(({ node }: { node: unknown }) => node);
    expect(deals).toEqual(
      [[{ stars: 4 }, { stars: 5 }], [{ stars: 1 }], []].map((reviews) => ({
        influencer: { rating: page.rating },
        reviews,
      })),
    );
  });

  it('are nothing that others could write, and nothing for nobody', async () => {
    const input = { dealId, stars: 5, text: '' };
    const mutation = 'mutation ($input: WriteReviewInput!) { writeReview(input: $input) { __typename } }';
    const { errors } = await asRival.send(mutation, { input });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    const nobody = await product.client().send(ABOUT, { id: toGlobalId('party', influencer.partyId) });
    expect(nobody.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
