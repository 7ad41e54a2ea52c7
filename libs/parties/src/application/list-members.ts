import { requireSession, UserProfiles } from '@evenhand/identity';
import { type Actor, Clock, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { InvitationAlreadyAccepted } from '../domain/errors';
import type { Invitation } from '../domain/invitation';
import type { Member } from '../domain/membership';
import { InvitationRepository, OrganisationRepository } from './organisation-repository';
import { requireMember } from './party-access';

export interface MemberView extends Member {
  readonly displayName: string;
  readonly email: string;
}

/** The members of an organisation, for its members. */
@Injectable()
export class ListMembers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly users: UserProfiles,
  ) {}

  async execute(query: { actor: Actor; partyId: string }): Promise<readonly MemberView[]> {
    const actor = requireMember(query.actor, query.partyId, 'viewer', 'see members');
    return this.uow.read(actor, async (tx) => {
      const members = await this.organisations.members(tx, query.partyId);
      const profiles = await this.users.profilesOf(
        tx,
        members.map((member) => member.userId),
      );
      return members.map((member) => {
        const profile = profiles.get(member.userId);
        return { ...member, displayName: profile?.displayName ?? '', email: profile?.email ?? '' };
      });
    });
  }
}

/** Invitations that wait for an answer, for owners. */
@Injectable()
export class ListInvitations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly invitations: InvitationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(query: { actor: Actor; partyId: string }): Promise<readonly Invitation[]> {
    const actor = requireMember(query.actor, query.partyId, 'owner', 'see invitations');
    return this.uow.read(actor, (tx) => this.invitations.listOpen(tx, query.partyId, this.clock.now()));
  }
}

/** An owner takes an invitation back: its token stops working. Throws `InvitationAlreadyAccepted`. */
@Injectable()
export class RevokeInvitation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly invitations: InvitationRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: { actor: Actor; invitationId: string }): Promise<Invitation> {
    const { invitationId } = command;
    const actor = requireSession(command.actor);
    return this.uow.run(actor, async (tx) => {
      const invitation = await this.invitations.find(tx, invitationId);
      if (invitation === null) throw new NotFound('Invitation');
      const person = requireMember(actor, invitation.partyId, 'owner', 'revoke invitations');
      if (invitation.acceptedAt !== null) throw new InvitationAlreadyAccepted();
      if (invitation.revokedAt !== null) return invitation;
      const revokedAt = this.clock.now();
      await this.invitations.revoke(tx, invitation.id, revokedAt);
      const payload = { invitationId, by: person.userId };
      await this.outbox.append(tx, [{ type: 'parties.invitation_revoked', subjectId: invitation.partyId, payload }]);
      return { ...invitation, revokedAt };
    });
  }
}
