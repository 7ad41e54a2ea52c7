import { ANONYMOUS, type Actor, type OrganisationKind, type OrganisationRole, type StaffRole } from '@evenhand/kernel';

const SOMEBODY = {
  kind: 'person',
  userId: '01940000-0000-7000-8000-000000000001',
  influencerId: null,
  memberships: [],
  representations: [],
  staffRoles: [],
  scopes: null,
} as const;
const PARTY_ID = '01940000-0000-7000-8000-000000000002';

function member(kind: OrganisationKind, role: OrganisationRole): Actor {
  return { ...SOMEBODY, memberships: [{ partyId: PARTY_ID, kind, role }] };
}

function staff(role: StaffRole): Actor {
  return { ...SOMEBODY, staffRoles: [role] };
}

/** Somebody signed in who is nothing else. */
export const NOBODY_IN_PARTICULAR: Actor = SOMEBODY;

/** One actor for each role there is. */
export const ROLES = {
  stranger: ANONYMOUS,
  'brand owner': member('brand', 'owner'),
  'brand manager': member('brand', 'manager'),
  'brand viewer': member('brand', 'viewer'),
  influencer: { ...SOMEBODY, influencerId: PARTY_ID },
  'agency member': member('agency', 'owner'),
  'finance preparer': staff('finance_preparer'),
  'finance approver': staff('finance_approver'),
  operator: staff('operator'),
} as const satisfies Readonly<Record<string, Actor>>;

export type Role = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as Role[];

/** A member of a brand and of an agency who is also an influencer and of finance. */
export const OF_MANY_KINDS: Actor = {
  ...SOMEBODY,
  influencerId: PARTY_ID,
  memberships: (['brand', 'agency'] as const).map((kind) => ({ partyId: PARTY_ID, kind, role: 'owner' as const })),
  staffRoles: ['finance_preparer'],
};
