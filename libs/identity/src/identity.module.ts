import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AddStaff } from './application/add-staff';
import { ApiKeyRepository } from './application/api-key-repository';
import { AttemptCounter } from './application/attempt-counter';
import { Authenticate } from './application/authenticate';
import { ChangeLocale } from './application/change-locale';
import { GrantStaffRole, RevokeStaffRole } from './application/change-staff-roles';
import { ConfirmPassword } from './application/confirm-password';
import { CreateApiKey } from './application/create-api-key';
import { DisableUser } from './application/disable-user';
import { EraseUser } from './application/erase-user';
import { ForgetAttempts } from './application/forget-attempts';
import { LimitAttempts } from './application/limit-attempts';
import { ListApiKeys } from './application/list-api-keys';
import { OpenSession } from './application/open-session';
import { PasswordHasher } from './application/password-hasher';
import { ProlongSession } from './application/prolong-session';
import { RegisterUser } from './application/register-user';
import { RevokeApiKey } from './application/revoke-api-key';
import { SecretTokens } from './application/secret-tokens';
import { SessionRepository } from './application/session-repository';
import { SignIn } from './application/sign-in';
import { SignOut } from './application/sign-out';
import { UserProfiles } from './application/user-profiles';
import { UserRepository } from './application/user-repository';
import { ApiKeyRow } from './infrastructure/api-key.row';
import { Argon2PasswordHasher } from './infrastructure/argon2-password-hasher';
import { CryptoSecretTokens } from './infrastructure/crypto-secret-tokens';
import { SessionRow } from './infrastructure/session.row';
import { TypeormApiKeyRepository } from './infrastructure/typeorm-api-key-repository';
import { TypeormAttemptCounter } from './infrastructure/typeorm-attempt-counter';
import { TypeormSessionRepository } from './infrastructure/typeorm-session-repository';
import { TypeormUserRepository } from './infrastructure/typeorm-user-repository';
import { UserRow } from './infrastructure/user.row';

const IDENTITY_ROWS = [UserRow, SessionRow, ApiKeyRow];

const PUBLIC = [
  AddStaff,
  Authenticate,
  ChangeLocale,
  ConfirmPassword,
  CreateApiKey,
  DisableUser,
  EraseUser,
  ForgetAttempts,
  GrantStaffRole,
  LimitAttempts,
  ListApiKeys,
  OpenSession,
  ProlongSession,
  RegisterUser,
  RevokeApiKey,
  RevokeStaffRole,
  SignIn,
  SignOut,
  UserProfiles,
];

/** Who somebody is: users, sessions, API keys, staff roles. Needs the platform's module in the application. */
@Module({
  imports: [TypeOrmModule.forFeature(IDENTITY_ROWS)],
  providers: [
    ...PUBLIC,
    { provide: ApiKeyRepository, useClass: TypeormApiKeyRepository },
    { provide: AttemptCounter, useClass: TypeormAttemptCounter },
    { provide: PasswordHasher, useClass: Argon2PasswordHasher },
    { provide: SecretTokens, useClass: CryptoSecretTokens },
    { provide: SessionRepository, useClass: TypeormSessionRepository },
    { provide: UserRepository, useClass: TypeormUserRepository },
  ],
  exports: [...PUBLIC, SecretTokens],
})
export class IdentityModule {}
