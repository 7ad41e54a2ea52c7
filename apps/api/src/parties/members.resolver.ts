import { EmailTaken, InvalidEmail, TooManyAttempts, WeakPassword } from '@evenhand/identity';
import type { Actor } from '@evenhand/kernel';
import {
  AcceptInvitation,
  AlreadyMember,
  ChangeMemberRole,
  InvitationAlreadyAccepted,
  InvitationExpired,
  InvitationNotValid,
  InviteMember,
  LastOwner,
  ListInvitations,
  ListMembers,
  RemoveMember,
  RevokeInvitation,
} from '@evenhand/parties';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentRequest, fromGlobalId, Input, type RequestContext, resultUnion } from '../graphql';
import { preferredLanguage } from '../http/preferred-language';
import {
  AcceptInvitationInput,
  ChangeMemberRoleInput,
  InviteMemberInput,
  RemoveMemberInput,
  RevokeInvitationInput,
} from './members.inputs';
import {
  InvitationAcceptedType,
  InvitationType,
  MemberChangeType,
  MemberInvitedType,
  MemberType,
  toAccepted,
  toInvitation,
  toMember,
  toMemberChange,
} from './members.types';
import { SessionAnswer } from './session-answer';

const InviteMemberResult = resultUnion('InviteMemberResult', () => MemberInvitedType, [AlreadyMember, InvalidEmail]);
const AcceptInvitationResult = resultUnion('AcceptInvitationResult', () => InvitationAcceptedType, [
  InvitationNotValid,
  InvitationExpired,
  AlreadyMember,
  EmailTaken,
  WeakPassword,
  TooManyAttempts,
]);
const RevokeInvitationResult = resultUnion('RevokeInvitationResult', () => InvitationType, [InvitationAlreadyAccepted]);
const ChangeMemberResult = resultUnion('ChangeMemberResult', () => MemberChangeType, [LastOwner]);

@Resolver(() => MemberType)
export class MembersResolver {
  constructor(
    private readonly listMembers: ListMembers,
    private readonly listInvitations: ListInvitations,
    private readonly inviteMembers: InviteMember,
    private readonly acceptInvitations: AcceptInvitation,
    private readonly revokeInvitations: RevokeInvitation,
    private readonly removeMembers: RemoveMember,
    private readonly changeRoles: ChangeMemberRole,
    private readonly session: SessionAnswer,
  ) {}

  @Query(() => [MemberType], { description: 'Members of an organisation, for its members.' })
  async members(
    @CurrentActor() actor: Actor,
    @Args('partyId', { type: () => ID }) partyId: string,
  ): Promise<MemberType[]> {
    const members = await this.listMembers.execute({ actor, partyId: fromGlobalId('party', partyId) });
    return members.map(toMember);
  }

  @Query(() => [InvitationType], { description: 'Invitations that wait for an answer, for owners.' })
  async invitations(
    @CurrentActor() actor: Actor,
    @Args('partyId', { type: () => ID }) partyId: string,
  ): Promise<InvitationType[]> {
    const invitations = await this.listInvitations.execute({ actor, partyId: fromGlobalId('party', partyId) });
    return invitations.map(toInvitation);
  }

  @Mutation(() => InviteMemberResult.type, { description: 'By an owner; the token is to be sent to the address.' })
  inviteMember(@CurrentActor() actor: Actor, @Input() input: InviteMemberInput) {
    return InviteMemberResult.of(async () => {
      const partyId = fromGlobalId('party', input.partyId);
      const { invitation, token } = await this.inviteMembers.execute({ ...input, actor, partyId });
      return { invitation: toInvitation(invitation), token };
    });
  }

  @Mutation(() => AcceptInvitationResult.type, { description: 'Works once, for the address it was made out to.' })
  acceptInvitation(
    @CurrentActor() actor: Actor,
    @CurrentRequest() context: RequestContext,
    @Input() input: AcceptInvitationInput,
  ) {
    return AcceptInvitationResult.of(async () => {
      const locale = input.newUser?.locale ?? preferredLanguage(context.request);
      const newUser = input.newUser && { ...input.newUser, locale };
      const command = { actor, token: input.token, newUser, address: context.request.ip };
      const accepted = await this.acceptInvitations.execute(command);
      const { session, userId } = accepted;
      if (session !== null) await this.session.give(context, { ...session, userId });
      return toAccepted(accepted);
    });
  }

  @Mutation(() => RevokeInvitationResult.type, { description: 'Its token stops working.' })
  revokeInvitation(@CurrentActor() actor: Actor, @Input() input: RevokeInvitationInput) {
    const command = { actor, invitationId: fromGlobalId('invite', input.invitationId) };
    return RevokeInvitationResult.of(async () => toInvitation(await this.revokeInvitations.execute(command)));
  }

  @Mutation(() => ChangeMemberResult.type, { description: 'By an owner, or by the member who leaves.' })
  removeMember(@CurrentActor() actor: Actor, @Input() input: RemoveMemberInput) {
    const command = { actor, ...idsOf(input) };
    return ChangeMemberResult.of(async () => toMemberChange(await this.removeMembers.execute(command)));
  }

  @Mutation(() => ChangeMemberResult.type, { description: 'By an owner.' })
  changeMemberRole(@CurrentActor() actor: Actor, @Input() input: ChangeMemberRoleInput) {
    const command = { actor, ...idsOf(input), role: input.role };
    return ChangeMemberResult.of(async () => toMemberChange(await this.changeRoles.execute(command)));
  }
}

function idsOf(input: RemoveMemberInput): { partyId: string; userId: string } {
  return { partyId: fromGlobalId('party', input.partyId), userId: fromGlobalId('user', input.userId) };
}
