import { InvalidTrackingCode } from './errors';

const CODE = /^[A-Z0-9][A-Z0-9-]{2,22}[A-Z0-9]$/;

// Without 0 O 1 I L: what is read aloud in a livestream is typed without doubt.
const READABLE = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const SUFFIX_LENGTH = 4;
const MAX_STEM_LENGTH = 10;
const FALLBACK_STEM = 'NOTE';
const LIVESTREAM_MARK = 'LIVE';

/** Codes are compared without regard to case or surrounding blanks. */
export function normaliseCode(code: string): string {
  return code.trim().toUpperCase();
}

/** The wished code in its canonical form; throws {@link InvalidTrackingCode}. */
export function wishedCode(code: string): string {
  const canonical = normaliseCode(code);
  if (!CODE.test(canonical)) throw new InvalidTrackingCode(code);
  return canonical;
}

/**
 * A readable code from the influencer's name and the random tail of a fresh id: "YUKI-7KQ3", and "YUKI-LIVE-7KQ3" for
 * livestreams. Names without Latin letters fall back to a neutral word.
 */
export function generateCode(
  displayName: string,
  kind: 'note_commission' | 'livestream_commission',
  id: string,
): string {
  const stem = latinStem(displayName);
  const suffix = readableSuffix(id, SUFFIX_LENGTH);
  return kind === 'livestream_commission' ? `${stem}-${LIVESTREAM_MARK}-${suffix}` : `${stem}-${suffix}`;
}

/** A link slug of twelve readable characters in lower case, from the random tail of a fresh id. */
export function generateLinkSlug(id: string): string {
  return readableSuffix(id, 11).toLowerCase();
}

function latinStem(displayName: string): string {
  const latin = displayName
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toUpperCase();
  const firstWord = /[A-Z0-9]{2,}/.exec(latin)?.[0] ?? FALLBACK_STEM;
  return firstWord.slice(0, MAX_STEM_LENGTH);
}

/** Up to eleven characters from the last 56 bits of a UUIDv7, which are random. */
function readableSuffix(id: string, length: number): string {
  let random = BigInt(`0x${id.replaceAll('-', '').slice(-14)}`);
  const base = BigInt(READABLE.length);
  let suffix = '';
  for (let index = 0; index < length; index += 1) {
    suffix += READABLE.charAt(Number(random % base));
    random /= base;
  }
  return suffix;
}
