import { Readable } from 'node:stream';
import { toGlobalId } from '../../apps/api/src/graphql/types/global-id';
import { runningDeal } from '../support/completed-deal';
import { DealWorld, type SignedUpSomeone, StandingClock } from '../support/deal-world';
import { startS3Server } from '../support/files/s3-server';
import { SAMPLES } from '../support/files/sample-files';
import { type RunningProduct, startProduct } from '../support/running-product';

const MEBIBYTE = 1024 * 1024;
const LARGE = 200 * MEBIBYTE;
/** A few parts of an upload, and what the request needs besides. */
const ROOM_MEGABYTES = 120;

let world: DealWorld;
let s3: Awaited<ReturnType<typeof startS3Server>>;
let product: RunningProduct;
let influencer: SignedUpSomeone;
let dealId: string;

beforeAll(async () => {
  world = await DealWorld.open(new StandingClock(new Date()));
  s3 = await startS3Server();
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.settings;
  const names = { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region };
  const keys = { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey };
  product = await startProduct({ databaseUrl: world.databaseUrl, withWorker: false, env: { ...names, ...keys } });
  influencer = await world.signUpInfluencer();
  dealId = toGlobalId('deal', await runningDeal(world, await world.signUpBrand(), influencer));
}, 60_000);

afterAll(async () => {
  await product?.stop();
  await s3?.close();
  await world?.close();
});

async function* video(size: number): AsyncGenerator<Buffer> {
  yield SAMPLES.mp4;
  for (let sent = SAMPLES.mp4.length; sent < size; sent += MEBIBYTE)
    yield Buffer.alloc(Math.min(MEBIBYTE, size - sent), 7);
}

describe('files of the built product, in S3', () => {
  it('pass through it piece by piece and are had again in part, to be saved and not shown', async () => {
    const headers = { cookie: `evenhand_session=${influencer.token}`, 'content-type': 'video/mp4' };
    const [before = 0] = product.residentMegabytes();
    const body = Readable.toWeb(Readable.from(video(LARGE)));
    const sent = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const answer = await fetch(
      `${product.url}/files?${new URLSearchParams({ dealId, name: 'live.mp4' }).toString()}`,
      sent,
    );
    expect(answer.status).toBe(201);
    const file = (await answer.json()) as { readonly url: string; readonly sizeBytes: number };
    expect(file.sizeBytes).toBe(LARGE);
    expect((product.residentMegabytes()[0] ?? 0) - before).toBeLessThan(ROOM_MEGABYTES);
    const part = await fetch(`${product.url}${file.url}`, { headers: { ...headers, range: `bytes=4-${LARGE - 10}` } });
    expect(part.status).toBe(206);
    expect(Object.fromEntries(part.headers)).toMatchObject({
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': 'attachment; filename=live.mp4',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
    expect((await part.arrayBuffer()).byteLength).toBe(LARGE - 13);
  }, 60_000);
});
