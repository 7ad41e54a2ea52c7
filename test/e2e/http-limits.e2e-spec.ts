import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { gzipSync } from 'node:zlib';
import { type RunningProduct, startProduct } from '../support/running-product';

let database: TestDatabase;
let product: RunningProduct;

beforeAll(async () => {
  database = await createTestDatabase();
  product = await startProduct({ databaseUrl: database.url });
}, 60_000);

afterAll(async () => {
  await product?.stop();
  await database?.drop();
});

function post(body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as NonNullable<RequestInit['body']>,
  });
}

async function refusal(query: string, variables: Record<string, unknown> = {}) {
  const response = await post(JSON.stringify({ query, variables }));
  const body = (await response.json()) as {
    data?: unknown;
    errors: { message: string; extensions: { code: string } }[];
  };
  return { status: response.status, data: body.data ?? null, codes: body.errors?.map((e) => e.extensions.code) };
}

describe('what a request may not be', () => {
  it.each([
    ['no JSON', '{"query": '],
    ['no query', '{}'],
    ['a syntax error', JSON.stringify({ query: '{ viewer { ' })],
    ['an unknown field', JSON.stringify({ query: '{ nonsense }' })],
    ['a batch', JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }])],
  ])('answers 400 to %s', async (_what, body) => {
    expect((await post(body)).status).toBe(400);
  });

  it('refuses a document of too many tokens', async () => {
    expect((await refusal(`{ ${'__typename '.repeat(4_100)} }`)).status).toBe(400);
  });

  it('refuses a document that is too deep', async () => {
    const deep = `{ __schema { types ${'{ fields { type '.repeat(8)} { name } ${'} }'.repeat(8)} } }`;
    expect((await refusal(deep)).status).toBe(400);
  });

  it('refuses too many aliases', async () => {
    const aliases = Array.from({ length: 40 }, (_, i) => `a${i}: me { id }`).join(' ');
    expect((await refusal(`{ ${aliases} }`)).status).toBe(400);
  });

  it('refuses too many directives', async () => {
    expect((await refusal(`{ __typename ${'@include(if: true) '.repeat(30)} }`)).status).toBe(400);
  });

  it('refuses a document that costs too much, though it is short', async () => {
    const heavy = 'fragment Heavy on Campaign { id title state brandName brief { title summary products { name } } }';
    const nodes = `{ campaigns { edges { node { ${'...Heavy '.repeat(600)} } } } } ${heavy}`;
    expect((await refusal(nodes)).status).toBe(400);
  });

  it('refuses fragments that go in circles', async () => {
    const circle = 'query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }';
    expect((await refusal(circle)).status).toBe(400);
  });

  it('answers 413 to a body over 256 kB', async () => {
    const body = JSON.stringify({ query: '{ __typename }', variables: { x: 'y'.repeat(262_200) } });
    expect((await post(body)).status).toBe(413);
  });

  it('never inflates a compressed body', async () => {
    const bomb = gzipSync(JSON.stringify({ query: '{ __typename }', variables: { x: '0'.repeat(50_000_000) } }));
    expect([400, 413, 415]).toContain((await post(bomb, { 'content-encoding': 'gzip' })).status);
  });

  it('refuses U+0000 in variables and in the document', async () => {
    const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
    const input = { email: 'a\u0000@example.com', password: 'long enough to try' };
    expect((await refusal(signIn, { input })).codes).toEqual(['BAD_USER_INPUT']);
    const inline = 'mutation { signIn(input: { email: "a\\u0000@example.com", password: "p" }) { __typename } }';
    expect((await refusal(inline)).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('refuses a mutation by GET and a form post from another site', async () => {
    const mutation = encodeURIComponent('mutation { signOut(input: { everywhere: false }) { __typename } }');
    const byGet = await fetch(`${product.url}/graphql?query=${mutation}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(byGet.status).toBe(405);
    expect((await post('query=x', { 'content-type': 'text/plain' })).status).toBeGreaterThanOrEqual(400);
  });

  it('asks a stranger to sign in before any resolver runs', async () => {
    expect((await refusal('{ campaigns { totalCount } }')).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('shows neither stack nor SQL in an error', async () => {
    const response = await post(JSON.stringify({ query: '{ campaigns(first: 1000000000) { totalCount } }' }));
    const text = await response.text();
    expect(text).not.toMatch(/stacktrace|node_modules|select |\.ts:|\.js:/i);
  });
});

describe('what operators see', () => {
  it('tells that it lives, that it is ready, and its metrics', async () => {
    const statuses = await Promise.all(
      ['/health/live', '/health/ready', '/metrics'].map(async (path) => (await fetch(product.url + path)).status),
    );
    expect(statuses).toEqual([200, 200, 200]);
  });

  it('gives every answer a request id', async () => {
    const response = await post('{}', { 'x-request-id': 'from-the-proxy-1' });
    expect(response.headers.get('x-request-id')).toBe('from-the-proxy-1');
  });
});
