import type { DeliveryAddressView } from '@evenhand/parties';
import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, IsOptional } from 'class-validator';
import { IdField, Text, Texts, toGlobalId } from '../graphql';

@ObjectType('PostalAddress', { description: 'Where parcels are sent.' })
export class PostalAddressType {
  @Field(() => String)
  recipient: string;

  @Field(() => [String], { description: 'Street, house, floor.' })
  lines: readonly string[];

  @Field(() => String)
  city: string;

  @Field(() => String, { nullable: true })
  region: string | null;

  @Field(() => String, { nullable: true })
  postalCode: string | null;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  country: string;

  @Field(() => String, { nullable: true })
  phone: string | null;
}

@ObjectType('DeliveryAddress', { description: 'An address of an influencer, which others know by its label.' })
export class DeliveryAddressType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Such as "Home" or "Studio"; agencies and brands read it.' })
  label: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  country: string;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;

  @Field(() => PostalAddressType, { nullable: true, description: 'For the influencer herself; null for anyone else.' })
  postal: PostalAddressType | null;
}

@ObjectType('DeliveryAddressRemoved')
export class DeliveryAddressRemovedType {
  @Field(() => ID)
  addressId: string;
}

@InputType()
export class AddDeliveryAddressInput {
  @Field(() => String)
  @Text({ max: 40 })
  label: string;

  @Field(() => String)
  @Text({ max: 100 })
  recipient: string;

  @Field(() => [String], { description: 'Street, house, floor: 1 to 4 lines.' })
  @ArrayMaxSize(4)
  @Texts({ max: 120 })
  lines: string[];

  @Field(() => String)
  @Text({ max: 100 })
  city: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 100 })
  region: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 20 })
  postalCode: string | null = null;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  @Text({ min: 2, max: 2 })
  country: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 30 })
  phone: string | null = null;
}

@InputType()
export class RemoveDeliveryAddressInput {
  @IdField()
  addressId: string;
}

export function toDeliveryAddress({ address, postal }: DeliveryAddressView): DeliveryAddressType {
  const { id, label, country, createdAt } = address;
  return { id: toGlobalId('address', id), label, country, createdAt, postal };
}
