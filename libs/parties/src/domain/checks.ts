import { InvalidInput } from '@evenhand/kernel';

const COUNTRY = /^[A-Z]{2}$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/;
const CATEGORY = /^[\p{L}\p{N}][\p{L}\p{N} &/_-]{0,39}$/u;
const MAX_LIST = 30;

/** ISO 3166-1 alpha-2 in upper case, known to the runtime's region names; throws `InvalidInput`. */
export function parseCountry(field: string, text: string): string {
  const country = text.trim().toUpperCase();
  const known = COUNTRY.test(country) && !NOT_COUNTRIES.has(country) && regionNames.of(country) !== country;
  if (known) return country;
  throw new InvalidInput(field, 'Write a country as two letters, e.g. FR, JP or CN.');
}

/** Codes that region names know but nobody lives in. */
const NOT_COUNTRIES: ReadonlySet<string> = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);
const regionNames = new Intl.DisplayNames('en', { type: 'region' });

export function parseMarkets(texts: readonly string[]): readonly string[] {
  return distinct('markets', texts, (text) => parseCountry('markets', text));
}

/** Language tags such as ja, zh-Hans, pt-BR. */
export function parseLanguages(texts: readonly string[]): readonly string[] {
  return distinct('languages', texts, (text) => {
    if (LANGUAGE.test(text)) return text;
    throw new InvalidInput('languages', 'Write a language tag such as en, ja or zh-Hans.');
  });
}

/** Free words of up to 40 characters, compared in lower case. */
export function parseCategories(texts: readonly string[]): readonly string[] {
  return distinct('categories', texts, (text) => {
    const category = text.normalize('NFC').trim().toLowerCase();
    if (CATEGORY.test(category)) return category;
    throw new InvalidInput('categories', 'A category is a word or two, up to 40 characters.');
  });
}

/** Text of several lines, trimmed, up to `maxCharacters`; U+0000 is refused because it cannot be stored. */
export function parseText(field: string, text: string, maxCharacters: number): string {
  const clean = text.normalize('NFC').trim();
  if ([...clean].length > maxCharacters) throw new InvalidInput(field, `At most ${maxCharacters} characters.`);
  if (clean.includes('\0')) throw new InvalidInput(field, 'The character U+0000 is not allowed.');
  return clean;
}

function distinct(field: string, texts: readonly string[], parse: (text: string) => string): readonly string[] {
  if (texts.length > MAX_LIST) throw new InvalidInput(field, `At most ${MAX_LIST} entries.`);
  return [...new Set(texts.map(parse))];
}
