import {
  LimitAttempts,
  type OpenedSession,
  OpenSession,
  RegisterUser,
  requireSession,
  SecretTokens,
  UserProfiles,
} from '@evenhand/identity';
import {
  type Actor,
  Clock,
  type OrganisationRole,
  Outbox,
  systemActor,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { AlreadyMember, InvitationNotValid } from '../domain/errors';
import { assertAcceptable, type Invitation } from '../domain/invitation';
import { InvitationRepository, OrganisationRepository } from './organisation-repository';

export interface AcceptInvitationCommand {
  readonly actor: Actor;
  readonly token: string;
  /** For somebody without an account: it is made for the invitation's address. Null: the actor accepts. */
  readonly newUser: { readonly password: string; readonly displayName: string; readonly locale: string } | null;
  readonly address: string | null;
}

export interface AcceptedInvitation {
  readonly partyId: string;
  readonly userId: string;
  readonly role: OrganisationRole;
  /** Opened for a new user. */
  readonly session: OpenedSession | null;
}

/**
 * Makes whom the token was made out to a member, once. Throws `InvitationNotValid`, `InvitationExpired`, `AlreadyMember`,
 * and for a new user also `EmailTaken`, `WeakPassword`.
 */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly invitations: InvitationRepository,
    private readonly users: UserProfiles,
    private readonly registerUser: RegisterUser,
    private readonly openSession: OpenSession,
    private readonly limit: LimitAttempts,
    private readonly tokens: SecretTokens,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: AcceptInvitationCommand): Promise<AcceptedInvitation> {
    if (command.newUser === null) requireSession(command.actor);
    else await this.limit.execute('sign_up', { email: null, address: command.address });
    return this.uow.run(systemActor('accept invitation'), async (tx) => {
      const invitation = await this.invitations.lockByToken(tx, this.tokens.digest(command.token));
      if (invitation === null) throw new InvitationNotValid();
      const userId = await this.acceptingUser(tx, invitation, command);
      await this.join(tx, invitation, userId);
      const session = command.newUser === null ? null : await this.openSession.execute(tx, userId);
      return { partyId: invitation.partyId, userId, role: invitation.role, session };
    });
  }

  private async acceptingUser(
    tx: Transaction,
    invitation: Invitation,
    command: AcceptInvitationCommand,
  ): Promise<string> {
    const now = this.clock.now();
    if (command.newUser !== null) {
      assertAcceptable(invitation, invitation.email, now);
      const registered = await this.registerUser.execute(tx, { ...command.newUser, email: invitation.email });
      return registered.userId;
    }
    const { userId } = requireSession(command.actor);
    const profile = (await this.users.profilesOf(tx, [userId])).get(userId);
    assertAcceptable(invitation, profile?.email ?? '', now);
    return userId;
  }

  private async join(tx: Transaction, invitation: Invitation, userId: string): Promise<void> {
    const { partyId, role } = invitation;
    const members = await this.organisations.lockMembers(tx, partyId);
    if (members.some((member) => member.userId === userId)) throw new AlreadyMember();
    const now = this.clock.now();
    await this.organisations.addMember(tx, { partyId, userId, role, joinedAt: now });
    await this.invitations.markAccepted(tx, invitation.id, userId, now);
    await this.outbox.append(tx, [
      { type: 'parties.member_joined', subjectId: partyId, payload: { userId, role, invitationId: invitation.id } },
    ]);
  }
}
