import { type PersonActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { InvalidCredentials } from '../domain/errors';
import { canonicalPassword, MAX_PASSWORD_CHARACTERS } from '../domain/password';
import { LimitAttempts } from './limit-attempts';
import { PasswordHasher } from './password-hasher';
import { UserRepository } from './user-repository';

/**
 * That whoever is signed in is the person, before something that cannot be undone. Counted as attempts to sign in are.
 * Throws `InvalidCredentials`, `TooManyAttempts`.
 */
@Injectable()
export class ConfirmPassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly limit: LimitAttempts,
  ) {}

  async execute(actor: PersonActor, password: string): Promise<void> {
    const found = await this.uow.read(actor, async (tx) => {
      const user = await this.users.find(tx, actor.userId);
      return user && this.users.findByEmail(tx, user.email);
    });
    if (found === null) throw new InvalidCredentials();
    const { email } = found.user;
    await this.limit.execute('sign_in', { email, address: null });
    const typed = password.length > 2 * MAX_PASSWORD_CHARACTERS ? '' : canonicalPassword(password);
    if (!(await this.hasher.verify(found.passwordHash, typed))) throw new InvalidCredentials();
    await this.limit.forgive(email);
  }
}
