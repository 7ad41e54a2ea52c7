import { request } from 'node:http';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { eventually } from '../support/eventually';
import type { GraphqlClient } from '../support/graphql-client';
import { type RunningProduct, startProduct } from '../support/running-product';

const HEADER = 'external_id,code,currency,occurred_at,base_amount\n';
const AT = '2026-05-10T12:00:00Z';
const ROWS = 6_000;

let database: TestDatabase;
let product: RunningProduct;
let brand: GraphqlClient;
let brandId: string;
let key: string;

beforeAll(async () => {
  database = await createTestDatabase();
  product = await startProduct({ databaseUrl: database.url });
  brand = product.client();
  brandId = await signUp(brand, 'brand');
  key = await keyOf(brand, brandId);
}, 60_000);

afterAll(async () => {
  await product?.stop();
  await database?.drop();
});

async function signUp(client: GraphqlClient, name: string): Promise<string> {
  const person = { email: `${name}@example.com`, password: 'a long test password', displayName: name, country: 'FR' };
  const input = { ...person, organisationName: `Maison ${name}` };
  const { viewer } = await client.succeed('signUpBrand', 'SignedIn', input, 'viewer { memberships { party { id } } }');
  return viewer.memberships[0].party.id as string;
}

async function keyOf(client: GraphqlClient, partyId: string): Promise<string> {
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const wanted = { name: 'files', scopes: ['sales:write', 'sales:read'], partyId, expiresAt };
  const { secret } = await client.succeed('createApiKey', 'ApiKeyCreated', wanted, 'secret');
  return secret as string;
}

