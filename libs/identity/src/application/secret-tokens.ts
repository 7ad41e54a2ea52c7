/** Unguessable secrets that are given out once and kept only as a digest. */
export abstract class SecretTokens {
  /** 256 random bits, base64url (43 characters). */
  abstract next(): string;

  /** sha256 of the text, 32 bytes: enough for secrets of 256 bits, where a slow hash would protect nothing more. */
  abstract digest(secret: string): Buffer;
}
