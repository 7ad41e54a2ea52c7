import type { OrganisationRole, Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { InvitationRepository, OrganisationRepository } from '../application/organisation-repository';
import type { Invitation } from '../domain/invitation';
import type { Member } from '../domain/membership';
import type { Organisation } from '../domain/organisation';
import { InvitationRow, MemberRow, OrganisationRow, PartyRow } from './party.rows';

@Injectable()
export class TypeormOrganisationRepository extends OrganisationRepository {
  override async add(tx: Transaction, organisation: Organisation): Promise<void> {
    await managerOf(tx).insert(PartyRow, organisation);
    await managerOf(tx).insert(OrganisationRow, { partyId: organisation.id, kind: organisation.kind });
  }

  override async addMember(tx: Transaction, member: Member): Promise<void> {
    await managerOf(tx)
      .createQueryBuilder()
      .insert()
      .into(MemberRow)
      .values({ ...member, removedAt: null })
      .orUpdate(['role', 'joined_at', 'removed_at'], ['party_id', 'user_id'])
      .execute();
  }

  override async removeMember(tx: Transaction, partyId: string, userId: string, at: Date): Promise<void> {
    await managerOf(tx).update(MemberRow, { partyId, userId }, { removedAt: at });
  }

  override async changeRole(tx: Transaction, partyId: string, userId: string, role: OrganisationRole): Promise<void> {
    await managerOf(tx).update(MemberRow, { partyId, userId }, { role });
  }

  override async members(tx: Transaction, partyId: string): Promise<readonly Member[]> {
    return managerOf(tx).find(MemberRow, {
      where: { partyId, removedAt: IsNull() },
      order: { joinedAt: 'ASC', userId: 'ASC' },
    });
  }

  override async lockMembers(tx: Transaction, partyId: string): Promise<readonly Member[]> {
    await managerOf(tx).query('select 1 from parties.organisations where party_id = $1 for no key update', [partyId]);
    return this.members(tx, partyId);
  }
}

@Injectable()
export class TypeormInvitationRepository extends InvitationRepository {
  override async add(tx: Transaction, invitation: Invitation, tokenDigest: Buffer): Promise<void> {
    await managerOf(tx).insert(InvitationRow, { ...invitation, tokenHash: tokenDigest });
  }

  override async find(tx: Transaction, invitationId: string): Promise<Invitation | null> {
    return managerOf(tx).findOneBy(InvitationRow, { id: invitationId });
  }

  override async lockByToken(tx: Transaction, tokenDigest: Buffer): Promise<Invitation | null> {
    return managerOf(tx).findOne(InvitationRow, {
      where: { tokenHash: tokenDigest },
      lock: { mode: 'pessimistic_write' },
    });
  }

  override async listOpen(tx: Transaction, partyId: string, now: Date): Promise<readonly Invitation[]> {
    return managerOf(tx).find(InvitationRow, {
      where: { partyId, acceptedAt: IsNull(), revokedAt: IsNull(), expiresAt: MoreThan(now) },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  override async markAccepted(tx: Transaction, invitationId: string, userId: string, at: Date): Promise<void> {
    await managerOf(tx).update(InvitationRow, { id: invitationId }, { acceptedAt: at, acceptedBy: userId });
  }

  override async revoke(tx: Transaction, invitationId: string, at: Date): Promise<void> {
    await managerOf(tx).update(InvitationRow, { id: invitationId }, { revokedAt: at });
  }

  override async revokeOpenOf(tx: Transaction, partyId: string, email: string, at: Date): Promise<void> {
    const open = { partyId, email, acceptedAt: IsNull(), revokedAt: IsNull() };
    await managerOf(tx).update(InvitationRow, open, { revokedAt: at });
  }
}
