/** A base character with what combines with it; half-width voicing marks combine only once they are normalised. */
const CLUSTERS = /[^\p{M}\uFF9E\uFF9F][\p{M}\uFF9E\uFF9F]*|[\p{M}\uFF9E\uFF9F]+/gu;
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF\u180E]|\uFE0E|\uFE0F/gu;

/** A text with look-alike characters undone (full width, half width, invisible ones), that knows where each came from. */
export interface PlainText {
  readonly text: string;
  /** Where the characters of `text` from `start` up to `end` stand in the original: code points, half-open. */
  placeOf(start: number, end: number): { readonly start: number; readonly end: number };
}

export function plainText(original: string): PlainText {
  let text = '';
  let codePoints = 0;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const [cluster] of original.matchAll(CLUSTERS)) {
    const plain = cluster.normalize('NFKC').replaceAll(INVISIBLE, '');
    const length = [...cluster].length;
    for (let index = 0; index < plain.length; index += 1) {
      starts.push(codePoints);
      ends.push(codePoints + length);
    }
    text += plain;
    codePoints += length;
  }
  return { text, placeOf: (start, end) => ({ start: starts[start] ?? codePoints, end: ends[end - 1] ?? codePoints }) };
}
