import { Clock, IdGenerator, Outbox, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { normaliseEmail } from '../domain/email';
import { assertStrongPassword, canonicalPassword } from '../domain/password';
import { parseDisplayName, parseLocale } from '../domain/user';
import { PasswordHasher } from './password-hasher';
import { UserRepository } from './user-repository';

export interface UserRegistration {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  /** BCP 47. */
  readonly locale: string;
}

/** Makes a user inside the caller's transaction. Throws `InvalidEmail`, `EmailTaken`, `WeakPassword`, `InvalidInput`. */
@Injectable()
export class RegisterUser {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, registration: UserRegistration): Promise<{ userId: string }> {
    const email = normaliseEmail(registration.email);
    assertStrongPassword(registration.password, email);
    const user = {
      id: this.ids.next(),
      email,
      displayName: parseDisplayName('displayName', registration.displayName),
      locale: parseLocale(registration.locale),
      staffRoles: [],
      createdAt: this.clock.now(),
      disabledAt: null,
    };
    const passwordHash = await this.hasher.hash(canonicalPassword(registration.password));
    await this.uow.asSystem(tx, () => this.users.add(tx, user, passwordHash));
    await this.outbox.append(tx, [{ type: 'identity.user_registered', subjectId: user.id, payload: {} }]);
    return { userId: user.id };
  }
}
