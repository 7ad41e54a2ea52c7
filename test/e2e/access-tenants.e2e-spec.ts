import type { Actor } from '@evenhand/kernel';
import type { GraphQLSchema } from 'graphql';
import { withErrorTypes } from '../../apps/api/src/graphql/access/policy';
import type { FieldPolicy } from '../../apps/api/src/graphql/access/rules';
import { toGlobalId } from '../../apps/api/src/graphql/types/global-id';
import { policy as givenPolicy } from '../../apps/api/src/policy';
import { AccessWorld } from '../support/access/access-world';
import { apiSchema } from '../support/access/api-schema';
import { type ObjectKind, type Objects, objectsThatNeverWere, protectedObjects } from '../support/access/demo-objects';
import { changedTables, fingerprint } from '../support/access/fingerprint';
import { agencyAt, MANDATE_STAGES, type MandateStage } from '../support/access/mandate-stages';
import {
  documentsOf,
  kindOf,
  type Operation,
  operationsWithIds,
  pick,
  variablesOf,
  variantsOf,
} from '../support/access/operations';
import { codesOf, inOrder, isRefused } from '../support/access/reach';
import { NOBODY_IN_PARTICULAR, type Role, ROLES } from '../support/access/roles';
import type { GraphqlAnswer, GraphqlClient } from '../support/graphql-client';

interface Foreigner {
  readonly client: GraphqlClient;
  readonly actor: Actor;
  /** The kinds of ids for which they can give one of their own. */
  readonly own: Partial<Record<ObjectKind, string>>;
}

type StageWithoutRights = {
  [Stage in MandateStage]: (typeof MANDATE_STAGES)[Stage] extends false ? Stage : never;
}[MandateStage];

/** Agencies that stand somehow with the influencer, and may not act for her. */
const WITHOUT_RIGHTS = (Object.keys(MANDATE_STAGES) as MandateStage[]).filter(
  (stage): stage is StageWithoutRights => !MANDATE_STAGES[stage],
);
type AgencyWithoutRights = `an agency ${StageWithoutRights}`;
const nameOf = (stage: StageWithoutRights): AgencyWithoutRights => `an agency ${stage}`;

const FOREIGNERS = {
  'a rival brand’s owner': 'brand owner',
  'a rival brand’s viewer': 'brand viewer',
  'a brand that works with the same influencer': 'brand owner',
  'an unrelated influencer': 'influencer',
  'an unrelated agency’s owner': 'agency member',
  'a finance preparer': 'finance preparer',
  'an operator': 'operator',
  ...(Object.fromEntries(WITHOUT_RIGHTS.map((stage) => [nameOf(stage), 'agency member'])) as Record<
    AgencyWithoutRights,
    'agency member'
  >),
} as const satisfies Readonly<Record<string, Role>>;
type ForeignerName = keyof typeof FOREIGNERS;
const NAMES = Object.keys(FOREIGNERS) as ForeignerName[];

/**
 * Everybody signed in may know every influencer, what is said of a party, and whoever bids every published campaign
 * (access-lists looks at what they show), and an agency may ask any influencer for her mandate.
 */
const PUBLIC = [
  'influencer(id)',
  'reviews(partyId)',
  'campaigns(brandId)',
  'campaigns(brandId, forInfluencerId) with own influencer',
  // A filter may name any brand: what it finds is what that person may see.
  'saveSearch(partyId, campaigns.brandId) with own party',
  'requestMandate(agencyId, influencerId) with own agency',
];

