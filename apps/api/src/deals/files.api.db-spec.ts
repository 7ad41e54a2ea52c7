import { MAX_FILES_OF_VERSION } from '@evenhand/deals';
import { systemActor } from '@evenhand/kernel';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Client } from 'pg';
import { ApiInTest } from '../../../../test/support/api/api-in-test';
import { runningDeal } from '../../../../test/support/completed-deal';
import { everyKind } from '../../../../test/support/deal-samples';
import { DealWorld, type SignedUpSomeone, StandingClock } from '../../../../test/support/deal-world';
import { eventually } from '../../../../test/support/eventually';
import { DISGUISED, grownTo, SAMPLES } from '../../../../test/support/files/sample-files';
import { toGlobalId } from '../graphql';

const MEBIBYTE = 1024 * 1024;
const VIDEO = Buffer.concat([SAMPLES.mp4, randomBytes(3 * MEBIBYTE)]);

type Token = { readonly token: string } | null;
interface Stored {
  readonly id: string;
  readonly url: string;
}

let world: DealWorld;
let api: ApiInTest;
let url: string;
let brand: SignedUpSomeone;
let influencer: SignedUpSomeone;
let agency: SignedUpSomeone;
let dealId: string;

beforeAll(async () => {
  world = await DealWorld.open(new StandingClock(new Date()));
  api = await ApiInTest.open({ databaseUrl: world.databaseUrl });
  url = await api.listen();
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
  await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' }));
  dealId = toGlobalId('deal', await runningDeal(world, brand, influencer));
}, 60_000);

afterAll(async () => {
  await api.close();
  await world.close();
});

const cookieOf = (who: Token): Record<string, string> => (who ? { cookie: `evenhand_session=${who.token}` } : {});
const pathOf = (query: Record<string, string> = {}) =>
  `/files?${new URLSearchParams({ dealId, name: 'cover.png', ...query }).toString()}`;

const upload = (
  who: Token,
  body: RequestInit['body'],
  {
    type = 'image/png',
    query = {},
    headers = {},
  }: { type?: string; query?: Record<string, string>; headers?: object } = {},
) =>
  fetch(`${url}${pathOf(query)}`, {
    method: 'POST',
    headers: { ...cookieOf(who), 'content-type': type, ...headers },
    body,
    duplex: 'half',
  });

