import type { OrganisationKind } from '@evenhand/kernel';
import { Field, InputType } from '@nestjs/graphql';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsEmail, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { Text, Texts } from '../graphql';
import { ORGANISATION_KINDS, OrganisationKindEnum } from './parties.enums';

/** Far above what a password may have: whether it is too long is said by name. */
export const MAX_PASSWORD_INPUT = 1_000;
const MAX_LIST = 30;

export function lowerTrimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}

@InputType({ isAbstract: true })
abstract class PersonInput {
  @Field(() => String)
  @Transform(lowerTrimmed)
  @IsEmail()
  @MaxLength(254)
  email: string;

  @Field(() => String, { description: '12 to 128 characters.' })
  @IsString()
  @MaxLength(MAX_PASSWORD_INPUT)
  password: string;

  @Field(() => String, { nullable: true, description: 'BCP 47 language tag; by default what the browser asks for.' })
  @IsOptional()
  @Text({ max: 35 })
  locale: string | null = null;
}

@InputType({ isAbstract: true })
abstract class SignUpOrganisationInput extends PersonInput {
  @Field(() => String, { description: 'The name of the person.' })
  @Text({ max: 100 })
  displayName: string;

  @Field(() => String)
  @Text({ max: 100 })
  organisationName: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  @Text({ min: 2, max: 2 })
  country: string;
}

@InputType()
export class SignUpBrandInput extends SignUpOrganisationInput {}

@InputType()
export class SignUpAgencyInput extends SignUpOrganisationInput {}

@InputType({ isAbstract: true })
abstract class InfluencerProfileInput {
  @Field(() => String, { description: 'The name brands see.' })
  @Text({ max: 100 })
  displayName: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  @Text({ min: 2, max: 2 })
  country: string;

  @Field(() => String, { defaultValue: '' })
  @Text({ min: 0, max: 2_000 })
  bio: string = '';

  @Field(() => [String], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 40 })
  categories: string[] = [];

  @Field(() => [String], { defaultValue: [], description: 'Countries of the audience, ISO 3166-1 alpha-2.' })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 2 })
  markets: string[] = [];

  @Field(() => [String], { defaultValue: [], description: 'Language tags such as ja or zh-Hans.' })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 35 })
  languages: string[] = [];
}

@InputType()
export class CreateInfluencerInput extends InfluencerProfileInput {}

@InputType()
export class UpdateInfluencerProfileInput extends InfluencerProfileInput {}

@InputType()
export class SignUpInfluencerInput extends InfluencerProfileInput {
  @Field(() => String)
  @Transform(lowerTrimmed)
  @IsEmail()
  @MaxLength(254)
  email: string;

  @Field(() => String, { description: '12 to 128 characters.' })
  @IsString()
  @MaxLength(MAX_PASSWORD_INPUT)
  password: string;

  @Field(() => String, { nullable: true, description: 'BCP 47 language tag; by default what the browser asks for.' })
  @IsOptional()
  @Text({ max: 35 })
  locale: string | null = null;
}

@InputType()
export class CreateOrganisationInput {
  @Field(() => OrganisationKindEnum)
  @IsIn(ORGANISATION_KINDS)
  kind: OrganisationKind;

  @Field(() => String)
  @Text({ max: 100 })
  organisationName: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  @Text({ min: 2, max: 2 })
  country: string;
}
