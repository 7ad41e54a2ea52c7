import type { OrganisationRole, StaffRole } from '@evenhand/kernel';
import type { Viewer } from '@evenhand/parties';
import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../graphql';
import { OrganisationRoleEnum, StaffRoleEnum } from './parties.enums';
import { PartyType, toParty } from './party.types';

@ObjectType('Membership')
export class MembershipType {
  @Field(() => PartyType)
  party: PartyType;

  @Field(() => OrganisationRoleEnum)
  role: OrganisationRole;
}

@ObjectType('Viewer', { description: 'The person signed in, with everything they may act as right now.' })
export class ViewerType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  email: string;

  @Field(() => String)
  displayName: string;

  @Field(() => String, { description: 'BCP 47 language tag.' })
  locale: string;

  @Field(() => PartyType, { nullable: true, description: 'The viewer as an influencer.' })
  influencer: PartyType | null;

  @Field(() => [MembershipType])
  memberships: MembershipType[];

  @Field(() => [PartyType], { description: 'Influencers whose mandate one of the viewer’s agencies holds right now.' })
  represented: PartyType[];

  @Field(() => [StaffRoleEnum])
  staffRoles: StaffRole[];
}

@ObjectType('SignedIn', { description: 'A session was opened; its cookie is in the response.' })
export class SignedInType {
  @Field(() => ViewerType)
  viewer: ViewerType;

  @Field(() => GraphQLISODateTime, { description: 'When the session ends if it is not used.' })
  expiresAt: Date;
}

export function toViewer(viewer: Viewer): ViewerType {
  return {
    id: toGlobalId('user', viewer.userId),
    email: viewer.email,
    displayName: viewer.displayName,
    locale: viewer.locale,
    influencer: viewer.influencer && toParty(viewer.influencer),
    memberships: viewer.memberships.map(({ party, role }) => ({ party: toParty(party), role })),
    represented: viewer.represented.map(toParty),
    staffRoles: [...viewer.staffRoles],
  };
}
