import { normaliseEmail, SecretTokens, UserProfiles } from '@evenhand/identity';
import { type Actor, Clock, IdGenerator, type OrganisationRole, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { AlreadyMember } from '../domain/errors';
import { type Invitation, invitationExpiry } from '../domain/invitation';
import { InvitationRepository, OrganisationRepository } from './organisation-repository';
import { requireMember } from './party-access';

export interface InviteMemberCommand {
  readonly actor: Actor;
  readonly partyId: string;
  readonly email: string;
  readonly role: OrganisationRole;
}

/** An owner invites an e-mail address. The token is in this answer and nowhere else. Throws `AlreadyMember`. */
@Injectable()
export class InviteMember {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly invitations: InvitationRepository,
    private readonly users: UserProfiles,
    private readonly tokens: SecretTokens,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: InviteMemberCommand): Promise<{ invitation: Invitation; token: string }> {
    const actor = requireMember(command.actor, command.partyId, 'owner', 'invite members');
    const email = normaliseEmail(command.email);
    const now = this.clock.now();
    const token = this.tokens.next();
    const invitation: Invitation = {
      id: this.ids.next(),
      partyId: command.partyId,
      email,
      role: command.role,
      invitedBy: actor.userId,
      createdAt: now,
      expiresAt: invitationExpiry(now),
      acceptedAt: null,
      revokedAt: null,
    };
    await this.uow.run(actor, async (tx) => {
      const members = await this.organisations.members(tx, command.partyId);
      const profiles = await this.users.profilesOf(
        tx,
        members.map((member) => member.userId),
      );
      if ([...profiles.values()].some((profile) => profile.email === email)) throw new AlreadyMember();
      await this.invitations.revokeOpenOf(tx, command.partyId, email, now);
      await this.invitations.add(tx, invitation, this.tokens.digest(token));
      await this.outbox.append(tx, [
        {
          type: 'parties.member_invited',
          subjectId: command.partyId,
          payload: { invitationId: invitation.id, role: command.role, by: actor.userId },
        },
      ]);
    });
    return { invitation, token };
  }
}
