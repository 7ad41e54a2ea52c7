import { DomainError } from '@evenhand/kernel';

export class InvalidEmail extends DomainError {
  readonly code = 'INVALID_EMAIL';

  constructor() {
    super('Write an e-mail address such as name@example.com.', { field: 'email' });
  }
}

export class EmailTaken extends DomainError {
  readonly code = 'EMAIL_TAKEN';

  constructor() {
    super('There is an account with this e-mail address already. Sign in instead.', { field: 'email' });
  }
}

export type PasswordWeakness = 'too_short' | 'too_long' | 'nul_character' | 'same_as_email';

const WEAKNESS: Readonly<Record<PasswordWeakness, string>> = {
  too_short: 'A password needs at least 12 characters.',
  too_long: 'A password may have at most 128 characters.',
  nul_character: 'A password cannot contain the character U+0000.',
  same_as_email: 'A password cannot be the e-mail address.',
};

export class WeakPassword extends DomainError {
  readonly code = 'WEAK_PASSWORD';

  constructor(reason: PasswordWeakness) {
    super(WEAKNESS[reason], { field: 'password', reason });
  }
}

/** Unknown e-mail, wrong password and disabled account look the same on purpose. */
export class InvalidCredentials extends DomainError {
  readonly code = 'INVALID_CREDENTIALS';

  constructor() {
    super('E-mail address or password is wrong.');
  }
}

export class TooManyAttempts extends DomainError {
  readonly code = 'TOO_MANY_ATTEMPTS';

  constructor(readonly retryAfterSeconds: number) {
    super(`Too many attempts. Try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
  }
}

export class UnknownScope extends DomainError {
  readonly code = 'UNKNOWN_SCOPE';

  constructor(scope: string) {
    super('There is no such scope for an API key.', { field: 'scopes', scope });
  }
}

export class ApiKeyExpiryOutOfRange extends DomainError {
  readonly code = 'API_KEY_EXPIRY_OUT_OF_RANGE';

  constructor(maxDays: number) {
    super(`An API key expires in the future, at most ${maxDays} days from now.`, { field: 'expiresAt', maxDays });
  }
}

/** One person cannot watch over the marketplace and move its money. */
export class StaffRolesConflict extends DomainError {
  readonly code = 'STAFF_ROLES_CONFLICT';

  constructor(held: string, asked: string) {
    super('An operator cannot hold a finance role, nor finance that of an operator.', { held, asked });
  }
}

/** Nobody can lock themselves out, nor the last operator with them. */
export class OwnAccount extends DomainError {
  readonly code = 'OWN_ACCOUNT';

  constructor() {
    super('Nobody disables their own account.');
  }
}

/** Rights over others' money or accounts come from somebody else. */
export class OwnStaffRole extends DomainError {
  readonly code = 'OWN_STAFF_ROLE';

  constructor() {
    super('Nobody changes their own staff roles.');
  }
}
