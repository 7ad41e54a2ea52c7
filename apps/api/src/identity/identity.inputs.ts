import { SCOPES } from '@evenhand/identity';
import type { StaffRole } from '@evenhand/kernel';
import { Field, GraphQLISODateTime, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, IsBoolean, IsDate, IsIn, IsString, MaxLength } from 'class-validator';
import { IdField, Text } from '../graphql';
import { STAFF_ROLES, StaffRoleEnum } from '../parties';

@InputType()
export class SignInInput {
  @Field(() => String)
  @IsString()
  @MaxLength(1_000)
  email: string;

  @Field(() => String)
  @IsString()
  @MaxLength(1_000)
  password: string;
}

@InputType()
export class SignOutInput {
  @Field(() => Boolean, { defaultValue: false, description: 'Ends the sessions on all devices.' })
  @IsBoolean()
  everywhere: boolean = false;
}

@InputType()
export class CreateApiKeyInput {
  @Field(() => String)
  @Text({ max: 100 })
  name: string;

  @Field(() => [String], { description: `Any of ${SCOPES.join(', ')}.` })
  @ArrayMaxSize(30)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  scopes: string[];

  @IdField({ nullable: true, description: 'The only party the key may act for; without it all of yours.' })
  partyId: string | null = null;

  @Field(() => GraphQLISODateTime, { description: 'At most 366 days from now.' })
  @IsDate()
  expiresAt: Date;
}

@InputType()
export class RevokeApiKeyInput {
  @IdField()
  apiKeyId: string;
}

@InputType({ isAbstract: true })
abstract class StaffRoleInput {
  @IdField()
  userId: string;

  @Field(() => StaffRoleEnum)
  @IsIn(STAFF_ROLES)
  role: StaffRole;
}

@InputType()
export class GrantStaffRoleInput extends StaffRoleInput {}

@InputType()
export class RevokeStaffRoleInput extends StaffRoleInput {}

@InputType()
export class DisableUserInput {
  @IdField()
  userId: string;
}
