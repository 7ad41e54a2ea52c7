import type { OrganisationRole } from '@evenhand/kernel';
import type { AcceptedInvitation, Invitation, Member, MemberView } from '@evenhand/parties';
import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../graphql';
import { OrganisationRoleEnum } from './parties.enums';

@ObjectType('Member')
export class MemberType {
  @Field(() => ID)
  userId: string;

  @Field(() => String)
  displayName: string;

  @Field(() => String)
  email: string;

  @Field(() => OrganisationRoleEnum)
  role: OrganisationRole;

  @Field(() => GraphQLISODateTime)
  joinedAt: Date;
}

@ObjectType('MemberChange', { description: 'A member after a change.' })
export class MemberChangeType {
  @Field(() => ID)
  partyId: string;

  @Field(() => ID)
  userId: string;

  @Field(() => OrganisationRoleEnum)
  role: OrganisationRole;
}

@ObjectType('Invitation')
export class InvitationType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  partyId: string;

  @Field(() => String)
  email: string;

  @Field(() => OrganisationRoleEnum)
  role: OrganisationRole;

  @Field(() => GraphQLISODateTime)
  expiresAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  revokedAt: Date | null;
}

@ObjectType('MemberInvited')
export class MemberInvitedType {
  @Field(() => InvitationType)
  invitation: InvitationType;

  @Field(() => String, { description: 'To be sent to the invited person. It is shown here and never again.' })
  token: string;
}

@ObjectType('InvitationAccepted')
export class InvitationAcceptedType {
  @Field(() => ID)
  partyId: string;

  @Field(() => OrganisationRoleEnum)
  role: OrganisationRole;
}

export function toMember(member: MemberView): MemberType {
  const { displayName, email, role, joinedAt } = member;
  return { userId: toGlobalId('user', member.userId), displayName, email, role, joinedAt };
}

export function toMemberChange({ partyId, userId, role }: Member): MemberChangeType {
  return { partyId: toGlobalId('party', partyId), userId: toGlobalId('user', userId), role };
}

export function toInvitation(invitation: Invitation): InvitationType {
  const { email, role, expiresAt, revokedAt } = invitation;
  const id = toGlobalId('invite', invitation.id);
  return { id, partyId: toGlobalId('party', invitation.partyId), email, role, expiresAt, revokedAt };
}

export function toAccepted({ partyId, role }: AcceptedInvitation): InvitationAcceptedType {
  return { partyId: toGlobalId('party', partyId), role };
}
