import type { OrganisationRole, PersonActor, StaffRole } from '@evenhand/kernel';
import type { Fact } from './fact';
import { type Audience, ruleOf } from './kinds';

/** Somebody who stands behind a party: the influencer herself, or a member; of it, or of an agency that represents it. */
export interface PersonBehind {
  readonly userId: string;
  /** The party that the fact names. */
  readonly partyId: string;
  /** The agency through which they act for her right now; null where the party is their own. */
  readonly agencyId: string | null;
  readonly role: OrganisationRole | 'self';
}

export interface StaffMember {
  readonly userId: string;
  readonly roles: readonly StaffRole[];
}

/** As whom somebody is told: they see the notification while they are that. */
export interface Standing {
  /** Of their own; null for staff. */
  readonly partyId: string | null;
  /** The influencer for whom an agency is told. */
  readonly representedId: string | null;
  readonly staffRole: StaffRole | null;
}

export interface Recipient extends Standing {
  readonly userId: string;
}

type Behind = (person: PersonBehind, fact: Fact) => boolean;

/** Who acts, and does not merely look on. */
const manages = ({ role }: PersonBehind) => role !== 'viewer';
const isOf = (person: PersonBehind, partyId: string | undefined) =>
  person.partyId === partyId && person.agencyId === null;

const BEHIND: Readonly<Record<Exclude<Audience, 'operators' | 'approvers'>, Behind>> = {
  brand: (person, { parties }) => isOf(person, parties.brand) && manages(person),
  influencer: (person, { parties }) => person.partyId === parties.influencer && manages(person),
  influencer_alone: (person, { parties }) => isOf(person, parties.influencer) && person.role === 'self',
  agency: (person, { parties }) => isOf(person, parties.agency) && manages(person),
  told_side: (person, fact) => (fact.toldSide === 'brand' ? BEHIND.brand : BEHIND.influencer)(person, fact),
  person: (person, { parties, personId }) => isOf(person, parties.party) && person.userId === personId,
  party_managers: (person, { parties }) => isOf(person, parties.party) && manages(person),
  party_owners: (person, { parties }) =>
    isOf(person, parties.party) && (person.role === 'owner' || person.role === 'self'),
};

const STAFF: Readonly<Partial<Record<Audience, StaffRole>>> = {
  operators: 'operator',
  approvers: 'finance_approver',
};

/** The staff role that a fact is told to; null where it is for parties alone. */
export function staffRoleTold({ kind }: Pick<Fact, 'kind'>): StaffRole | null {
  return ruleOf(kind).to.flatMap((audience) => STAFF[audience] ?? [])[0] ?? null;
}

/**
 * Everybody who is told, once each and as whom the audiences find them first. Whoever did it knows; only what folds with
 * nothing is told to them as well.
 */
export function recipientsOf(
  fact: Fact,
  people: readonly PersonBehind[],
  staff: readonly StaffMember[],
): readonly Recipient[] {
  const rule = ruleOf(fact.kind);
  const found = rule.to.flatMap((audience): readonly Recipient[] => {
    if (audience === 'operators' || audience === 'approvers') return staffFor(audience, staff);
    return people.filter((person) => BEHIND[audience](person, fact)).map(asRecipient);
  });
  const distinct = new Map(found.toReversed().map((recipient) => [recipient.userId, recipient]));
  if (rule.folds !== false && fact.doneBy !== null) distinct.delete(fact.doneBy);
  return [...distinct.values()].toSorted((one, other) => (one.userId < other.userId ? -1 : 1));
}

/** True while somebody still is as whom they were told. */
export function stillStands(actor: PersonActor, { partyId, representedId, staffRole }: Standing): boolean {
  if (staffRole !== null) return actor.staffRoles.includes(staffRole);
  const isOwn = partyId === actor.influencerId || actor.memberships.some((member) => member.partyId === partyId);
  const isMandated = (agencyId: string | null) =>
    actor.representations.some((one) => one.agencyId === agencyId && one.influencerId === representedId);
  return isOwn && (representedId === null || isMandated(partyId));
}

function staffFor(audience: 'operators' | 'approvers', staff: readonly StaffMember[]): readonly Recipient[] {
  const staffRole = STAFF[audience] ?? null;
  return staff
    .filter(({ roles }) => staffRole !== null && roles.includes(staffRole))
    .map(({ userId }) => ({ userId, partyId: null, representedId: null, staffRole }));
}

function asRecipient({ userId, partyId, agencyId }: PersonBehind): Recipient {
  const standing = agencyId === null ? { partyId, representedId: null } : { partyId: agencyId, representedId: partyId };
  return { userId, ...standing, staffRole: null };
}
