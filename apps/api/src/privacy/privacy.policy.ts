import { allow, type FieldPolicy, operators, signedIn } from '../graphql';

/** Neither has a scope: no API key erases anybody. */
export const privacyPolicy: FieldPolicy = {
  Mutation: { ...allow(signedIn, 'eraseMyAccount'), ...allow(operators, 'erasePerson') },
  ErasureBegun: allow(signedIn, 'userId', 'requestedAt'),
};
