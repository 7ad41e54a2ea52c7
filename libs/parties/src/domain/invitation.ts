import type { OrganisationRole } from '@evenhand/kernel';
import { InvitationExpired, InvitationNotValid } from './errors';

const VALID_DAYS = 7;
const DAY_MS = 86_400_000;

export interface Invitation {
  readonly id: string;
  readonly partyId: string;
  /** Normalised. */
  readonly email: string;
  readonly role: OrganisationRole;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

export function invitationExpiry(createdAt: Date): Date {
  return new Date(createdAt.getTime() + VALID_DAYS * DAY_MS);
}

/** Throws {@link InvitationNotValid}, {@link InvitationExpired}. `email` is the normalised address of who accepts. */
export function assertAcceptable(invitation: Invitation, email: string, now: Date): void {
  const used = invitation.acceptedAt !== null || invitation.revokedAt !== null;
  if (used || invitation.email !== email) throw new InvitationNotValid();
  if (invitation.expiresAt <= now) throw new InvitationExpired(invitation.expiresAt);
}
