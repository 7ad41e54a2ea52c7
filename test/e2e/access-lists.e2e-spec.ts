import type { GraphQLSchema } from 'graphql';
import { withErrorTypes } from '../../apps/api/src/graphql/access/policy';
import type { FieldPolicy } from '../../apps/api/src/graphql/access/rules';
import { toGlobalId } from '../../apps/api/src/graphql/types/global-id';
import { policy as givenPolicy } from '../../apps/api/src/policy';
import { AccessWorld } from '../support/access/access-world';
import { apiSchema } from '../support/access/api-schema';
import { type Objects, protectedObjects } from '../support/access/demo-objects';
import {
  documentsOf,
  kindOf,
  type Operation,
  operationsWithIds,
  operationsWithoutIds,
  pick,
  variablesOf,
  variantsOf,
} from '../support/access/operations';
import { type Role, ROLES } from '../support/access/roles';
import { secretsOf } from '../support/access/secrets';
import type { GraphqlClient } from '../support/graphql-client';

/** Who is asked for everything they may see, and by which role the policy knows them. */
const READERS = {
  'a stranger': 'stranger',
  'a rival brand’s owner': 'brand owner',
  'a rival brand’s viewer': 'brand viewer',
  'a brand that works with the same influencer': 'brand owner',
  'a rival for the same campaign': 'influencer',
  'an unrelated influencer': 'influencer',
  'an unrelated agency’s owner': 'agency member',
} as const satisfies Readonly<Record<string, Role>>;
type Reader = keyof typeof READERS;

let world: AccessWorld;
let schema: GraphQLSchema;
let policy: FieldPolicy;
let theirs: Objects;
let secrets: readonly string[];
let publishedId: string;
let clients: Readonly<Record<Reader, GraphqlClient>>;

beforeAll(async () => {
  schema = await apiSchema();
  policy = withErrorTypes(givenPolicy, schema);
  world = await AccessWorld.open({ withDemo: true });
  await world.sealAll();
  theirs = await protectedObjects(world, schema);
  secrets = await secretsOf(world, theirs);
  const [published] = await world.sql<{ id: string }>(
    "select id from campaigns.campaigns where title like 'Lumette ouvre%'",
  );
  publishedId = toGlobalId('campaign', published?.id ?? '');
  const brand = await world.signUpBrand();
  clients = {
    'a stranger': world.product.client(),
    'a rival brand’s owner': brand.client,
    'a rival brand’s viewer': (await world.colleague(brand, 'VIEWER')).client,
    'a brand that works with the same influencer': await world.demo('haruto'),
    'a rival for the same campaign': await world.demo('chloe'),
    'an unrelated influencer': (await world.signUpInfluencer()).client,
    'an unrelated agency’s owner': (await world.signUpAgency()).client,
  };
}, 120_000);

afterAll(() => world?.close());

it.each(Object.keys(READERS) as Reader[])(
  '%s finds no secret of a deal in everything they may read',
  async (reader) => {
    const seen = await everythingSeenBy(clients[reader], READERS[reader]);
    // A deal says which mandate was in force when it was made.
    const known = reader === 'a brand that works with the same influencer' ? theirs.mandate : [];
    const secret = secrets.filter((it) => !known.some((id) => it.includes(id)));
    expect(secret.filter((it) => seen.includes(it))).toEqual([]);
  },
  60_000,
);

it('tries secrets that those whose they are do find in the same lists', async () => {
  const seen = [
    await everythingSeenBy(await world.demo('camille'), 'brand owner'),
    await everythingSeenBy(await world.demo('mika'), 'influencer'),
    await everythingSeenBy(await world.demo('aoi'), 'agency member'),
    await everythingSeenBy(await world.demo('noor'), 'finance preparer'),
  ].join('\n');
  expect(secrets.length).toBeGreaterThan(60);
  expect(secrets.filter((secret) => !seen.includes(secret))).toEqual([]);
}, 60_000);

it.each(['a rival for the same campaign', 'an unrelated influencer', 'an unrelated agency’s owner'] as const)(
  'shows %s the published campaign without what its brand would commit',
  async (reader) => {
    const { campaign } = await clients[reader].ask(
      `{ campaign(id: "${publishedId}") { title state limits { dealCap dealCount budgets { budget { amount } } } } }`,
    );
    expect(campaign).toMatchObject({ title: 'Lumette ouvre sur Xiaohongshu', limits: null });
  },
);

it('shows a rival for the same campaign their own bid and no count of the others', async () => {
  const { bids } = await clients['a rival for the same campaign'].ask(
    `{ bids(filter: { campaignId: "${publishedId}" }) { totalCount edges { node { influencerName } } } }`,
  );
  expect(bids).toEqual({ totalCount: 1, edges: [{ node: { influencerName: 'Chloé Martin' } }] });
});

/** The text of every answer: all lists unfiltered, and what is public about the campaign, the influencer and the brand. */
async function everythingSeenBy(client: GraphqlClient, role: Role): Promise<string> {
  const actor = ROLES[role];
  const lists = operationsWithoutIds(schema, policy);
  const byId = operationsWithIds(schema, policy, 'Query').filter(
    ({ paths, name }) => paths.length === 1 && name !== 'splitPreview',
  );
  const texts: string[] = [];
  for (const operation of [...lists, ...byId].filter(({ rule }) => rule.may(actor))) {
    for (const variables of everyChoice(operation)) {
      for (const document of documentsOf(operation, policy, actor)) {
        const { data, errors } = await client.send(document, variables);
        const codes = errors.map(({ extensions }) => extensions.code);
        if (codes.some((code) => code !== 'NOT_FOUND' && code !== 'FORBIDDEN')) {
          throw new Error(`${operation.title} answered ${JSON.stringify(errors)} to ${document}`);
        }
        texts.push(JSON.stringify(data));
      }
    }
  }
  return texts.join('\n');
}

/** Variables with each protected id in turn; of campaigns the published one. */
function everyChoice(operation: Operation): readonly Record<string, unknown>[] {
  const count = operation.paths.length === 0 ? 1 : variantsOf(operation, theirs);
  return Array.from({ length: count }, (_, variant) =>
    variablesOf(operation, (path) =>
      operation.name === 'campaign' ? publishedId : pick(theirs, kindOf(operation, path), variant),
    ),
  );
}
