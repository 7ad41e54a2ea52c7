import { EmptyFile, FileTooLarge, UnsupportedFileType } from './errors';

export const FILE_KINDS = ['image', 'video', 'document'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const MEBIBYTE = 1024 * 1024;

/** The most bytes of a file of each kind. */
export const MAX_FILE_BYTES: Readonly<Record<FileKind, number>> = {
  image: 20 * MEBIBYTE,
  video: 500 * MEBIBYTE,
  document: 20 * MEBIBYTE,
};

/** Files that one version holds at most. */
export const MAX_FILES_OF_VERSION = 10;

/** Files that somebody has uploaded, or is uploading, and that no version holds yet. */
export const MAX_UNATTACHED_FILES = 20;

const HOURS_UNATTACHED = 24;

/** A type that is taken in, as its bytes say; the first extension is the usual one. */
export interface FileType {
  readonly mime: string;
  readonly kind: FileKind;
  readonly extensions: readonly [string, ...string[]];
}

/**
 * Everything that is taken in. What a browser or a viewer might run is not in it (SVG, HTML, office documents), nor is
 * plain text: it has no signature, so that anything could pass for it, and the caption is there for text.
 */
const FILE_TYPES: readonly FileType[] = [
  { mime: 'image/jpeg', kind: 'image', extensions: ['jpg', 'jpeg'] },
  { mime: 'image/png', kind: 'image', extensions: ['png'] },
  { mime: 'image/apng', kind: 'image', extensions: ['png', 'apng'] },
  { mime: 'image/webp', kind: 'image', extensions: ['webp'] },
  { mime: 'image/gif', kind: 'image', extensions: ['gif'] },
  { mime: 'image/heic', kind: 'image', extensions: ['heic', 'heif'] },
  { mime: 'image/heif', kind: 'image', extensions: ['heif', 'heic'] },
  { mime: 'video/mp4', kind: 'video', extensions: ['mp4', 'm4v'] },
  { mime: 'video/x-m4v', kind: 'video', extensions: ['m4v', 'mp4'] },
  { mime: 'video/quicktime', kind: 'video', extensions: ['mov', 'qt'] },
  { mime: 'video/webm', kind: 'video', extensions: ['webm'] },
  { mime: 'application/pdf', kind: 'document', extensions: ['pdf'] },
];

/** What a browser of old would have taken for a page, whatever the bytes before it are. */
const PAGE = /<(?:!doctype\s+html|html|head|body|script|iframe|svg)[\s>/]/i;

/**
 * The type of a file by what its first bytes are. `sniffed` is what a library found in them, if anything. An image that
 * holds a page as well is refused: nothing that draws pictures writes one.
 * Throws EmptyFile, UnsupportedFileType.
 */
export function fileTypeOf(sniffed: string | undefined, head: Uint8Array): FileType {
  if (head.length === 0) throw new EmptyFile();
  const type = FILE_TYPES.find(({ mime }) => mime === sniffed);
  if (type === undefined || (type.kind === 'image' && PAGE.test(latin1(head)))) {
    throw new UnsupportedFileType(FILE_TYPES.map(({ mime }) => mime));
  }
  return type;
}

/** The kind of a type that was taken in. */
export function kindOf(mime: string): FileKind {
  const type = FILE_TYPES.find((known) => known.mime === mime);
  if (type === undefined) throw new Error(`No file is of type ${mime}.`);
  return type.kind;
}

/** Throws FileTooLarge where so many bytes are more than a file of its kind may have. */
export function requireSize({ kind }: FileType, bytes: number): void {
  const most = MAX_FILE_BYTES[kind];
  if (bytes > most) throw new FileTooLarge(kind, most);
}

/** Files that were begun before this instant, and that no version holds, are not kept. */
export function keptUnattachedSince(now: Date): Date {
  return new Date(now.getTime() - HOURS_UNATTACHED * 3_600_000);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
