import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretTokens } from '../application/secret-tokens';

@Injectable()
export class CryptoSecretTokens extends SecretTokens {
  override next(): string {
    return randomBytes(32).toString('base64url');
  }

  override digest(secret: string): Buffer {
    return createHash('sha256').update(secret, 'utf8').digest();
  }
}
