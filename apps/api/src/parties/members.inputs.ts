import type { OrganisationRole } from '@evenhand/kernel';
import { Field, InputType } from '@nestjs/graphql';
import { Transform, Type } from 'class-transformer';
import { IsEmail, IsIn, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { IdField, Text } from '../graphql';
import { ORGANISATION_ROLES, OrganisationRoleEnum } from './parties.enums';
import { lowerTrimmed, MAX_PASSWORD_INPUT } from './sign-up.inputs';

const MAX_TOKEN_LENGTH = 100;

@InputType()
export class InviteMemberInput {
  @IdField()
  partyId: string;

  @Field(() => String)
  @Transform(lowerTrimmed)
  @IsEmail()
  @MaxLength(254)
  email: string;

  @Field(() => OrganisationRoleEnum)
  @IsIn(ORGANISATION_ROLES)
  role: OrganisationRole;
}

@InputType({ description: 'For somebody without an account: it is made for the invitation’s e-mail address.' })
export class NewUserInput {
  @Field(() => String, { description: '12 to 128 characters.' })
  @IsString()
  @MaxLength(MAX_PASSWORD_INPUT)
  password: string;

  @Field(() => String)
  @Text({ max: 100 })
  displayName: string;

  @Field(() => String, { nullable: true, description: 'BCP 47 language tag; by default what the browser asks for.' })
  @IsOptional()
  @Text({ max: 35 })
  locale: string | null = null;
}

@InputType()
export class AcceptInvitationInput {
  @Field(() => String)
  @IsString()
  @MaxLength(MAX_TOKEN_LENGTH)
  token: string;

  @Field(() => NewUserInput, { nullable: true, description: 'Without it the person signed in accepts.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => NewUserInput)
  newUser: NewUserInput | null = null;
}

@InputType()
export class RevokeInvitationInput {
  @IdField()
  invitationId: string;
}

@InputType()
export class RemoveMemberInput {
  @IdField()
  partyId: string;

  @IdField()
  userId: string;
}

@InputType()
export class ChangeMemberRoleInput extends RemoveMemberInput {
  @Field(() => OrganisationRoleEnum)
  @IsIn(ORGANISATION_ROLES)
  role: OrganisationRole;
}
