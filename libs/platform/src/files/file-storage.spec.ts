import { CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
import type { FileStorage } from '@evenhand/kernel';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { startS3Server } from '../../../../test/support/files/s3-server';
import { fileStorageOf } from './file-storage-of';

const MEBIBYTE = 1024 * 1024;
/** More than one part of an upload to S3. */
const LARGE = randomBytes(12 * MEBIBYTE);

/** Bytes in pieces, as a network brings them. */
async function* inPieces(bytes: Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function* cutOff(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes);
  throw new Error('The connection was cut.');
}

async function read(storage: FileStorage, key: string, range: Parameters<FileStorage['open']>[1] = null) {
  const bytes = await storage.open(key, range);
  return bytes && buffer(bytes);
}

const folder = mkdtempSync(join(tmpdir(), 'file-storage-'));
let s3: Awaited<ReturnType<typeof startS3Server>>;

beforeAll(async () => {
  s3 = await startS3Server();
});

afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['a local folder', () => fileStorageOf({ s3: null, dataDirectory: folder })],
  ['S3', () => fileStorageOf({ s3: s3.settings, dataDirectory: folder })],
])('files in %s', (_name, storageOf) => {
  let storage: FileStorage;
  beforeAll(() => {
    storage = storageOf();
  });
  afterAll(() => {
    if ('onApplicationShutdown' in storage) (storage.onApplicationShutdown as () => void)();
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['small', Buffer.from('#广告')],
    ['large', LARGE],
  ])('are kept as they came: %s', async (name, bytes) => {
    expect(await storage.has(`kept/${name}`)).toBe(false);
    await storage.put(`kept/${name}`, inPieces(bytes));
    expect(await storage.has(`kept/${name}`)).toBe(true);
    expect((await read(storage, `kept/${name}`))?.equals(bytes)).toBe(true);
  });

  it('are read in part', async () => {
    await storage.put('in-part', inPieces(LARGE));
    for (const [start, end] of [
      [0, 1],
      [MEBIBYTE - 1, 3 * MEBIBYTE],
      [LARGE.length - 1, LARGE.length - 1],
    ] as const) {
      const expected = LARGE.subarray(start, end + 1);
      expect((await read(storage, 'in-part', { start, end }))?.equals(expected)).toBe(true);
    }
  });

  it('may be left unread, and left in the middle', async () => {
    await storage.put('left', inPieces(LARGE));
    await storage.open('left', null);
    for await (const piece of (await storage.open('left', null)) ?? []) {
      expect(piece.length).toBeLessThan(LARGE.length);
      break;
    }
  });

  it.each([
    ['before the first part is full', Buffer.from('half a p')],
    ['after some parts', LARGE],
  ])('leave nothing where they are cut off %s', async (_when, bytes) => {
    await expect(storage.put('cut-off', cutOff(bytes))).rejects.toThrow('The connection was cut.');
    expect(await storage.has('cut-off')).toBe(false);
    expect(s3.openUploads()).toBe(0);
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('cut-off'))).toEqual([]);
  });

  it('are gone when they are deleted, once and again', async () => {
    await storage.put('deleted', inPieces(Buffer.from('x')));
    for (let time = 0; time < 2; time += 1) {
      await storage.delete('deleted');
      expect(await storage.has('deleted')).toBe(false);
      expect(await storage.open('deleted', null)).toBeNull();
    }
  });

  it.each(['', '../up', 'a/../b', '/etc/passwd', 'A', 'a//b', 'a.part', 'a\u0000', 'a b'])(
    'have no key %j',
    async (key) => {
      await expect(storage.put(key, inPieces(Buffer.from('x')))).rejects.toThrow('is no key of a file');
      await expect(storage.open(key, null)).rejects.toThrow('is no key of a file');
      await expect(storage.delete(key)).rejects.toThrow('is no key of a file');
    },
  );
});

describe('deleting', () => {
  it('takes what a killed process left in the folder, and a file there is for its owner alone', async () => {
    const storage = fileStorageOf({ s3: null, dataDirectory: folder });
    const half = join(folder, 'files', 'killed', 'a.part');
    mkdirSync(dirname(half), { recursive: true });
    writeFileSync(half, 'half');
    await storage.delete('killed/a');
    expect(readdirSync(dirname(half))).toEqual([]);
    await storage.put('killed/a', inPieces(Buffer.from('x')));
    expect(statSync(join(folder, 'files', 'killed', 'a')).mode & 0o777).toBe(0o600);
  });

  it('takes the parts that a killed process left in S3, and those of no other file', async () => {
    const { endpoint, region, bucket, accessKeyId, secretAccessKey } = s3.settings;
    const credentials = { accessKeyId, secretAccessKey };
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    for (const Key of ['killed/a', 'killed/ab']) {
      await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
    }
    client.destroy();
    const storage = fileStorageOf({ s3: s3.settings, dataDirectory: folder });
    await storage.delete('killed/a');
    expect(s3.openUploads()).toBe(1);
    await storage.delete('killed/ab');
    expect(s3.openUploads()).toBe(0);
  });
});

describe('a store that refuses', () => {
  it('is an error and not an absent file', async () => {
    const storage = fileStorageOf({ s3: { ...s3.settings, secretAccessKey: 'wrong' }, dataDirectory: folder });
    await expect(storage.has('x')).rejects.toThrow();
    await expect(storage.put('x', inPieces(Buffer.from('x')))).rejects.toThrow('signature');
  });
});
