import type { GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import {
  getNamedType,
  type GraphQLFieldMap,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isObjectType,
  parse,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FieldPolicyPlugin } from '../../apps/api/src/graphql/access/field-policy.plugin';
import { unnamedFields, withErrorTypes } from '../../apps/api/src/graphql/access/policy';
import type { FieldPolicy, FieldRule } from '../../apps/api/src/graphql/access/rules';
import type { RequestContext } from '../../apps/api/src/graphql/request-context';
import { policy as givenPolicy } from '../../apps/api/src/policy';
import { accessReport } from '../support/access/access-report';
import { AccessWorld } from '../support/access/access-world';
import { apiSchema } from '../support/access/api-schema';
import { OF_MANY_KINDS, type Role, ROLE_NAMES, ROLES } from '../support/access/roles';
import type { GraphqlAnswer, GraphqlClient } from '../support/graphql-client';

const SCOPES = ['sales', 'campaigns', 'deals', 'payouts'].flatMap((of) => [`${of}:read`, `${of}:write`]);
const ALL_SCOPES = [...SCOPES, 'reports:read', 'parties:read'];

let schema: GraphQLSchema;
let policy: FieldPolicy;

beforeAll(async () => {
  schema = await apiSchema();
  policy = withErrorTypes(givenPolicy, schema);
});

describe('the policy', () => {
  it('names every field of the schema', () => {
    expect(unnamedFields(policy, schema)).toEqual([]);
  });

  it('names no field that is not there', () => {
    const gone = Object.entries(policy).flatMap(([type, rules]) => {
      const fields = fieldsOf(type);
      return Object.keys(rules)
        .filter((field) => fields[field] === undefined)
        .map((field) => `${type}.${field}`);
    });
    expect(gone).toEqual([]);
  });

  it('names no scope that a key cannot have', () => {
    const scopes = rootFields().map(({ rule }) => rule.scope ?? null);
    expect([...new Set(scopes)].filter((scope) => scope !== null && !ALL_SCOPES.includes(scope))).toEqual([]);
  });

  it.each([
    '{ deals { edges { node { trackingCodes { code } } } } }',
    'query { deals { ...Few } } fragment Few on DealConnection { edges { node { ... { all: trackingCodes { c: code } } } } }',
  ])('closes a field that no rule names, however deep it stands: %s', async (query) => {
    const { code: _unnamed, ...named } = policy['TrackingCode'] ?? {};
    const check = async (used: FieldPolicy) => {
      const listener = await new FieldPolicyPlugin(() => used).requestDidStart();
      const request = { contextValue: { actor: ROLES['brand owner'] }, schema, document: parse(query) };
      await listener.didResolveOperation?.(
        request as unknown as GraphQLRequestContextDidResolveOperation<RequestContext>,
      );
    };
    await expect(check(policy)).resolves.toBeUndefined();
    await expect(check({ ...policy, TrackingCode: named })).rejects.toThrow(
      'You may not use TrackingCode.code. It is closed.',
    );
  });

  it('is the one that docs/access.md shows (npm run schema writes it)', () => {
    const shown = readFileSync(resolve(process.cwd(), 'docs/access.md'), 'utf8');
    expect(shown).toBe(accessReport(policy, schema));
  });
});

describe('over HTTP', () => {
  let world: AccessWorld;
  let clients: Readonly<Record<Role, GraphqlClient>>;

  beforeAll(async () => {
    world = await AccessWorld.open({ withDemo: false });
    const brand = await world.signUpBrand();
    clients = {
      stranger: world.product.client(),
      'brand owner': brand.client,
      'brand manager': (await world.colleague(brand, 'MANAGER')).client,
      'brand viewer': (await world.colleague(brand, 'VIEWER')).client,
      influencer: (await world.signUpInfluencer()).client,
      'agency member': (await world.signUpAgency()).client,
      'finance preparer': (await world.staff('finance_preparer')).client,
      'finance approver': (await world.staff('finance_approver')).client,
      operator: (await world.staff('operator')).client,
    };
  }, 60_000);

  afterAll(() => world?.close());

  it.each(ROLE_NAMES)(
    '%s: is refused each root field that is not theirs before a resolver runs, and no other',
    async (role) => {
      const refusal = role === 'stranger' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      const expected = rootFields().map(({ name, rule }) => `${name} ${rule.may(ROLES[role]) ? 'open' : refusal}`);
      expect(await outcomes(clients[role])).toEqual(expected);
    },
  );

  it.each(ALL_SCOPES)('lets an API key with %s use the fields that name this scope and no other', async (scope) => {
    const person = await personOfManyKinds();
    const { client } = await world.machine(person.client, [scope]);
    const reaches = (rule: FieldRule) => rule.scope === scope && rule.may(OF_MANY_KINDS);
    const expected = rootFields().map(({ name, rule }) => `${name} ${reaches(rule) ? 'open' : 'FORBIDDEN'}`);
    expect(await outcomes(client)).toEqual(expected);
  });

  let ofManyKinds: Promise<{ readonly client: GraphqlClient }> | undefined;
  /** One person who is all that {@link OF_MANY_KINDS} is, so that the scope alone decides. */
  function personOfManyKinds() {
    ofManyKinds ??= (async () => {
      const person = await world.signUpInfluencer();
      for (const kind of ['BRAND', 'AGENCY']) {
        const input = { kind, organisationName: `House of ${kind}`, country: 'FR' };
        await person.client.succeed('createOrganisation', 'Viewer', input, '__typename');
      }
      const roles = ['finance_preparer'];
      await world.sql('update identity.users set staff_roles = $2 where email = $1', [person.email, roles]);
      return person;
    })();
    return ofManyKinds;
  }

  async function outcomes(client: GraphqlClient): Promise<readonly string[]> {
    const answers: string[] = [];
    for (const { name, document } of rootFields()) answers.push(`${name} ${outcomeOf(await client.send(document))}`);
    return answers;
  }
});

/** `open` where the request got as far as its variables, which are missing; else the code of the refusal. */
function outcomeOf({ data, errors }: GraphqlAnswer): string {
  const [error] = errors;
  const code = error?.extensions.code ?? 'no error';
  if (code === 'BAD_USER_INPUT' && /\$run/.test(error?.message ?? '')) return 'open';
  return data === null && !('path' in (error ?? {})) ? code : `${code} from a resolver`;
}

interface RootField {
  readonly name: string;
  readonly rule: FieldRule;
  /** Asks for the field with a variable that must be given and is not: the policy runs, the resolvers do not. */
  readonly document: string;
}

const CLOSED: FieldRule = { says: 'nobody', may: () => false };

function rootFields(): readonly RootField[] {
  return ['Query', 'Mutation'].flatMap((root) =>
    Object.values(fieldsOf(root)).map((field) => {
      const needed = field.args.filter((arg) => arg.type.toString().endsWith('!') && arg.defaultValue === undefined);
      const variables = ['$run: Boolean!', ...needed.map((arg) => `$${arg.name}: ${arg.type.toString()}`)].join(', ');
      const args = needed.length === 0 ? '' : `(${needed.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})`;
      const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
      const document = `${root.toLowerCase()} (${variables}) { ${field.name}${args} @include(if: $run) ${selection} }`;
      return {
        name: `${root}.${field.name}`,
        rule: policy[root]?.[field.name] ?? CLOSED,
        document,
      };
    }),
  );
}

function fieldsOf(typeName: string): GraphQLFieldMap<unknown, unknown> {
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
}
