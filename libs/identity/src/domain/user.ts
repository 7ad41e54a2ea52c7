import { InvalidInput, type StaffRole } from '@evenhand/kernel';

export interface User {
  readonly id: string;
  /** Normalised. */
  readonly email: string;
  readonly displayName: string;
  /** BCP 47, e.g. "ja" or "zh-CN". */
  readonly locale: string;
  readonly staffRoles: readonly StaffRole[];
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

const MAX_NAME_CHARACTERS = 100;

/**
 * A name as it is shown: trimmed, one line, 1–100 characters; throws `InvalidInput`. Characters that draw nothing or turn
 * the direction of the text around are refused: with them a name can look like another's.
 */
export function parseDisplayName(field: string, text: string): string {
  const name = text.normalize('NFC').trim();
  const characters = [...name].length;
  if (characters < 1 || characters > MAX_NAME_CHARACTERS) {
    throw new InvalidInput(field, `A name has 1 to ${MAX_NAME_CHARACTERS} characters.`);
  }
  if (/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u.test(name)) {
    throw new InvalidInput(field, 'A name cannot contain control or invisible characters.');
  }
  return name;
}

/** The canonical form of a BCP 47 tag; throws `InvalidInput`. */
export function parseLocale(text: string): string {
  try {
    const [locale] = Intl.getCanonicalLocales(text);
    if (locale !== undefined && text.length <= 35) return locale;
  } catch {
    // Not a language tag: answered below like the empty text.
  }
  throw new InvalidInput('locale', 'Write a language tag such as en, ja or zh-CN.');
}
