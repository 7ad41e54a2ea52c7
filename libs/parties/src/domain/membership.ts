import type { OrganisationRole } from '@evenhand/kernel';
import { LastOwner } from './errors';

export interface Member {
  readonly partyId: string;
  readonly userId: string;
  readonly role: OrganisationRole;
  readonly joinedAt: Date;
}

/**
 * Throws {@link LastOwner} where taking the owner's role from `userId` leaves the organisation without one.
 * `members` are all present members, locked against changes.
 */
export function assertOwnerRemains(members: readonly Member[], userId: string): void {
  if (!members.some((member) => member.role === 'owner' && member.userId !== userId)) throw new LastOwner();
}