function send(body: string | Buffer, query: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const parameters = new URLSearchParams({ brandId, fileName: 'sales.csv', ...query });
  return fetch(`${product.url}/imports/sales?${parameters.toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv', ...headers },
    body,
  });
}

/** What an answer or event tells of an import. */
interface Told {
  readonly status?: string;
  readonly code?: string;
  readonly import?: { readonly id: string };
  readonly rowsRead?: number;
}

async function answerOf(response: Response) {
  return { status: response.status, body: (await response.json()) as Told };
}

function importIn({ body }: { readonly body: Told }): { readonly id: string } {
  if (!body.import) throw new Error(`There is no import in ${JSON.stringify(body)}.`);
  return body.import;
}

const get = (path: string) => fetch(`${product.url}${path}`, { headers: { authorization: `Bearer ${key}` } });

/** What a request is answered that says it has a body of so many bytes, before it sends one of them. */
function statusOfLength(bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(product.url);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv', 'content-length': bytes };
    const path = `/imports/sales?brandId=${brandId}`;
    const sent = request({ method: 'POST', hostname, port, path, headers }, (response) => {
      resolve(response.statusCode);
      sent.destroy();
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
}

/** The events of a stream that ends by itself. */
async function eventsOf(importId: string): Promise<{ event: string; data: Told }[]> {
  const response = await get(`/imports/sales/${importId}/events`);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const told = (await response.text()).split('\n\n').filter((block) => block.includes('data:'));
  return told.map((block) => ({
    event: /^event: (.*)$/m.exec(block)?.[1] ?? '',
    data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as Told,
  }));
}

describe('files of sales over HTTP', () => {
  it('are stored, read by the worker that is killed meanwhile, and tell how far they are until the end', async () => {
    const rows = Array.from({ length: ROWS }, (_, n) => `${n},nobody,EUR,${AT},10.00\n`).join('');
    const stored = await answerOf(await send(HEADER + rows));
    expect(stored).toMatchObject({ status: 202, body: { status: 'stored', import: { mappingName: 'csv' } } });
    const { id } = importIn(stored);
    const query = 'query ($id: ID!) { salesImport(id: $id) { state rowsRead } }';
    await eventually(
      async () => (await brand.ask(query, { id })).salesImport.rowsRead as number,
      (read) => read > 0,
    );
    await product.replaceWorker('SIGKILL');
    const told = await eventsOf(id);
    const last = told.at(-1);
    expect(last).toMatchObject({ event: 'done', data: { rowsTotal: ROWS, rowsRead: ROWS, unattributed: ROWS } });
    const counts = told.map(({ data }) => data.rowsRead ?? 0);
    expect(counts).toEqual([...counts].sort((left, right) => left - right));
    expect(await answerOf(await send(HEADER + rows))).toMatchObject({ status: 200, body: { status: 'duplicate' } });
    const filter = { brandId, importId: id };
    const inbox = 'query ($filter: IntakeProblemFilterInput!) { intakeProblems(filter: $filter) { totalCount } }';
    expect((await brand.ask(inbox, { filter })).intakeProblems.totalCount).toBe(ROWS);
  }, 60_000);

  it('tell every bad row, in a dry run too, in a table in which no cell is a formula', async () => {
    const rows = `=cmd(),nobody,EUR,${AT},1.00\nfine,nobody,EUR,${AT},"1,00"\n@x,nobody,EUR,never,1.00\n`;
    const { id } = importIn(await answerOf(await send(HEADER + rows, { dryRun: 'true' })));
    expect((await eventsOf(id)).at(-1)).toMatchObject({ event: 'done', data: { badRows: 2, unattributed: 1 } });
    const table = await get(`/imports/sales/${id}/rows.csv`);
    expect(table.headers.get('content-disposition')).toContain('attachment');
    const lines = (await table.text())
      .replace(/^\uFEFF/u, '')
      .trim()
      .split('\n');
    expect(lines[0]).toBe('line,column,outcome,externalId,code,message');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 5).join(','))).toEqual([
      "2,,unattributed,'=cmd(),UNKNOWN_CODE_OR_LINK",
      '3,base_amount,unreadable,fine,INVALID_AMOUNT',
      "4,occurred_at,unreadable,'@x,INVALID_INPUT",
    ]);
    const { importRows } = await brand.ask(
      'query ($importId: ID!) { importRows(importId: $importId) { totalCount edges { node { line outcome reason { code } } } } }',
      { importId: id },
    );
    expect(importRows).toMatchObject({ totalCount: 3, edges: [{ node: { line: 2 } }, {}, {}] });
    const problems = 'query ($filter: IntakeProblemFilterInput!) { intakeProblems(filter: $filter) { totalCount } }';
    expect((await brand.ask(problems, { filter: { brandId, importId: id } })).intakeProblems.totalCount).toBe(0);
  });

  it('are mended over GraphQL', async () => {
    await eventsOf(importIn(await answerOf(await send(`${HEADER}m1,nobody,EUR,${AT},x\n`))).id);
    const query = `query ($filter: IntakeProblemFilterInput!) { intakeProblems(filter: $filter) {
      edges { node { id form line column content mends { action } } } } }`;
    const filter = { brandId, state: 'UNREADABLE' };
    const [{ node }] = (await brand.ask(query, { filter })).intakeProblems.edges;
    expect(node).toMatchObject({ form: 'ROW', line: 2, column: 'base_amount', mends: [] });
    const mend = { brandId, problemId: node.id, rows: [{ line: 2, column: 'base_amount', value: '5.00' }] };
    const { problem } = await brand.succeed(
      'mendIntakeProblem',
      'ProblemMended',
      mend,
      'problem { outcome reason { code } }',
    );
    expect(problem).toEqual({ outcome: 'UNATTRIBUTED', reason: { code: 'UNKNOWN_CODE_OR_LINK' } });
    const { endCursor, problems } = await brand.succeed(
      'replayMatchingProblems',
      'ProblemsReplayed',
      { filter: { brandId, reasonCode: 'UNKNOWN_CODE_OR_LINK', from: new Date(Date.now() - 600_000).toISOString() } },
      'endCursor problems { outcome }',
    );
    expect(endCursor).not.toBeNull();
    expect(problems.every((replayed: { outcome: string }) => replayed.outcome === 'UNATTRIBUTED')).toBe(true);
    const dismissed = { brandId, problemIds: [node.id], note: 'A test.' };
    expect(await brand.ask(DISMISS, { input: dismissed })).toMatchObject({
      dismissIntakeProblems: { __typename: 'InvalidTransition' },
    });
  });

  it('are refused by name', async () => {
    const file = HEADER + `r1,nobody,EUR,${AT},1.00\n`;
    const refused = async (response: Promise<Response>) => {
      const { status, body } = await answerOf(await response);
      return [status, body.code];
    };
    expect(await refused(send(file, {}, { authorization: 'Bearer nothing' }))).toEqual([401, 'UNAUTHENTICATED']);
    const rival = product.client();
    const rivalKey = await keyOf(rival, await signUp(rival, 'rival'));
    expect(await refused(send(file, {}, { authorization: `Bearer ${rivalKey}` }))).toEqual([404, 'NOT_FOUND']);
    expect(await refused(send(file, { mapping: 'nothing' }))).toEqual([404, 'NOT_FOUND']);
    expect(await refused(send(file, { currency: 'XXX1' }))).toEqual([400, 'UNKNOWN_CURRENCY']);
    expect(await refused(send(file, { dryRun: 'perhaps' }))).toEqual([400, 'INVALID_INPUT']);
    expect(await refused(send('', {}))).toEqual([400, 'UNREADABLE_SALES_FILE']);
    expect(await refused(send(Buffer.from('504b03040000', 'hex')))).toEqual([400, 'UNREADABLE_SALES_FILE']);
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
      const { status } = await send(file, {}, { 'content-type': type });
      expect([type, status >= 400 && status < 500]).toEqual([type, true]);
    }
    expect(await statusOfLength(300 * 1024 * 1024)).toBe(413);
    const { id } = importIn(await answerOf(await send(file)));
    for (const path of [`/imports/sales/${id}/events`, `/imports/sales/${id}/rows.csv`]) {
      const asRival = await fetch(`${product.url}${path}`, { headers: { authorization: `Bearer ${rivalKey}` } });
      expect([path, asRival.status]).toEqual([path, 404]);
      expect((await fetch(`${product.url}${path}`)).status).toBe(401);
    }
  });
});

const DISMISS = `mutation ($input: DismissIntakeProblemsInput!) { dismissIntakeProblems(input: $input) { __typename } }`;
