import type { FieldCipher } from '@evenhand/platform';

/** The sealed value; null where it was changed, or sealed by a key that is known no more. */
export function openedOrNull(cipher: FieldCipher, sealed: string, context: string): string | null {
  try {
    return cipher.open(sealed, context);
  } catch {
    return null;
  }
}
