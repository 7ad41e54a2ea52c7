import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql';
import { SourceFormatEnum } from './sales.enums';
import { IntakeReasonType } from './sales.types';

@ObjectType('SalesSource', { description: 'Where webhooks of a brand come from.' })
export class SalesSourceType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  brandId: string;

  @Field(() => String, { description: 'The source of the sales and refunds it brings.' })
  name: string;

  @Field(() => SourceFormatEnum)
  format: string;

  @Field(() => String, { description: 'Where the shop has to send its webhooks, below the address of this product.' })
  path: string;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Since when its webhooks are refused.' })
  closedAt: Date | null;
}

@ObjectType()
export class SourceSecretSuccess {
  @Field(() => SalesSourceType)
  source: SalesSourceType;

  @Field(() => String, { description: 'What the webhooks are signed with. It is told this once.' })
  secret: string;
}

@ObjectType('FailedDelivery', { description: 'A webhook that could not be taken in and waits for a person.' })
export class FailedDeliveryType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  sourceId: string;

  @Field(() => String, { description: 'The sender’s id of the message.' })
  messageId: string;

  @Field(() => String, { nullable: true })
  topic: string | null;

  @Field(() => Int)
  attempts: number;

  @Field(() => IntakeReasonType)
  reason: IntakeReasonType;

  @Field(() => GraphQLISODateTime)
  receivedAt: Date;
}

@ObjectType()
export class FailedDeliveryConnection extends connectionOf(FailedDeliveryType, 'FailedDelivery') {}

@ObjectType('RetriedDeliveries')
export class RetriedDeliveriesType {
  @Field(() => Int, { description: 'How many of them had failed, and are tried again.' })
  retried: number;
}
