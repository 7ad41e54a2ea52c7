import { Forbidden, NotFound, Unauthenticated } from './domain-error';

/** What a member may do in an organisation; each includes the ones after it. */
export type OrganisationRole = 'owner' | 'manager' | 'viewer';
export type OrganisationKind = 'brand' | 'agency';
export type StaffRole = 'finance_preparer' | 'finance_approver' | 'operator';

export interface Membership {
  readonly partyId: string;
  readonly kind: OrganisationKind;
  readonly role: OrganisationRole;
}

/** An influencer whom one of the actor's agencies may act for right now. */
export interface Representation {
  readonly agencyId: string;
  readonly influencerId: string;
  /** The actor's role in that agency. */
  readonly role: OrganisationRole;
}

/** Somebody signed in, as of this request: memberships and mandates are read afresh each time. */
export interface PersonActor {
  readonly kind: 'person';
  readonly userId: string;
  readonly influencerId: string | null;
  readonly memberships: readonly Membership[];
  readonly representations: readonly Representation[];
  readonly staffRoles: readonly StaffRole[];
  /** Scopes of the API key used; null for a session, which has no such limit. */
  readonly scopes: readonly string[] | null;
  /** The API key used, for the audit log. */
  readonly apiKeyId?: string;
}

/** A job or an administrator's command line; `name` says which, for logs and the audit log. */
export interface SystemActor {
  readonly kind: 'system';
  readonly name: string;
}

export interface AnonymousActor {
  readonly kind: 'anonymous';
}

export type Actor = PersonActor | SystemActor | AnonymousActor;

export const ANONYMOUS: AnonymousActor = { kind: 'anonymous' };

export function systemActor(name: string): SystemActor {
  return { kind: 'system', name };
}

const RANK: Readonly<Record<OrganisationRole, number>> = { viewer: 0, manager: 1, owner: 2 };

function reaches(role: OrganisationRole, least: OrganisationRole): boolean {
  return RANK[role] >= RANK[least];
}

/** True for a member of the organisation with at least the role; true for the system. */
export function actsForOrganisation(actor: Actor, partyId: string, least: OrganisationRole): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'person' && actor.memberships.some((m) => m.partyId === partyId && reaches(m.role, least));
}

/** True for the influencer herself and for the system. */
export function isInfluencer(actor: Actor, influencerId: string): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'person' && actor.influencerId === influencerId;
}

/** True where one of the actor's agencies holds the influencer's mandate right now. */
export function represents(actor: Actor, influencerId: string, least: OrganisationRole): boolean {
  if (actor.kind === 'system') return true;
  return (
    actor.kind === 'person' &&
    actor.representations.some((r) => r.influencerId === influencerId && reaches(r.role, least))
  );
}

/** The influencer herself, or a member of an agency that holds her mandate. */
export function actsForInfluencer(actor: Actor, influencerId: string, least: OrganisationRole): boolean {
  return isInfluencer(actor, influencerId) || represents(actor, influencerId, least);
}

export function hasStaffRole(actor: Actor, ...roles: readonly StaffRole[]): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'person' && actor.staffRoles.some((role) => roles.includes(role));
}

export function isFinance(actor: Actor): boolean {
  return hasStaffRole(actor, 'finance_preparer', 'finance_approver');
}

/** Every party the actor is or is a member of, without those it merely represents. */
export function ownPartyIds(actor: Actor): readonly string[] {
  if (actor.kind !== 'person') return [];
  const organisations = actor.memberships.map((m) => m.partyId);
  return actor.influencerId === null ? organisations : [actor.influencerId, ...organisations];
}

/** The signed-in person, or {@link Unauthenticated}. */
export function requirePerson(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new Unauthenticated();
  return actor;
}

/**
 * Enforces that `allowed` holds. Where the actor may not even know the object exists (`mayKnow` false), the answer is
 * {@link NotFound}; otherwise {@link Forbidden}.
 */
export function authorize(allowed: boolean, mayKnow: boolean, what: string, action: string): void {
  if (allowed) return;
  if (!mayKnow) throw new NotFound(what);
  throw new Forbidden(`Your role does not allow you to ${action}.`, { what, action });
}
