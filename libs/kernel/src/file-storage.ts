/** Some bytes of a file, from the one numbered `start` through the one numbered `end`; the first is 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the bytes of files are kept. A key is made by the product and never by whoever sends the file: lower-case letters,
 * digits and hyphens, with slashes between.
 */
export abstract class FileStorage {
  /** Keeps all of the bytes under the key; where `bytes` fails, nothing, and its error is thrown. A key is written once. */
  abstract put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;

  /** The bytes under the key, or some of them; null where nothing is there. Nothing is opened before they are read. */
  abstract open(key: string, range: ByteRange | null): Promise<AsyncIterable<Uint8Array> | null>;

  abstract has(key: string): Promise<boolean>;

  /** Removes what is under the key, and what a `put` that was cut off has left of it; done again, it changes nothing. */
  abstract delete(key: string): Promise<void>;
}
