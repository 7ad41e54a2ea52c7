import type { FileKind } from '../../domain/file';

/** A file whose bytes are all in storage. */
export interface StoredFile {
  readonly id: string;
  readonly dealId: string;
  /** For showing, and for who downloads it; never part of a path. */
  readonly name: string;
  /** Media type, as the bytes say. */
  readonly type: string;
  readonly kind: FileKind;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly storedAt: Date;
}

/** Where the bytes of a file are: by its id alone, so that one party's files can be removed whoever else has sent the same. */
export function storageKeyOf(fileId: string): string {
  // The last digits are random, the first ones a time: so folders fill evenly.
  return `deals/${fileId.slice(-2)}/${fileId}`;
}
