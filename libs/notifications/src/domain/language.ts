/** The languages that texts are written in, as BCP 47 tags. */
export const LANGUAGES = ['en', 'zh-Hans', 'ja', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

const BY_PRIMARY: ReadonlyMap<string, Language> = new Map([
  ['en', 'en'],
  ['zh', 'zh-Hans'],
  ['ja', 'ja'],
  ['fr', 'fr'],
]);

/** The first of these locales that there are texts for, likeliest first; English where there are for none. */
export function languageOf(...locales: readonly string[]): Language {
  const found = locales.flatMap((locale) => BY_PRIMARY.get(locale.toLowerCase().split('-')[0] ?? '') ?? []);
  return found[0] ?? 'en';
}