/** Staff look into disputes and books: they read what both sides read, and write none of it. */
const STAFF_READ = /^(auditLog|bid|bids|offerDifference|campaign|campaigns|sales|refunds)\(/;

/** What somebody may do with these ids besides. */
const ALLOWED: Partial<Record<ForeignerName, RegExp>> = {
  // Their own bids and deals with her.
  'a brand that works with the same influencer': /^[a-zA-Z]+\(influencerId\)/,
  'a finance preparer': STAFF_READ,
  'an operator': STAFF_READ,
  // What it asked her for itself.
  ...Object.fromEntries(WITHOUT_RIGHTS.map((stage) => [nameOf(stage), /^mandates\(/])),
};

let world: AccessWorld;
let schema: GraphQLSchema;
let policy: FieldPolicy;
let theirs: Objects;
let foreigners: Readonly<Record<ForeignerName, Foreigner>>;
const never = objectsThatNeverWere();

beforeAll(async () => {
  schema = await apiSchema();
  policy = withErrorTypes(givenPolicy, schema);
  world = await AccessWorld.open({ withDemo: true });
  theirs = await protectedObjects(world, schema);
  const brand = await world.signUpBrand();
  const influencer = await world.signUpInfluencer();
  const agency = await world.signUpAgency();
  const haruto = await world.demo('haruto');
  const { me } = await haruto.ask('{ me { memberships { party { id } } } }');
  const own = {
    'a rival brand’s owner': [brand.client, { brand: brand.partyId, party: brand.partyId }],
    'a rival brand’s viewer': [(await world.colleague(brand, 'VIEWER')).client, { brand: brand.partyId }],
    'a brand that works with the same influencer': [haruto, { brand: me.memberships[0].party.id }],
    'an unrelated influencer': [influencer.client, { influencer: influencer.partyId, party: influencer.partyId }],
    'an unrelated agency’s owner': [agency.client, { agency: agency.partyId, party: agency.partyId }],
    'a finance preparer': [(await world.staff('finance_preparer')).client, {}],
    'an operator': [(await world.staff('operator')).client, {}],
    ...(await agenciesWithoutRights()),
  } as const satisfies Readonly<Record<ForeignerName, readonly [GraphqlClient, Foreigner['own']]>>;
  foreigners = Object.fromEntries(
    NAMES.map((name) => [name, { client: own[name][0], own: own[name][1], actor: ROLES[FOREIGNERS[name]] }]),
  ) as Record<ForeignerName, Foreigner>;
}, 120_000);

afterAll(() => world?.close());

describe.each(NAMES)('%s', (name) => {
  it('can do nothing with what is not theirs, and cannot tell it from what never was', async () => {
    expect(await walk(name, 'Mutation')).toEqual([]);
  }, 120_000);

  it('sees nothing of what is not theirs, and cannot tell it from what never was', async () => {
    expect(await walk(name, 'Query')).toEqual([]);
  }, 120_000);
});

describe('a published campaign', () => {
  it.each(NAMES)('is there to be read, and changed by nobody but its brand: %s', async (name) => {
    const [published] = await world.sql<{ id: string }>(
      "select id from campaigns.campaigns where title like 'Lumette%'",
    );
    const campaignId = toGlobalId('campaign', published?.id ?? '');
    const ofCampaigns = operationsWithIds(schema, policy, 'Mutation').filter(({ title }) =>
      title.endsWith('(campaignId)'),
    );
    expect(ofCampaigns.length).toBeGreaterThanOrEqual(5);
    const before = await fingerprint(world);
    for (const operation of ofCampaigns) {
      const variables = variablesOf(operation, () => campaignId);
      const [document = ''] = documentsOf(operation, policy, foreigners[name].actor);
      expect(isRefusal(seen(await foreigners[name].client.send(document, variables), variables))).toBe(true);
    }
    expect(changedTables(before, await fingerprint(world))).toEqual([]);
  });
});

/** Last, for it changes the world: what was refused to others above was asked in a way that can be answered. */
describe('whoever may', () => {
  it('gets past the gates with the same input that was refused to others', async () => {
    const people = ['camille', 'mika', 'aoi', 'chloe', 'noor', 'emil', 'tove'] as const;
    const clients = await Promise.all(people.map((person) => world.demo(person)));
    const unreached: string[] = [];
    const operations = operationsWithIds(schema, policy, 'Mutation');
    for (const operation of inOrder(operations)) {
      const codes = await Promise.all(clients.map((client) => codesOf(operation, client, policy, theirs)));
      if (isRefused(codes.flat())) {
        unreached.push(`${operation.title}: ${[...new Set(codes.flat())].join(', ')}`);
      }
    }
    expect(unreached).toEqual([]);
  }, 60_000);
});

async function agenciesWithoutRights() {
  const mika = { client: await world.demo('mika'), partyId: theirs.influencer[0] ?? '' };
  const made: [AgencyWithoutRights, readonly [GraphqlClient, Foreigner['own']]][] = [];
  for (const stage of WITHOUT_RIGHTS) {
    const { client, partyId } = await agencyAt(stage, world, mika);
    made.push([nameOf(stage), [client, { agency: partyId, party: partyId }]]);
  }
  return Object.fromEntries(made) as Record<AgencyWithoutRights, readonly [GraphqlClient, Foreigner['own']]>;
}

/** Tries every operation that takes ids; answers in words what should not have happened. */
async function walk(name: ForeignerName, root: 'Query' | 'Mutation'): Promise<readonly string[]> {
  const foreigner = foreigners[name];
  const problems: string[] = [];
  const before = await fingerprint(world);
  for (const operation of operationsWithIds(schema, policy, root)) {
    if (isTheirsAsStaff(operation, foreigner.actor) || ALLOWED[name]?.test(operation.title) === true) continue;
    problems.push(...(await problemsWith(operation, foreigner)));
  }
  const changed = changedTables(before, await fingerprint(world));
  return changed.length === 0 ? problems : [...problems, `wrote to ${changed.join(', ')}`];
}

/** True where the operation is open to them for their staff role: then every tenant's objects are theirs to work on. */
function isTheirsAsStaff({ rule }: Operation, actor: Actor): boolean {
  const isStaff = actor.kind === 'person' && actor.staffRoles.length > 0;
  return isStaff && rule.may(actor) && !rule.may(NOBODY_IN_PARTICULAR);
}

async function problemsWith(operation: Operation, foreigner: Foreigner): Promise<readonly string[]> {
  const problems = new Set<string>();
  for (const given of givenIds(operation, foreigner)) {
    const title = `${operation.title}${given.words}`;
    if (PUBLIC.includes(title)) continue;
    for (const document of documentsOf(operation, policy, foreigner.actor)) {
      const [one, other] = [variablesOf(operation, given.protectedId), variablesOf(operation, given.neverId)];
      const answer = seen(await foreigner.client.send(document, one), one);
      const reference = seen(await foreigner.client.send(document, other), other);
      if (answer !== reference) problems.add(`${title} answered ${answer} but of what never was ${reference}`);
      else if (!isRefusal(answer) && !(operation.root === 'Query' && isEmpty(answer))) {
        problems.add(`${title} answered ${answer}`);
      }
    }
  }
  return [...problems];
}

interface GivenIds {
  readonly words: string;
  readonly protectedId: (path: string) => string;
  readonly neverId: (path: string) => string;
}

/** Each combination of protected ids; and once more with one's own wherever a party of one's own kind is named. */
function givenIds(operation: Operation, { own, actor }: Foreigner): readonly GivenIds[] {
  const kinds = new Map(operation.paths.map((path) => [path, kindOf(operation, path)]));
  const kind = (path: string) => kinds.get(path) ?? 'party';
  // What the policy refuses it refuses whatever the ids.
  const variants = operation.rule.may(actor) ? variantsOf(operation, theirs) : 1;
  const neverId = (path: string) => pick(never, kind(path), 0);
  const all = Array.from({ length: variants }, (_, variant) => ({
    words: '',
    protectedId: (path: string) => pick(theirs, kind(path), variant),
    neverId,
  }));
  const ownKinds = new Set([...kinds.values()].filter((it) => own[it] !== undefined));
  if (ownKinds.size === 0 || [...kinds.values()].every((it) => ownKinds.has(it))) return all;
  const mixed = all.map(({ protectedId }) => ({
    words: ` with own ${[...ownKinds].join(', ')}`,
    protectedId: (path: string) => own[kind(path)] ?? protectedId(path),
    neverId: (path: string) => own[kind(path)] ?? neverId(path),
  }));
  return [...all, ...mixed];
}

/** The answer as text, with the ids that were sent taken out. */
function seen({ status, data, errors }: GraphqlAnswer, variables: Record<string, unknown>): string {
  const answer =
    errors.length > 0
      ? { status, errors: errors.map(({ message, extensions }) => ({ message, ...extensions })) }
      : { data };
  const sent = [...JSON.stringify(variables).matchAll(/"([a-z]+_[0-9a-z_]+)"/g)].map(([, id]) => id ?? '');
  return sent.reduce((text, id) => text.replaceAll(id, '<id>'), JSON.stringify(answer));
}

function isRefusal(answer: string): boolean {
  const { errors } = JSON.parse(answer) as { errors?: readonly { code: string }[] };
  return errors?.length === 1 && ['NOT_FOUND', 'FORBIDDEN'].includes(errors[0]?.code ?? '');
}

/** A list without rows; sums of nothing may stand beside it. */
function isEmpty(answer: string): boolean {
  const { data } = JSON.parse(answer) as { data?: Record<string, unknown> };
  return data !== undefined && Object.values(data).every((value) => !/"(node|cursor)":/.test(JSON.stringify(value)));
}
