import { type Actor, Forbidden, requirePerson, type PersonActor } from '@evenhand/kernel';

/**
 * The person signed in with a session. No API key, whatever its scopes, may hand out access, speak a person's consent or
 * change where money goes: a leaked key must not be able to make itself permanent.
 */
export function requireSession(actor: Actor): PersonActor {
  const person = requirePerson(actor);
  if (person.scopes !== null) throw new Forbidden('An API key cannot do this. Sign in with your password.');
  return person;
}
