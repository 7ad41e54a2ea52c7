import { Forbidden, NotFound } from '@evenhand/kernel';
import { createHash } from 'node:crypto';
import { DISPUTE_OVER_DEAL } from '../../../../../test/support/deal-samples';
import type { DealWorld } from '../../../../../test/support/deal-world';
import { filesWorld } from '../../../../../test/support/files/files-world';
import { DISGUISED, grownTo, piecesOf, SAMPLES } from '../../../../../test/support/files/sample-files';
import { withDealWorld } from '../../../../../test/support/with-deal-world';
import {
  DealNotActive,
  EmptyFile,
  FileTooLarge,
  TooManyUnattachedFiles,
  UnsupportedFileType,
} from '../../domain/errors';
import { MAX_FILE_BYTES, MAX_UNATTACHED_FILES } from '../../domain/file';
import { OpenDispute } from '../disputes/open-dispute';
import { OpenFile } from './open-file';
import { StoreFile } from './store-file';

let world: DealWorld;
let files: Awaited<ReturnType<typeof filesWorld>>;

withDealWorld(async (made) => {
  world = made;
  files = await filesWorld(world);
});

/** Nothing that no version holds is left from one test to the next. */
afterEach(async () => {
  world.clock.advanceDays(1);
  await files.removeUnattached();
});

describe('a file', () => {
  it('is kept as it came, with what its bytes say of it', async () => {
    const dealId = await files.newDeal();
    const stored = await files.store(files.influencer, dealId, SAMPLES.mp4, '../直播.exe');
    expect(stored).toMatchObject({
      dealId,
      name: '直播.exe.mp4',
      type: 'video/mp4',
      kind: 'video',
      sizeBytes: SAMPLES.mp4.length,
      sha256: createHash('sha256').update(SAMPLES.mp4).digest('hex'),
    });
    expect(await files.open(files.influencer, stored.id)).toMatchObject(stored);
    const bytes = await world.get(OpenFile).bytesOf(stored, { start: 4, end: 7 });
    for await (const piece of bytes) expect(Buffer.from(piece).toString('latin1')).toBe('ftyp');
  });

  it.each([
    ['another type', DISGUISED.html, UnsupportedFileType],
    ['nothing', Buffer.alloc(0), EmptyFile],
    ['one byte too many', grownTo(MAX_FILE_BYTES.image + 1, SAMPLES.png), FileTooLarge],
  ])('is refused and leaves nothing: %s', async (_what, bytes, error) => {
    const [dealId, before] = [await files.newDeal(), files.filesOnDisk()];
    await expect(files.store(files.influencer, dealId, bytes)).rejects.toThrow(error);
    expect(await files.rowsOf(dealId)).toBe(0);
    expect(files.filesOnDisk()).toEqual(before);
  });

  it('may have as many bytes as its kind has', async () => {
    const largest = grownTo(MAX_FILE_BYTES.image, SAMPLES.png);
    expect(await files.store(files.influencer, await files.newDeal(), largest)).toMatchObject({
      sizeBytes: MAX_FILE_BYTES.image,
    });
  });

  it('is refused before it comes where its sender says that it is too large', async () => {
    const command = { actor: await world.actor(files.influencer), dealId: await files.newDeal(), name: 'a.png' };
    let read = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const piece of piecesOf(grownTo(10_000_000, SAMPLES.png))) {
        read += piece.length;
        yield piece;
      }
    }
    const declaredBytes = MAX_FILE_BYTES.image + 1;
    await expect(world.get(StoreFile).execute({ ...command, declaredBytes, bytes: counted() })).rejects.toThrow(
      FileTooLarge,
    );
    expect(read).toBeLessThan(200_000);
  });

  it.each([
    ['at once', 0],
    ['in the middle', 1_000_000],
  ])('leaves nothing where its sender goes away %s', async (_when, length) => {
    const [dealId, before] = [await files.newDeal(), files.filesOnDisk()];
    async function* cutOff(): AsyncGenerator<Uint8Array> {
      if (length > 0) yield* piecesOf(grownTo(length, SAMPLES.png));
      throw new Error('The connection was cut.');
    }
    await expect(files.store(files.influencer, dealId, cutOff())).rejects.toThrow('The connection was cut.');
    expect(await files.rowsOf(dealId)).toBe(0);
    expect(files.filesOnDisk()).toEqual(before);
  });

  it("is for the influencer's side of a deal that runs", async () => {
    const dealId = await files.newDeal();
    await expect(files.store(files.brand, dealId)).rejects.toThrow(Forbidden);
    const rivals = [await world.signUpBrand('Rival'), await world.signUpInfluencer('Rival')];
    for (const rival of rivals) await expect(files.store(rival, dealId)).rejects.toThrow(NotFound);
    expect(await files.store(files.agency, dealId)).toMatchObject({ dealId });
    await world.get(OpenDispute).execute({ actor: await world.actor(files.brand), dealId, ...DISPUTE_OVER_DEAL });
    await expect(files.store(files.influencer, dealId)).rejects.toThrow(DealNotActive);
  });

  it('is one of a few that no version holds, also where all come at once', async () => {
    const dealId = await files.newDeal();
    const all = await Promise.allSettled(
      Array.from({ length: MAX_UNATTACHED_FILES + 4 }, () => files.store(files.influencer, dealId)),
    );
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toEqual(Array.from({ length: 4 }, () => expect.any(TooManyUnattachedFiles)));
    expect(await files.store(files.agency, dealId)).toMatchObject({ dealId });
    const [first] = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    await files.discard(files.influencer, first ?? '');
    await files.store(files.influencer, dealId);
    await expect(files.store(files.influencer, dealId)).rejects.toThrow(TooManyUnattachedFiles);
  });
});
