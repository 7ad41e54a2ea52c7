import { InvalidInput } from '@evenhand/kernel';
import { InvalidCommentPin } from './errors';
import type { FileKind } from './file';

/** Characters, as Unicode counts them. */
export const MAX_COMMENT_LENGTH = 2_000;
const LAST_PERMILLE = 1_000;
/** A day: longer than any video. */
const LAST_MS = 86_400_000;

/** What a comment points at: a file of its version and, in a video, a moment; in an image, a place. */
export interface CommentPin {
  readonly fileId: string;
  /** Milliseconds from the beginning. */
  readonly atMs: number | null;
  /** From the left and from the top, in thousandths of width and height. */
  readonly xPermille: number | null;
  readonly yPermille: number | null;
}

/** The text without space around it; throws InvalidInput unless 1 to 2,000 characters are left. */
export function parseCommentText(text: string): string {
  const trimmed = text.trim();
  const { length } = [...trimmed];
  if (length >= 1 && length <= MAX_COMMENT_LENGTH) return trimmed;
  throw new InvalidInput('text', `A comment has 1 to ${MAX_COMMENT_LENGTH.toLocaleString('en')} characters.`);
}

/** Throws InvalidCommentPin where the pin is at no file of the version, or at a position that such a file has not. */
export function requirePin(pin: CommentPin, files: readonly { readonly id: string; readonly kind: FileKind }[]): void {
  const { fileId, atMs, xPermille, yPermille } = pin;
  const file = files.find(({ id }) => id === fileId);
  if (!file) throw new InvalidCommentPin('The version holds no such file.');
  if (atMs !== null && (file.kind !== 'video' || !isWithin(atMs, LAST_MS))) {
    throw new InvalidCommentPin('Only a video has moments, in whole milliseconds from its beginning.');
  }
  if (xPermille === null && yPermille === null) return;
  const isPlace = xPermille !== null && yPermille !== null;
  if (file.kind !== 'image' || !isPlace || ![xPermille, yPermille].every((part) => isWithin(part, LAST_PERMILLE))) {
    throw new InvalidCommentPin('Only an image has places, each from the left and from the top, 0 to 1000 per mille.');
  }
}

function isWithin(number: number, last: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= last;
}
