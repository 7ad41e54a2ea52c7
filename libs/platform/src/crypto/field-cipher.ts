import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

export interface EncryptionKey {
  readonly id: string;
  readonly key: Buffer;
}

/**
 * Encrypts single fields at rest with AES-256-GCM. A sealed value is `<key id>.<base64url of iv ‖ tag ‖ ciphertext>`;
 * `context` (say, table and row id) is authenticated with it, so that a value moved to another row does not open.
 */
export class FieldCipher {
  private readonly byId: ReadonlyMap<string, Buffer>;
  private readonly newest: EncryptionKey;

  /** Keys newest first: the first seals, all of them open. */
  constructor(keys: readonly EncryptionKey[]) {
    const newest = keys[0];
    if (newest === undefined) throw new TypeError('At least one encryption key is needed.');
    if (keys.some((k) => k.key.length !== KEY_BYTES || !/^[A-Za-z0-9_-]+$/.test(k.id))) {
      throw new TypeError('An encryption key is an id of letters and digits and 32 bytes.');
    }
    this.newest = newest;
    this.byId = new Map(keys.map((k) => [k.id, k.key]));
  }

  seal(plain: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.newest.key, iv).setAAD(Buffer.from(context, 'utf8'));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return `${this.newest.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** Throws where the value was not sealed by a known key for this context. */
  open(sealed: string, context: string): string {
    const dot = sealed.indexOf('.');
    const key = this.byId.get(sealed.slice(0, dot));
    if (key === undefined) throw new Error('No key is known for this encrypted value.');
    const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(context, 'utf8'))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  }

  /** What values sealed from now on begin with, before the dot. */
  get newestKeyId(): string {
    return this.newest.id;
  }

  /** True where the value was sealed by an older key and should be sealed anew. */
  isStale(sealed: string): boolean {
    return !sealed.startsWith(`${this.newest.id}.`);
  }
}
