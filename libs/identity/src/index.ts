export { AddStaff, type AddStaffCommand } from './application/add-staff';
export { Authenticate, type Authenticated } from './application/authenticate';
export { ChangeLocale } from './application/change-locale';
export { GrantStaffRole, RevokeStaffRole, type StaffRoleCommand } from './application/change-staff-roles';
export { ConfirmPassword } from './application/confirm-password';
export { CreateApiKey, type CreateApiKeyCommand } from './application/create-api-key';
export { DisableUser } from './application/disable-user';
export { EraseUser } from './application/erase-user';
export { ForgetAttempts } from './application/forget-attempts';
export { type Attempt, LimitAttempts } from './application/limit-attempts';
export { ListApiKeys } from './application/list-api-keys';
export { type OpenedSession, OpenSession } from './application/open-session';
export { ProlongSession } from './application/prolong-session';
export { RegisterUser, type UserRegistration } from './application/register-user';
export { RevokeApiKey } from './application/revoke-api-key';
export { SecretTokens } from './application/secret-tokens';
export { SignIn, type SignInCommand } from './application/sign-in';
export { SignOut, type SignOutCommand } from './application/sign-out';
export { UserProfiles } from './application/user-profiles';
export type { ApiKey } from './domain/api-key';
export { normaliseEmail } from './domain/email';
export {
  ApiKeyExpiryOutOfRange,
  EmailTaken,
  InvalidCredentials,
  InvalidEmail,
  OwnAccount,
  OwnStaffRole,
  type PasswordWeakness,
  StaffRolesConflict,
  TooManyAttempts,
  UnknownScope,
  WeakPassword,
} from './domain/errors';
export { requireSession } from './domain/require-session';
export { type Scope, SCOPES } from './domain/scope';
export { type Session, sessionFromJson, type StoredSession } from './domain/session';
export { parseDisplayName, type User } from './domain/user';
export { IdentityModule } from './identity.module';
