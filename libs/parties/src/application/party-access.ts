import { requireSession } from '@evenhand/identity';
import {
  type Actor,
  actsForOrganisation,
  authorize,
  isInfluencer,
  NotFound,
  type OrganisationRole,
  ownPartyIds,
  type PersonActor,
} from '@evenhand/kernel';

/** A person signed in with a session who is at least `least` in the organisation; to strangers it is not there. */
export function requireMember(actor: Actor, partyId: string, least: OrganisationRole, action: string): PersonActor {
  const person = requireSession(actor);
  const member = person.memberships.some((membership) => membership.partyId === partyId);
  authorize(actsForOrganisation(person, partyId, least), member, 'Party', action);
  return person;
}

/** The influencer herself, or an owner of the organisation: nobody else decides where a party's money goes. */
export function requireMoneyOwner(actor: Actor, partyId: string, action: string): PersonActor {
  const person = requireSession(actor);
  const allowed = isInfluencer(person, partyId) || actsForOrganisation(person, partyId, 'owner');
  authorize(allowed, ownPartyIds(person).includes(partyId), 'Party', action);
  return person;
}

/** The influencer as whom the actor speaks: herself and nobody for her. */
export function requireOwnInfluencer(actor: Actor): { readonly person: PersonActor; readonly influencerId: string } {
  const person = requireSession(actor);
  if (person.influencerId === null) throw new NotFound('Influencer');
  return { person, influencerId: person.influencerId };
}