const get = (who: Token, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${url}${path}`, { method, headers: { ...cookieOf(who), ...headers } });

const stored = async (body: Buffer, name = 'cover.png', who: Token = influencer): Promise<Stored> =>
  (await (await upload(who, body, { query: { name }, type: 'application/octet-stream' })).json()) as Stored;

const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code];

function filesOnDisk(): readonly string[] {
  const entries = readdirSync(api.dataDirectory, { recursive: true, withFileTypes: true });
  return entries.flatMap((one) => (one.isFile() && one.parentPath.includes(join('files', 'deals')) ? [one.name] : []));
}

/** A body without a stated length. */
const streamOf = (...pieces: readonly Buffer[]) => ReadableStream.from(pieces);

const SUBMIT = `mutation ($input: SubmitDeliverableInput!) { submitDeliverable(input: $input) { __typename
  ... on Deal { deliverables { id autoApproveAt versions { number caption mediaUrls outcome decidedAt feedback submittedAt
    submittedBy { id name } files { id name type kind sizeBytes sha256 url } } } } ... on BusinessError { code } } }`;
const DELIVERABLES = 'query ($id: ID!) { deal(id: $id) { deliverables { id } } }';

async function submit(who: SignedUpSomeone, place: number, fileIds: readonly string[]) {
  const { data } = await api.ask(who, DELIVERABLES, { id: dealId });
  const deliverableId = data?.['deal'].deliverables[place].id as string;
  const input = { deliverableId, caption: '#广告', mediaUrls: ['https://drive.example.com/1'], fileIds };
  return { deliverableId, answer: await api.ask(who, SUBMIT, { input }) };
}

describe('an upload', () => {
  it('is what its bytes are, whatever it is called and sent as', async () => {
    const answer = await upload(influencer, SAMPLES.mp4, {
      type: 'image/svg+xml',
      query: { name: '../直播\u202E.html' },
    });
    expect(answer.status).toBe(201);
    const file = (await answer.json()) as Stored;
    expect(file).toEqual({
      id: expect.stringMatching(/^file_/),
      name: '直播.html.mp4',
      type: 'video/mp4',
      kind: 'video',
      sizeBytes: SAMPLES.mp4.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      url: `/files/${file.id}`,
    });
  });

  it.each(Object.keys(DISGUISED) as (keyof typeof DISGUISED)[])(
    'is refused as a picture that is none: %s',
    async (name) => {
      const before = filesOnDisk();
      const large = grownTo(4 * MEBIBYTE, DISGUISED[name]);
      expect(await codeOf(await upload(influencer, large))).toEqual([415, 'UNSUPPORTED_FILE_TYPE']);
      expect(filesOnDisk()).toEqual(before);
    },
  );

  it('is answered 413 where it is too large, stated or found, and leaves nothing', async () => {
    const before = filesOnDisk();
    const large = grownTo(21 * MEBIBYTE, SAMPLES.png);
    for (const body of [large, streamOf(large.subarray(0, MEBIBYTE), large)]) {
      expect(await codeOf(await upload(influencer, body))).toEqual([413, 'FILE_TOO_LARGE']);
    }
    expect(filesOnDisk()).toEqual(before);
  });

  it.each(['text/plain', 'text/html', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is refused as %s, which forms of other sites can send',
    async (type) => {
      expect((await upload(influencer, SAMPLES.png, { type })).status).toBe(415);
    },
  );

  it('is refused where it is no file at all', async () => {
    expect((await upload(influencer, '{}', { type: 'application/json' })).status).toBe(415);
    expect(await codeOf(await upload(influencer, ''))).toEqual([400, 'EMPTY_FILE']);
    expect(await codeOf(await upload(influencer, streamOf()))).toEqual([400, 'EMPTY_FILE']);
    expect(await codeOf(await upload(influencer, SAMPLES.png, { query: { name: 'a\u0000b' } }))).toEqual([
      400,
      'INVALID_INPUT',
    ]);
  });

  it('is for the side that submits, signed in, and with the scope', async () => {
    expect(await codeOf(await upload(null, SAMPLES.png))).toEqual([401, 'UNAUTHENTICATED']);
    expect(await codeOf(await upload(brand, SAMPLES.png))).toEqual([403, 'FORBIDDEN']);
    expect((await upload(agency, SAMPLES.png)).status).toBe(201);
    const rival = await world.signUpInfluencer('Rival');
    const foreign = await upload(rival, SAMPLES.png);
    const unknown = await upload(rival, SAMPLES.png, { query: { dealId: 'deal_01h455vb4pex5vsknk084sn02q' } });
    expect([foreign.status, await foreign.json()]).toEqual([404, await unknown.json()]);
    expect((await upload(rival, SAMPLES.png, { query: { dealId: 'nonsense' } })).status).toBe(404);

    const wanted = {
      name: 'reads',
      scopes: ['deals:read'],
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    };
    const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename
      ... on ApiKeyCreated { secret } } }`;
    const { data } = await api.ask(influencer, create, { input: { ...wanted, partyId: null } });
    const authorization = `Bearer ${data?.['createApiKey'].secret as string}`;
    expect(await codeOf(await upload(null, SAMPLES.png, { headers: { authorization } }))).toEqual([403, 'FORBIDDEN']);
    const { url: path } = await stored(SAMPLES.png);
    expect((await get(null, path, { authorization })).status).toBe(200);
  });

  it('leaves nothing where its connection is cut', async () => {
    const before = filesOnDisk();
    const rows = await rowsOfFiles();
    const options = {
      method: 'POST',
      headers: { ...cookieOf(influencer), 'content-type': 'video/mp4', 'content-length': '4000000' },
    };
    const cut = request(`${url}${pathOf()}`, options);
    cut.on('error', () => undefined);
    cut.write(VIDEO.subarray(0, 2 * MEBIBYTE));
    await eventually(rowsOfFiles, (now) => now === rows + 1);
    await eventually(
      async () => filesOnDisk().length,
      (now) => now === before.length + 1,
    );
    cut.destroy();
    await eventually(rowsOfFiles, (now) => now === rows);
    expect(filesOnDisk()).toEqual(before);
  });
});

