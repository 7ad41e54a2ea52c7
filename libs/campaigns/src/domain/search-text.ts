import type { Brief } from './brief';

const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|(?!\s)\p{Cc}/gu;
// Scripts written without spaces between words: their text is found by pairs of characters.
const RUN = /([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー々〆]+)|([\p{L}\p{N}][\p{L}\p{N}\p{M}]*)/gu;
const MAX_INDEXED_CHARACTERS = 20_000;
const MAX_WORD = 64;
const MAX_QUERY_CHARACTERS = 100;

/** What full-text search compares a campaign with. */
export interface SearchDocument {
  readonly text: string;
  /** Words, pairs of characters, and the last character of each unspaced run (a pair starts with every other one). */
  readonly lexemes: readonly string[];
}

/** What a user looks for: every lexeme and every phrase must be there. */
export interface SearchQuery {
  readonly lexemes: readonly string[];
  /** Lexemes that may also be the beginning of a longer one. */
  readonly prefixes: readonly string[];
  /** Unspaced runs longer than a pair, which must stand in the text as a whole. */
  readonly phrases: readonly string[];
}

interface Runs {
  readonly words: readonly string[];
  readonly unspaced: readonly string[];
}

/** One form for what looks the same: compatibility forms, upper case and invisible characters undone. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(INVISIBLE, '');
}

function runsOf(text: string): Runs {
  const words: string[] = [];
  const unspaced: string[] = [];
  for (const [, run, word] of text.matchAll(RUN)) {
    if (run !== undefined) unspaced.push(run);
    if (word !== undefined) words.push(withoutAccents(word).slice(0, MAX_WORD));
  }
  return { words, unspaced };
}

const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss' };

function withoutAccents(word: string): string {
  const spelled = word.replaceAll(/[œæß]/gu, (letter) => LIGATURES[letter] ?? letter);
  return spelled.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC');
}

function pairsOf(run: string): readonly string[] {
  const characters = [...run];
  return characters.slice(0, -1).map((character, index) => character + (characters[index + 1] ?? ''));
}

/** The searchable side of a campaign; `brandName` is searched along with the brief. */
export function searchDocument(brief: Brief, brandName: string): SearchDocument {
  const parts = [
    brief.title,
    brandName,
    ...brief.categories,
    ...brief.products.flatMap((product) => [product.name, product.description]),
    brief.summary,
    ...brief.deliverables.map((spec) => spec.description),
  ];
  const text = plain(parts.join('\n')).slice(0, MAX_INDEXED_CHARACTERS);
  const { words, unspaced } = runsOf(text);
  const lexemes = unspaced.flatMap((run) => [...pairsOf(run), [...run].at(-1) ?? '']);
  return { text, lexemes: [...new Set([...words, ...lexemes])] };
}

/** Null where nothing in the text can be searched for. */
export function searchQuery(text: string): SearchQuery | null {
  const { words, unspaced } = runsOf(plain(text.slice(0, MAX_QUERY_CHARACTERS)));
  if (words.length + unspaced.length === 0) return null;
  const single = unspaced.filter((run) => [...run].length === 1);
  return {
    lexemes: unspaced.flatMap(pairsOf),
    prefixes: [...words, ...single],
    phrases: unspaced.filter((run) => [...run].length > 2),
  };
}
