import type { ApiKey } from '@evenhand/identity';
import type { StaffRole } from '@evenhand/kernel';
import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../graphql';
import { StaffRoleEnum } from '../parties';

@ObjectType('SignedOut')
export class SignedOutType {
  @Field(() => Boolean, { description: 'Whether every session of the person was ended.' })
  everywhere: boolean;
}

@ObjectType('ApiKey')
export class ApiKeyType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'The first characters of the key, for telling keys apart.' })
  prefix: string;

  @Field(() => [String])
  scopes: string[];

  @Field(() => ID, {
    nullable: true,
    description: 'The only party the key may act for; null for all of its creator’s.',
  })
  partyId: string | null;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;

  @Field(() => GraphQLISODateTime)
  expiresAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  lastUsedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  revokedAt: Date | null;
}

@ObjectType('ApiKeyCreated')
export class ApiKeyCreatedType {
  @Field(() => ApiKeyType)
  apiKey: ApiKeyType;

  @Field(() => String, { description: 'For `Authorization: Bearer …`. It is shown here and never again.' })
  secret: string;
}

@ObjectType('StaffRolesChanged')
export class StaffRolesChangedType {
  @Field(() => ID)
  userId: string;

  @Field(() => [StaffRoleEnum])
  staffRoles: StaffRole[];
}

@ObjectType('UserDisabled')
export class UserDisabledType {
  @Field(() => ID)
  userId: string;
}

export function toApiKey(key: ApiKey): ApiKeyType {
  const { name, prefix, createdAt, expiresAt, lastUsedAt, revokedAt } = key;
  const partyId = key.partyId === null ? null : toGlobalId('party', key.partyId);
  const id = toGlobalId('apikey', key.id);
  return { id, name, prefix, scopes: [...key.scopes], partyId, createdAt, expiresAt, lastUsedAt, revokedAt };
}
