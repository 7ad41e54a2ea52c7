import { InvalidSetting } from '@evenhand/platform';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiInTest, type Login } from '../../../../test/support/api/api-in-test';
import { TrustedDocuments } from './trusted-documents';

const LIST = `query List($first: Int!, $counted: Boolean!, $states: [BidState!] = [SUBMITTED]) {
  bids(first: $first, filter: { states: $states }) { ...page totalCount @include(if: $counted) }
  me { ...person influencer { name } memberships { role party { __typename id kind } } }
}
fragment page on BidConnection { edges { cursor node { id } } pageInfo { hasNextPage } }
fragment person on Viewer { shown: displayName locale: displayName }`;
const UNKNOWN = `query One($id: ID!) { influencers(first: 2) { edges { node { displayName } } } deal(id: $id) { id } }`;
const FORBIDDEN = '{ payoutBatches { edges { node { id } } } }';
const TWO = 'query First { me { displayName } } query Second { marketplacePolicy { version } }';
const DESCRIBE = `mutation Name($input: UpdateInfluencerProfileInput!) {
  updateInfluencerProfile(input: $input) { ... on InfluencerProfile { bio } ... on BusinessError { code } } }`;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const named = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } });

let folder: string;
let manifest: string;
let api: ApiInTest;
let brand: Login;
let influencer: Login;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trusted-documents-'));
  manifest = join(folder, 'documents.json');
  const documents = [LIST, UNKNOWN, FORBIDDEN, TWO, DESCRIBE];
  writeFileSync(manifest, JSON.stringify(Object.fromEntries(documents.map((text) => [hashOf(text), text]))));
  api = await ApiInTest.open({ env: { TRUSTED_DOCUMENTS: manifest } });
  [brand, influencer] = [await api.signUpBrand('ada', 'Maison Ada'), await api.signUpInfluencer('mei')];
});

afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function answerTo(who: Login | null, body: object) {
  const response = await api.send(body, who === null ? {} : { cookie: `evenhand_session=${who.token}` });
  return { status: response.statusCode, body: response.json<unknown>() };
}

describe('a trusted document', () => {
  const cases: readonly (readonly [string, number, string, object])[] = [
    ['fragments, aliases and directives', 200, LIST, { variables: { first: 3, counted: true, states: ['ACCEPTED'] } }],
    ['a directive that leaves a field out', 200, LIST, { variables: { first: 3, counted: false } }],
    ['a variable that is missing', 400, LIST, { variables: { first: 3 } }],
    ['a variable of another type', 400, LIST, { variables: { first: 'many', counted: true } }],
    ['a value that is no member of an enum', 400, LIST, { variables: { first: 3, counted: true, states: ['LOST'] } }],
    ['arguments that the application refuses', 200, LIST, { variables: { first: 1_000_000, counted: true } }],
    ['an object that is not there, beside one that is', 200, UNKNOWN, { variables: { id: 'deal_none' } }],
    ['a field that is closed', 403, FORBIDDEN, {}],
    ['the first of two operations', 200, TWO, { operationName: 'First' }],
    ['the second of two operations', 200, TWO, { operationName: 'Second' }],
    ['two operations, and none is named', 400, TWO, {}],
    ['an operation that is not in it', 400, TWO, { operationName: 'Third' }],
  ];

  it.each(cases)('is answered as any other: %s', async (_what, status, text, rest) => {
    // A comment makes it another document, which nobody vouched for.
    const interpreted = `${text} # as it comes`;
    expect((await answerTo(brand, { query: interpreted, ...rest })).status).toBe(status);
    for (const who of [brand, influencer, null]) {
      for (let round = 0; round < 2; round += 1) {
        const expected = withoutIds(await answerTo(who, { query: interpreted, ...rest }));
        expect(withoutIds(await answerTo(who, { ...named(text), ...rest }))).toEqual(expected);
        expect(withoutIds(await answerTo(who, { query: text, ...rest }))).toEqual(expected);
      }
    }
  });

  it('changes what it changes', async () => {
    const variables = { input: { displayName: 'mei', country: 'CN', bio: 'Bags and shoes.' } };
    const answered = await answerTo(influencer, { ...named(DESCRIBE), variables });
    const again = await answerTo(influencer, { query: `${DESCRIBE} # as it comes`, variables });
    expect(answered).toEqual({ status: 200, body: { data: { updateInfluencerProfile: { bio: 'Bags and shoes.' } } } });
    expect(withoutIds(answered)).toEqual(withoutIds(again));
  });

  it('is read for whoever asks, not for whoever asked before', async () => {
    const ask = async (who: Login) => (await answerTo(who, { ...named(TWO), operationName: 'First' })).body;
    expect([await ask(brand), await ask(influencer), await ask(brand)]).toEqual([
      { data: { me: { displayName: 'ada' } } },
      { data: { me: { displayName: 'mei' } } },
      { data: { me: { displayName: 'ada' } } },
    ]);
  });
});

describe('any other document', () => {
  const other = '{ me { displayName } }';

  it('is not taken in from the wire, whoever names its hash', async () => {
    const unknown = { status: 200, body: { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] } };
    expect(await answerTo(brand, named(other))).toMatchObject(unknown);
    expect(await answerTo(brand, { ...named(other), query: other })).toMatchObject({
      body: { data: { me: { displayName: 'ada' } } },
    });
    expect(await answerTo(brand, named(other))).toMatchObject(unknown);
  });
});

describe('the file of trusted documents', () => {
  const read = (content: string) => {
    const path = join(folder, 'other.json');
    writeFileSync(path, content);
    return () => TrustedDocuments.fromFile(path);
  };

  it.each([
    ['none', 'not JSON'],
    ['empty', '{}'],
    ['a list', '["{ me { id } }"]'],
    ['of something else', JSON.stringify({ [hashOf('1')]: 1 })],
    ['under another hash', JSON.stringify({ [hashOf('{ me { id } }')]: '{ me { displayName } }' })],
  ])('is refused where it is %s', (_what, content) => {
    expect(read(content)).toThrow(InvalidSetting);
    expect(read(content)).toThrow(/TRUSTED_DOCUMENTS/);
  });

  it('is refused where a document does not fit the schema', async () => {
    const unfit = '{ me { shoeSize } }';
    const path = join(folder, 'unfit.json');
    writeFileSync(path, JSON.stringify({ [hashOf(unfit)]: unfit }));
    const opening = ApiInTest.open({ env: { TRUSTED_DOCUMENTS: path }, databaseUrl: api.databaseUrl });
    await expect(opening).rejects.toThrow(/TRUSTED_DOCUMENTS.*shoeSize/);
  });

  it('is refused where it is not there', () => {
    expect(() => TrustedDocuments.fromFile(join(folder, 'missing.json'))).toThrow(InvalidSetting);
  });
});

/** A comment at the end changes no place that errors name; the ids of requests differ. */
function withoutIds(answer: { readonly status: number; readonly body: unknown }): unknown {
  return JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'requestId' ? undefined : value)));
}
