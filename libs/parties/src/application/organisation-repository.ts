import type { OrganisationRole, Transaction } from '@evenhand/kernel';
import type { Invitation } from '../domain/invitation';
import type { Member } from '../domain/membership';
import type { Organisation } from '../domain/organisation';

export abstract class OrganisationRepository {
  abstract add(tx: Transaction, organisation: Organisation): Promise<void>;
  /** Makes somebody a member, again where the person was one before. */
  abstract addMember(tx: Transaction, member: Member): Promise<void>;
  abstract removeMember(tx: Transaction, partyId: string, userId: string, at: Date): Promise<void>;
  abstract changeRole(tx: Transaction, partyId: string, userId: string, role: OrganisationRole): Promise<void>;
  /** Present members in the order in which they joined. */
  abstract members(tx: Transaction, partyId: string): Promise<readonly Member[]>;
  /** As `members`, and the membership does not change before the transaction ends. */
  abstract lockMembers(tx: Transaction, partyId: string): Promise<readonly Member[]>;
}

export abstract class InvitationRepository {
  abstract add(tx: Transaction, invitation: Invitation, tokenDigest: Buffer): Promise<void>;
  abstract find(tx: Transaction, invitationId: string): Promise<Invitation | null>;
  /** Locked: two who use one token at once come one after the other. */
  abstract lockByToken(tx: Transaction, tokenDigest: Buffer): Promise<Invitation | null>;
  /** Neither accepted, revoked nor expired at `now`; newest first. */
  abstract listOpen(tx: Transaction, partyId: string, now: Date): Promise<readonly Invitation[]>;
  abstract markAccepted(tx: Transaction, invitationId: string, userId: string, at: Date): Promise<void>;
  abstract revoke(tx: Transaction, invitationId: string, at: Date): Promise<void>;
  /** Earlier invitations of the address stop working when a new one is made. */
  abstract revokeOpenOf(tx: Transaction, partyId: string, email: string, at: Date): Promise<void>;
}
