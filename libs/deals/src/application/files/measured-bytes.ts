import { createHash } from 'node:crypto';
import { type FileType, requireSize } from '../../domain/file';

/** The first bytes of a file, and all of them as one stream. */
export interface BegunBytes {
  readonly head: Uint8Array;
  readonly all: AsyncIterable<Uint8Array>;
}

/** Reads `enough` bytes ahead, or all where there are fewer. */
export async function begin(bytes: AsyncIterable<Uint8Array>, enough: number): Promise<BegunBytes> {
  const source = bytes[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < enough;) {
    const { done, value } = await source.next();
    if (done === true) break;
    pieces.push(value);
    length += value.length;
  }
  const head = Buffer.concat(pieces);
  return { head, all: joined(head, source) };
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** Counts and digests what passes, and stops what grows larger than a file of its type may be. */
export class MeasuredBytes {
  sizeBytes = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly type: FileType) {}

  /** Throws FileTooLarge. */
  async *through(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      this.sizeBytes += piece.length;
      requireSize(this.type, this.sizeBytes);
      this.hash.update(piece);
      yield piece;
    }
  }

  /** Of everything that has passed; asked once. */
  sha256(): string {
    return this.hash.digest('hex');
  }
}
