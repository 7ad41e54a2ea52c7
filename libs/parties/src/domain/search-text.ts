import type { Channel } from './channel';
import type { Influencer } from './influencer';

const MAX_QUERY_WORDS = 8;
const MAX_QUERY_CHARACTERS = 100;
// Control characters too: PostgreSQL cannot take U+0000 in a text.
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|(?!\s)\p{Cc}/gu;
// Not of every script: without its marks a Japanese kana is another one.
const ACCENTED = /(\p{sc=Latin}|\p{sc=Greek}|\p{sc=Cyrillic})\p{M}+/gu;
const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss' };

/** How names are compared: full-width and half-width forms and upper and lower case are the same. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** How texts are compared in a search: accents, invisible characters and the form of an apostrophe make no difference either. */
export function foldSearch(text: string): string {
  const plain = foldText(text)
    .replaceAll(INVISIBLE, '')
    .replaceAll(/[‘’ʼ]/gu, "'")
    .replaceAll(/[œæß]/gu, (letter) => LIGATURES[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(ACCENTED, '$1')
    .normalize('NFC');
  return plain.replaceAll(/ +/gu, ' ').trim();
}

/** Everything about an influencer that a search by text looks at. */
export function searchTextOf(
  influencer: Influencer,
  channels: readonly Pick<Channel, 'handle' | 'platform'>[],
): string {
  const handles = channels.flatMap((channel) => [channel.handle, channel.platform]);
  const words = [influencer.displayName, ...handles, ...influencer.categories, influencer.bio];
  return foldSearch(words.join(' '));
}

export interface TextQuery {
  /** Each must occur somewhere, also inside a word: Chinese and Japanese do not put spaces between words. */
  readonly words: readonly string[];
  /** Pairs of neighbouring characters of the words (a single character where the word has one), for the index. */
  readonly grams: readonly string[];
}

/** Null where the text says nothing to search for. */
export function parseTextQuery(text: string): TextQuery | null {
  const words = foldSearch(
    Array.from(text.slice(0, 2 * MAX_QUERY_CHARACTERS))
      .slice(0, MAX_QUERY_CHARACTERS)
      .join(''),
  )
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MAX_QUERY_WORDS);
  if (words.length === 0) return null;
  return { words, grams: [...new Set(words.flatMap(gramsOf))] };
}

function gramsOf(word: string): readonly string[] {
  const characters = [...word];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
