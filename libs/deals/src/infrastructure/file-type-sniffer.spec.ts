import { DISGUISED, pngWithProfile, SAMPLES } from '../../../../test/support/files/sample-files';
import { EmptyFile, UnsupportedFileType } from '../domain/errors';
import { fileTypeOf } from '../domain/file';
import { FileTypeSniffer } from './file-type-sniffer';

const typeOf = async (head: Buffer) => fileTypeOf(await new FileTypeSniffer().typeOf(head), head);

describe('what a file is', () => {
  it.each([
    ['png', 'image/png', 'image'],
    ['gif', 'image/gif', 'image'],
    ['webp', 'image/webp', 'image'],
    ['jpeg', 'image/jpeg', 'image'],
    ['heic', 'image/heic', 'image'],
    ['mp4', 'video/mp4', 'video'],
    ['mov', 'video/quicktime', 'video'],
    ['webm', 'video/webm', 'video'],
    ['pdf', 'application/pdf', 'document'],
  ] as const)('its bytes say: %s', async (sample, mime, kind) => {
    expect(await typeOf(SAMPLES[sample])).toMatchObject({ mime, kind });
  });

  it('is found behind a long colour profile', async () => {
    expect(await typeOf(pngWithProfile(40_000))).toMatchObject({ mime: 'image/png' });
  });

  it.each(Object.keys(DISGUISED) as (keyof typeof DISGUISED)[])('is refused where it is none of those: %s', (name) =>
    expect(typeOf(DISGUISED[name])).rejects.toThrow(UnsupportedFileType),
  );

  it('is nothing where there is nothing', () => expect(typeOf(Buffer.alloc(0))).rejects.toThrow(EmptyFile));
});
