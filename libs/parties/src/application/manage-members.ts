import { requireSession } from '@evenhand/identity';
import { type Actor, Clock, NotFound, type OrganisationRole, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { assertOwnerRemains, type Member } from '../domain/membership';
import { OrganisationRepository } from './organisation-repository';
import { requireMember } from './party-access';

/** By an owner, or by the member who leaves. Takes effect on that person's next request. Throws `LastOwner`. */
@Injectable()
export class RemoveMember {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: { actor: Actor; partyId: string; userId: string }): Promise<Member> {
    const leaving = requireSession(command.actor).userId === command.userId;
    const actor = requireMember(command.actor, command.partyId, leaving ? 'viewer' : 'owner', 'remove members');
    return this.uow.run(actor, async (tx) => {
      const members = await this.organisations.lockMembers(tx, command.partyId);
      const member = memberOf(members, command.userId);
      assertOwnerRemains(members, member.userId);
      await this.organisations.removeMember(tx, command.partyId, member.userId, this.clock.now());
      const payload = { userId: member.userId, role: member.role, by: actor.userId };
      await this.outbox.append(tx, [{ type: 'parties.member_removed', subjectId: command.partyId, payload }]);
      return member;
    });
  }
}

/** By an owner. Throws `LastOwner` where the last owner would become less. */
@Injectable()
export class ChangeMemberRole {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute(command: { actor: Actor; partyId: string; userId: string; role: OrganisationRole }): Promise<Member> {
    const actor = requireMember(command.actor, command.partyId, 'owner', 'change roles of members');
    return this.uow.run(actor, async (tx) => {
      const members = await this.organisations.lockMembers(tx, command.partyId);
      const member = memberOf(members, command.userId);
      if (command.role !== 'owner') assertOwnerRemains(members, member.userId);
      await this.organisations.changeRole(tx, command.partyId, member.userId, command.role);
      const payload = { userId: member.userId, from: member.role, to: command.role, by: actor.userId };
      await this.outbox.append(tx, [{ type: 'parties.member_role_changed', subjectId: command.partyId, payload }]);
      return { ...member, role: command.role };
    });
  }
}

function memberOf(members: readonly Member[], userId: string): Member {
  const member = members.find((candidate) => candidate.userId === userId);
  if (member === undefined) throw new NotFound('Member');
  return member;
}
