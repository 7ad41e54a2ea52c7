import { hash, type Options, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../application/password-hasher';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane (the library's default algorithm is argon2id). */
const OPTIONS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

@Injectable()
export class Argon2PasswordHasher extends PasswordHasher {
  /** The hash of a password nobody has, made with the same options, so that checking it takes the same time. */
  private nobody: Promise<string> | undefined;

  override hash(password: string): Promise<string> {
    return hash(password, OPTIONS);
  }

  override verify(passwordHash: string, password: string): Promise<boolean> {
    return verify(passwordHash, password);
  }

  override async verifyNothing(password: string): Promise<false> {
    this.nobody ??= hash('nobody has this password', OPTIONS);
    await verify(await this.nobody, password);
    return false;
  }
}
