import type { Channel } from './channel';
import type { Influencer } from './influencer';

const MAX_QUERY_WORDS = 8;

/** How texts are compared in a search: full-width and half-width forms and upper and lower case are the same. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Everything about an influencer that a search by text looks at. */
export function searchTextOf(
  influencer: Influencer,
  channels: readonly Pick<Channel, 'handle' | 'platform'>[],
): string {
  const handles = channels.flatMap((channel) => [channel.handle, channel.platform]);
  const words = [influencer.displayName, ...handles, ...influencer.categories, influencer.bio];
  return foldText(words.join(' '));
}

export interface TextQuery {
  /** Each must occur somewhere, also inside a word: Chinese and Japanese do not put spaces between words. */
  readonly words: readonly string[];
  /** Pairs of neighbouring characters of the words (a single character where the word has one), for the index. */
  readonly grams: readonly string[];
}

/** Null where the text says nothing to search for. */
export function parseTextQuery(text: string): TextQuery | null {
  const words = foldText(text.replaceAll('\0', ''))
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