async function rowsOfFiles(): Promise<number> {
  const rows = await world.sql(systemActor('test'), 'select count(*)::integer as n from deals.files');
  return Number(rows[0]?.['n']);
}

describe('a download', () => {
  it('is saved under its name and runs nothing', async () => {
    const { url: path } = await stored(VIDEO, '直播 "1".mp4');
    const answer = await get(influencer, path);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(VIDEO.length),
      'content-disposition': `attachment; filename="?? _1_.mp4"; filename*=UTF-8''%E7%9B%B4%E6%92%AD%20_1_.mp4`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
      'accept-ranges': 'bytes',
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(VIDEO)).toBe(true);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=4-7', 4, 7],
    [`bytes=${2 * MEBIBYTE}-`, 2 * MEBIBYTE, VIDEO.length - 1],
    ['bytes=-5', VIDEO.length - 5, VIDEO.length - 1],
    [`bytes=10-${VIDEO.length * 2}`, 10, VIDEO.length - 1],
  ])('answers a part of it: %s', async (range, start, end) => {
    const { url: path } = await stored(VIDEO);
    const answer = await get(influencer, path, { range });
    expect([answer.status, answer.headers.get('content-range'), answer.headers.get('content-length')]).toEqual([
      206,
      `bytes ${start}-${end}/${VIDEO.length}`,
      String(end - start + 1),
    ]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(VIDEO.subarray(start, end + 1))).toBe(true);
  });

  it('answers all of it to what is no single part, and 416 to what it has not', async () => {
    const { url: path } = await stored(VIDEO);
    const whole = ['bytes=0-1,5-6', 'bytes=x', 'lines=1-2', `bytes=-${VIDEO.length + 5}`];
    for (const range of whole) {
      const answer = await get(influencer, path, { range });
      expect([range, answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([range, 200, VIDEO.length]);
    }
    const beyond = await get(influencer, path, { range: `bytes=${VIDEO.length}-` });
    expect(beyond.headers.get('content-range')).toBe(`bytes */${VIDEO.length}`);
    expect(await codeOf(beyond)).toEqual([416, 'RANGE_NOT_SATISFIABLE']);
  });

  it('is not sent again to who has it, and a part only of what they have', async () => {
    const { url: path } = await stored(VIDEO);
    const etag = (await get(influencer, path, {}, 'HEAD')).headers.get('etag') ?? '';
    const known = await get(influencer, path, { 'if-none-match': `"other", W/${etag}` });
    expect([known.status, await known.text()]).toEqual([304, '']);
    expect((await get(brand, path, { 'if-none-match': etag })).status).toBe(404);
    const same = await get(influencer, path, { range: 'bytes=0-1', 'if-range': etag });
    const other = await get(influencer, path, { range: 'bytes=0-1', 'if-range': '"other"' });
    expect([same.status, other.status]).toEqual([206, 200]);
    await Promise.all([same.arrayBuffer(), other.arrayBuffer()]);
  });

  it('is told of without its bytes', async () => {
    const { url: path } = await stored(VIDEO);
    const { status, headers } = await get(influencer, path, {}, 'HEAD');
    expect([status, headers.get('content-length'), headers.get('content-type')]).toEqual([
      200,
      String(VIDEO.length),
      'video/mp4',
    ]);
  });

  it('is for whoever sees the deal, and unknown to anybody else in the same words', async () => {
    const { id, url: path } = await stored(SAMPLES.png);
    for (const person of [brand, agency]) expect((await get(person, path)).status).toBe(404);
    await submit(influencer, 0, [id]);
    for (const person of [brand, influencer, agency]) expect((await get(person, path)).status).toBe(200);
    const rivals = [
      await world.signUpBrand('Rival'),
      await world.signUpInfluencer('Rival'),
      await world.signUpAgency('Rival'),
    ];
    const unknown = await get(brand, '/files/file_01h455vb4pex5vsknk084sn02q');
    expect(unknown.status).toBe(404);
    const words = await unknown.text();
    for (const rival of rivals) {
      for (const method of ['GET', 'DELETE']) {
        const answer = await get(rival, path, {}, method);
        expect([answer.status, await answer.text()]).toEqual([404, words]);
      }
      expect((await get(rival, path, { range: 'bytes=0-0' })).status).toBe(404);
    }
    expect((await get(brand, '/files/deal_01h455vb4pex5vsknk084sn02q')).status).toBe(404);
    expect(await codeOf(await get(null, path))).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('ends with the file, which its uploader may delete while no version holds it', async () => {
    const { id, url: path } = await stored(SAMPLES.png);
    expect((await get(agency, path, {}, 'DELETE')).status).toBe(404);
    expect((await get(influencer, path, {}, 'DELETE')).status).toBe(204);
    expect((await get(influencer, path)).status).toBe(404);
    expect((await submit(influencer, 1, [id])).answer.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });
});

describe('versions over GraphQL', () => {
  it('show what was submitted, by whom, and what became of it', async () => {
    const [image, video] = [await stored(SAMPLES.png, 'one.png', agency), await stored(VIDEO, 'two.mp4', agency)];
    const { deliverableId, answer } = await submit(agency, 1, [video.id, image.id]);
    const versionsIn = (data: typeof answer.data, name: string) => {
      const deliverables = data?.[name].deliverables as { id: string; versions: object[] }[];
      return deliverables.find(({ id }) => id === deliverableId);
    };
    const submitted = versionsIn(answer.data, 'submitDeliverable');
    expect(submitted).toMatchObject({ autoApproveAt: expect.any(String) });
    expect(submitted?.versions).toMatchObject([
      {
        number: 1,
        caption: '#广告',
        mediaUrls: ['https://drive.example.com/1'],
        submittedBy: { id: toGlobalId('party', agency.partyId), name: 'Sakura Talent' },
        files: [
          { ...video, kind: 'VIDEO' },
          { ...image, kind: 'IMAGE' },
        ],
        outcome: null,
        decidedAt: null,
      },
    ]);
    const back = `mutation ($input: RequestChangesInput!) { requestChanges(input: $input) { __typename } }`;
    await api.ask(brand, back, { input: { deliverableId, feedback: 'Brighter' } });
    const again = await submit(influencer, 1, [image.id]);
    expect(again.answer.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    const used = await submit(agency, 1, [image.id]);
    expect(used.answer.data?.['submitDeliverable']).toEqual({
      __typename: 'FileAlreadyAttached',
      code: 'FILE_ALREADY_ATTACHED',
    });
    await submit(influencer, 1, []);
    await api.ask(
      brand,
      `mutation ($input: ApproveDeliverableInput!) { approveDeliverable(input: $input) { __typename } }`,
      {
        input: { deliverableId },
      },
    );
    const { data } = await api.ask(
      brand,
      `query ($id: ID!) { deal(id: $id) { deliverables { id versions { number outcome feedback decidedAt } } } }`,
      { id: dealId },
    );
    expect(versionsIn(data, 'deal')?.versions).toEqual([
      { number: 1, outcome: 'CHANGES_REQUESTED', feedback: 'Brighter', decidedAt: expect.any(String) },
      { number: 2, outcome: 'APPROVED', feedback: null, decidedAt: expect.any(String) },
    ]);
  });

  it('are refused with more files than they hold', async () => {
    const ids = Array.from({ length: MAX_FILES_OF_VERSION + 1 }, () => 'file_01h455vb4pex5vsknk084sn02q');
    expect((await submit(influencer, 2, ids)).answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('hold comments, which either side writes and resolves', async () => {
    const { id } = await stored(SAMPLES.png);
    const { deliverableId } = await submit(influencer, 2, [id]);
    const write = `mutation ($input: CommentOnVersionInput!) { commentOnVersion(input: $input) { __typename
      ... on Comment { id text own party { name } pin { fileId atMs xPermille yPermille } resolvedAt }
      ... on BusinessError { code } } }`;
    const pin = { fileId: id, xPermille: 250, yPermille: 1_000 };
    const input = { deliverableId, version: 1, text: 'Crop here', pin, idempotencyKey: 'one' };
    const written = (await api.ask(brand, write, { input })).data?.['commentOnVersion'];
    expect(written).toMatchObject({ text: 'Crop here', own: true, pin: { ...pin, atMs: null }, resolvedAt: null });
    const conflict = await api.ask(brand, write, { input: { ...input, text: 'Elsewhere' } });
    expect(conflict.data?.['commentOnVersion'].code).toBe('IDEMPOTENCY_CONFLICT');
    const nowhere = { ...input, idempotencyKey: 'two', pin: { fileId: id, atMs: 5 } };
    expect((await api.ask(brand, write, { input: nowhere })).data?.['commentOnVersion'].code).toBe(
      'INVALID_COMMENT_PIN',
    );
    for (const bad of [
      { text: ' ' },
      { text: 'x'.repeat(2_001) },
      { version: 0 },
      { pin: { ...pin, xPermille: -1 } },
    ]) {
      expect((await api.ask(brand, write, { input: { ...input, ...bad } })).errors?.[0]?.extensions['code']).toBe(
        'BAD_USER_INPUT',
      );
    }
    const change = (name: string, type: string) =>
      `mutation ($input: ${type}!) { ${name}(input: $input) { resolvedAt resolvedBy { name } } }`;
    const resolve = { input: { commentId: written.id } };
    const resolved = await api.ask(influencer, change('resolveComment', 'ResolveCommentInput'), resolve);
    expect(resolved.data?.['resolveComment']).toMatchObject({ resolvedBy: { name: 'Yuki Tanaka' } });
    const rival = await world.signUpBrand('Rival');
    const foreign = await api.ask(rival, change('reopenComment', 'ReopenCommentInput'), resolve);
    expect(foreign.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    const reopened = await api.ask(brand, change('reopenComment', 'ReopenCommentInput'), resolve);
    expect(reopened.data?.['reopenComment']).toEqual({ resolvedAt: null, resolvedBy: null });
  });

  it('of many deals are read, with files and comments, by as many statements as those of one', async () => {
    const list = `{ deals { edges { node { id deliverables { versions { number files { id } comments(first: 2) { totalCount
      edges { node { text party { name } } } } } } } } } }`;
    const statements = async () => {
      const query = jest.spyOn(Client.prototype, 'query');
      const { data, errors } = await api.ask(brand, list);
      const { length } = query.mock.calls;
      query.mockRestore();
      expect(errors).toBeUndefined();
      return { length, deals: data?.['deals'].edges.length as number };
    };
    await statements();
    const before = await statements();
    await runningDeal(world, brand, influencer);
    const after = await statements();
    expect([after.deals, after.length]).toEqual([before.deals + 1, before.length]);
    expect(before.length).toBeGreaterThan(5);
  });
});
