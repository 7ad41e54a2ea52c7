import { ANONYMOUS, type Actor, type OrganisationRole, type PersonActor } from '@evenhand/kernel';
import type { ReviewSide } from '../domain/review';
import { mayRead } from './review-view';

const NOW = new Date('2026-03-01T09:00:00.000Z');
const review = (side: ReviewSide, visibleFrom: Date) => ({
  id: 'review',
  dealId: 'deal',
  brandId: 'brand',
  influencerId: 'influencer',
  side,
  stars: 5,
  text: '',
  writtenAt: NOW,
  visibleFrom,
});

const someone: PersonActor = {
  kind: 'person',
  userId: 'user',
  influencerId: null,
  memberships: [],
  representations: [],
  staffRoles: [],
  scopes: null,
};
const memberOf = (partyId: string, role: OrganisationRole): PersonActor => ({
  ...someone,
  memberships: [{ partyId, kind: 'brand', role }],
});
const agent = (influencerId: string): PersonActor => ({
  ...someone,
  representations: [{ agencyId: 'agency', influencerId, role: 'viewer' }],
});

describe('a review that is not visible yet', () => {
  const readers: readonly (readonly [string, Actor, readonly ReviewSide[]])[] = [
    ['a member of the brand', memberOf('brand', 'viewer'), ['brand']],
    ['a member of another brand', memberOf('other', 'owner'), []],
    ['the influencer', { ...someone, influencerId: 'influencer' }, ['influencer']],
    ['another influencer', { ...someone, influencerId: 'other' }, []],
    ['her agency', agent('influencer'), ['influencer']],
    ['an agency of somebody else', agent('other'), []],
    ['an operator', { ...someone, staffRoles: ['operator'] }, ['brand', 'influencer']],
    ['finance staff', { ...someone, staffRoles: ['finance_approver'] }, []],
    ['nobody', ANONYMOUS, []],
  ];

  it.each(readers)('is read by %s only where it is theirs or they keep order', (_who, actor, sides) => {
    const hidden = (['brand', 'influencer'] as const).filter((side) =>
      mayRead(actor, review(side, new Date(NOW.getTime() + 1)), NOW),
    );
    expect(hidden).toEqual(sides);
    expect(mayRead(actor, review('brand', NOW), NOW)).toBe(true);
  });
});
