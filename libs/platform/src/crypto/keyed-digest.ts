import { createHmac, hkdfSync } from 'node:crypto';
import type { EncryptionKey } from './field-cipher';

/** The purpose of the digests that the audit log keeps of texts. */
export const AUDIT_DIGESTS = 'audit log';

const KEY_BYTES = 32;
const BLOCK_BYTES = 64;
const [INNER_PAD, OUTER_PAD] = [0x36, 0x5c] as const;

/**
 * Tokens of values that are to be compared and never to be known: `<key id>.<base64url of an HMAC-SHA-256>`, by keys that
 * are derived from the encryption keys, one for each purpose. Without the keys no list of likely values tells whose a token is.
 */
export class KeyedDigest {
  private readonly derived = new Map<string, readonly EncryptionKey[]>();

  /** Keys newest first, as the {@link FieldCipher} has them. */
  constructor(private readonly keys: readonly EncryptionKey[]) {}

  /** The value's tokens by each key, newest first: the first is what is kept, by the others older ones are found again. */
  tokensOf(value: string, purpose: string): readonly string[] {
    return this.keysFor(purpose).map(
      ({ id, key }) => `${id}.${createHmac('sha256', key).update(value, 'utf8').digest('base64url')}`,
    );
  }

  /**
   * The newest key as the database needs it to make the same tokens: `<key id>.<inner key>.<outer key>`, both in hexadecimal,
   * each before what it hashes (RFC 2104).
   */
  paddedKeyFor(purpose: string): string {
    const [newest] = this.keysFor(purpose);
    if (newest === undefined) throw new TypeError('At least one encryption key is needed.');
    const block = Buffer.concat([newest.key], BLOCK_BYTES);
    const padded = (pad: number) => Buffer.from(block.map((byte) => byte ^ pad)).toString('hex');
    return [newest.id, padded(INNER_PAD), padded(OUTER_PAD)].join('.');
  }

  private keysFor(purpose: string): readonly EncryptionKey[] {
    const known = this.derived.get(purpose);
    if (known) return known;
    const derived = this.keys.map(({ id, key }) => {
      return { id, key: Buffer.from(hkdfSync('sha256', key, '', `evenhand/digest/${purpose}`, KEY_BYTES)) };
    });
    this.derived.set(purpose, derived);
    return derived;
  }
}
