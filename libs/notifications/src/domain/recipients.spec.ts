import type { PersonActor } from '@evenhand/kernel';
import type { Fact } from './fact';
import { type PersonBehind, recipientsOf, type StaffMember, stillStands } from './recipients';

const FACT: Fact = {
  kind: 'deal_completed',
  objectId: 'deal',
  key: 'event:1',
  doneBy: null,
  parties: { brand: 'brand', influencer: 'influencer', agency: 'agency', party: 'party' },
  campaignId: null,
  dealId: null,
  count: 1,
};

function behind(userId: string, partyId: string, role: PersonBehind['role'], agencyId: string | null = null) {
  return { userId, partyId, role, agencyId };
}

const PEOPLE: readonly PersonBehind[] = [
  behind('brand owner', 'brand', 'owner'),
  behind('brand manager', 'brand', 'manager'),
  behind('brand viewer', 'brand', 'viewer'),
  behind('she', 'influencer', 'self'),
  behind('her agent', 'influencer', 'manager', 'agency'),
  behind('agency viewer', 'influencer', 'viewer', 'agency'),
  behind('agency owner', 'agency', 'owner'),
  behind('party owner', 'party', 'owner'),
  behind('party manager', 'party', 'manager'),
];
const STAFF: readonly StaffMember[] = [
  { userId: 'operator', roles: ['operator'] },
  { userId: 'approver', roles: ['finance_approver'] },
  { userId: 'preparer', roles: ['finance_preparer'] },
];
const told = (fact: Partial<Fact>, people = PEOPLE) =>
  recipientsOf({ ...FACT, ...fact }, people, STAFF).map(({ userId }) => userId);

describe('who is told', () => {
  it.each<[Fact['kind'], readonly string[]]>([
    ['bid_submitted', ['brand manager', 'brand owner']],
    ['deal_funded', ['her agent', 'she']],
    ['deal_completed', ['brand manager', 'brand owner', 'her agent', 'she']],
    ['deal_disputed', ['brand manager', 'brand owner', 'her agent', 'operator', 'she']],
    ['mandate_requested', ['she']],
    ['mandate_accepted', ['agency owner']],
    ['mandate_ended', ['agency owner', 'she']],
    ['member_invited', ['party owner']],
    ['payout_paid', ['party manager', 'party owner']],
    ['payout_batch_submitted', ['approver']],
    ['sales_held', ['brand manager', 'brand owner', 'her agent', 'operator', 'she']],
    ['payout_account_changed', ['party owner']],
  ])('%s: those who act on the side that it concerns, and nobody who looks on', (kind, expected) => {
    expect(told({ kind })).toEqual(expected);
  });

  it('is one side alone where the fact says which', () => {
    expect(told({ kind: 'bid_countered', toldSide: 'brand' })).toEqual(['brand manager', 'brand owner']);
    expect(told({ kind: 'bid_countered', toldSide: 'influencer' })).toEqual(['her agent', 'she']);
  });

  it('is one person of the party where it names them, and nobody where they are not of it any more', () => {
    expect(told({ kind: 'saved_search_matched', personId: 'party manager' })).toEqual(['party manager']);
    expect(told({ kind: 'saved_search_matched', personId: 'brand owner' })).toEqual([]);
  });

  it('is not who did it, unless it is a notice of security', () => {
    expect(told({ doneBy: 'she' })).toEqual(['brand manager', 'brand owner', 'her agent']);
    expect(told({ kind: 'payout_batch_submitted', doneBy: 'approver' })).toEqual([]);
    expect(told({ kind: 'payout_account_changed', doneBy: 'party owner' })).toEqual(['party owner']);
  });

  it('is each once, as whom the first audience finds them', () => {
    const both = [...PEOPLE, behind('operator', 'influencer', 'self')];
    const [operator, ...more] = recipientsOf({ ...FACT, kind: 'sales_held' }, both, STAFF).filter(
      ({ userId }) => userId === 'operator',
    );
    expect(more).toEqual([]);
    expect(operator).toMatchObject({ staffRole: 'operator', partyId: null });
  });

  it('says for whom: an agency is told as itself, for the influencer', () => {
    const recipients = recipientsOf({ ...FACT, kind: 'deal_funded' }, PEOPLE, STAFF);
    expect(recipients).toEqual([
      { userId: 'her agent', partyId: 'agency', representedId: 'influencer', staffRole: null },
      { userId: 'she', partyId: 'influencer', representedId: null, staffRole: null },
    ]);
  });
});

describe('whoever was told', () => {
  const person: PersonActor = {
    kind: 'person',
    userId: 'agent',
    influencerId: 'herself',
    memberships: [{ partyId: 'agency', kind: 'agency', role: 'manager' }],
    representations: [{ agencyId: 'agency', influencerId: 'influencer', role: 'manager' }],
    staffRoles: ['operator'],
    scopes: null,
  };
  const standing = { partyId: null, representedId: null, staffRole: null };

  it('still is that while they are a member, hold the mandate, have the role', () => {
    expect(stillStands(person, { ...standing, partyId: 'herself' })).toBe(true);
    expect(stillStands(person, { ...standing, partyId: 'agency' })).toBe(true);
    expect(stillStands(person, { ...standing, partyId: 'agency', representedId: 'influencer' })).toBe(true);
    expect(stillStands(person, { ...standing, staffRole: 'operator' })).toBe(true);
  });

  it('is not once that has ended', () => {
    const agent = { ...standing, partyId: 'agency', representedId: 'influencer' };
    expect(stillStands({ ...person, representations: [] }, agent)).toBe(false);
    expect(stillStands({ ...person, memberships: [] }, agent)).toBe(false);
    expect(stillStands({ ...person, staffRoles: [] }, { ...standing, staffRole: 'operator' })).toBe(false);
    expect(stillStands(person, standing)).toBe(false);
  });
});
