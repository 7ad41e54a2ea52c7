import { allow, everyone, type FieldPolicy, operators, signedIn } from '../graphql';

/** None of the root fields has a scope: with an API key nobody signs in, makes keys or hands out roles. */
export const identityPolicy: FieldPolicy = {
  Query: { apiKeys: signedIn },
  Mutation: {
    ...allow(everyone, 'signIn', 'signOut'),
    ...allow(signedIn, 'createApiKey', 'revokeApiKey'),
    ...allow(operators, 'grantStaffRole', 'revokeStaffRole', 'disableUser'),
  },
  SignedOut: allow(everyone, 'everywhere'),
  ApiKey: allow(
    signedIn,
    'id',
    'name',
    'prefix',
    'scopes',
    'partyId',
    'createdAt',
    'expiresAt',
    'lastUsedAt',
    'revokedAt',
  ),
  ApiKeyCreated: allow(signedIn, 'apiKey', 'secret'),
  UserDisabled: allow(operators, 'userId'),
  StaffRolesChanged: allow(operators, 'userId', 'staffRoles'),
};
