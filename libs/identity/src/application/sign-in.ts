import { Outbox, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { normaliseEmail } from '../domain/email';
import { InvalidCredentials } from '../domain/errors';
import { canonicalPassword, MAX_PASSWORD_CHARACTERS } from '../domain/password';
import type { User } from '../domain/user';
import { LimitAttempts } from './limit-attempts';
import { type OpenedSession, OpenSession } from './open-session';
import { PasswordHasher } from './password-hasher';
import { UserRepository } from './user-repository';

const SYSTEM = systemActor('sign in');

export interface SignInCommand {
  readonly email: string;
  readonly password: string;
  /** Where the request came from; null for a client that is not limited by address. */
  readonly address: string | null;
}

/** Throws `InvalidCredentials` and `TooManyAttempts`; neither tells whether there is such an account. */
@Injectable()
export class SignIn {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly limit: LimitAttempts,
    private readonly openSession: OpenSession,
    private readonly outbox: Outbox,
  ) {}

  async execute(command: SignInCommand): Promise<OpenedSession & { userId: string }> {
    const email = comparableEmail(command.email);
    await this.limit.execute('sign_in', { email, address: command.address });
    const user = await this.verify(email, command.password);
    await this.limit.forgive(email);
    const session = await this.uow.run(SYSTEM, async (tx) => {
      await this.outbox.append(tx, [{ type: 'identity.signed_in', subjectId: user.id, payload: {} }]);
      return this.openSession.execute(tx, user.id);
    });
    return { userId: user.id, ...session };
  }

  private async verify(email: string, password: string): Promise<User> {
    // No password is that long, and the work of hashing must not grow with what a stranger sends.
    const typed = password.length > 2 * MAX_PASSWORD_CHARACTERS ? '' : canonicalPassword(password);
    const found = await this.uow.read(SYSTEM, (tx) => this.users.findByEmail(tx, email));
    const right =
      found === null ? await this.hasher.verifyNothing(typed) : await this.hasher.verify(found.passwordHash, typed);
    if (found === null || !right || found.user.disabledAt !== null) throw new InvalidCredentials();
    return found.user;
  }
}

/** An address that no account can have is looked up all the same: it must cost the same time. */
function comparableEmail(text: string): string {
  try {
    return normaliseEmail(text);
  } catch {
    return text.trim().toLowerCase().replaceAll('\0', '').slice(0, 254);
  }
}
