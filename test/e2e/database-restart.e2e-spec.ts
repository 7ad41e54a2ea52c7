import { startEmbeddedPostgres, type EmbeddedPostgres } from '@evenhand/platform';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PEOPLE } from '../../apps/cli/src/demo/demo-logins';
import type { GraphqlAnswer, GraphqlClient } from '../support/graphql-client';
import { eventually } from '../support/eventually';
import { type RunningProduct, startProduct } from '../support/running-product';

let dataDirectory: string;
let server: EmbeddedPostgres;
let product: RunningProduct;
let client: GraphqlClient;

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'evenhand-restart-'));
  server = await startEmbeddedPostgres({ dataDirectory, port: 0 });
  product = await startProduct({ databaseUrl: server.url, demoWorld: true });
  client = await product.signedIn(PEOPLE.camille.email, PEOPLE.camille.password);
}, 90_000);

afterAll(async () => {
  await product?.stop();
  await server?.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
});

const ask = (): Promise<GraphqlAnswer> => client.send('{ me { email } campaigns { totalCount } }');

describe('a database that goes away', () => {
  it('makes requests fail with a plain 503, and they work again within ten seconds of its return', async () => {
    expect((await ask()).data?.['me']).toEqual({ email: PEOPLE.camille.email });
    await server.stop();

    const refused = await ask();
    expect([refused.status, refused.errors[0]?.extensions.code]).toEqual([503, 'UNAVAILABLE']);
    expect((await fetch(`${product.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${product.url}/health/live`)).status).toBe(200);

    server = await startEmbeddedPostgres({ dataDirectory, port: Number(new URL(server.url).port) });
    const returnedAt = Date.now();
    const answered = await eventually(ask, ({ status }) => status === 200);
    expect(answered.data?.['me']).toEqual({ email: PEOPLE.camille.email });
    expect(Date.now() - returnedAt).toBeLessThan(10_000);
  });

  it('costs no event: the worker goes on by itself', async () => {
    const brand = product.client();
    const input = {
      email: 'late@brand.example',
      password: 'a long enough passphrase',
      displayName: 'Late',
      organisationName: 'Late',
      country: 'FR',
    };
    const { viewer } = await brand.succeed('signUpBrand', 'SignedIn', input, 'viewer { memberships { party { id } } }');
    const brandId = viewer.memberships[0].party.id;
    const noor = await product.signedIn(PEOPLE.noor.email, PEOPLE.noor.password);
    const book = await eventually(
      () => noor.send('query ($id: ID!) { book(brandId: $id) { brandId } }', { id: brandId }),
      ({ data }) => data !== null,
    );
    expect(book.data?.['book']).toEqual({ brandId });
  });
});
