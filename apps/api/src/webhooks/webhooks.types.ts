import type { AttemptError, DisabledReason, FailureReason, MessageState } from '@evenhand/webhooks';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql';
import {
  WebhookAttemptErrorEnum,
  WebhookDisabledReasonEnum,
  WebhookEndpointStateEnum,
  WebhookFailureReasonEnum,
  WebhookMessageStateEnum,
} from './webhooks.enums';

@ObjectType('WebhookEndpoint', { description: 'Where a party is told of events, by Standard Webhooks.' })
export class WebhookEndpointType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  partyId: string;

  @Field(() => String)
  url: string;

  @Field(() => String)
  description: string;

  @Field(() => [String], { description: 'Types such as `sale.recorded`, all of one object (`deal.*`), or `*`.' })
  eventTypes: readonly string[];

  @Field(() => WebhookEndpointStateEnum)
  state: string;

  @Field(() => WebhookDisabledReasonEnum, {
    nullable: true,
    description:
      'BY_MEMBER, GONE (it answered 410), or FAILING (nothing arrived for the three days a message was tried).',
  })
  disabledReason: DisabledReason | null;

  @Field(() => GraphQLISODateTime)
  stateSince: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'The first failure since something last arrived.' })
  failingSince: Date | null;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;
}

@ObjectType()
export class WebhookEndpointSecret {
  @Field(() => WebhookEndpointType)
  endpoint: WebhookEndpointType;

  @Field(() => String, { description: 'What messages are signed with, `whsec_…`. It is told this once.' })
  secret: string;
}

@ObjectType('WebhookAttempt', { description: 'One trial of a message.' })
export class WebhookAttemptType {
  @Field(() => Int, { description: '1, 2, 3 …' })
  number: number;

  @Field(() => GraphQLISODateTime)
  startedAt: Date;

  @Field(() => Int, { nullable: true, description: 'Milliseconds; null while it is under way.' })
  durationMs: number | null;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the answer.' })
  status: number | null;

  @Field(() => WebhookAttemptErrorEnum, { nullable: true, description: 'Null where it arrived.' })
  error: AttemptError | null;

  @Field(() => String, { nullable: true, description: 'The beginning of the answer, as plain text.' })
  responseExcerpt: string | null;
}

@ObjectType('WebhookMessage', { description: 'An event on its way to an endpoint. Its id is the `webhook-id`.' })
export class WebhookMessageType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  endpointId: string;

  @Field(() => String)
  type: string;

  @Field(() => String, { nullable: true, description: 'The JSON that is sent; forgotten 30 days after the end.' })
  body: string | null;

  @Field(() => WebhookMessageStateEnum)
  state: MessageState;

  @Field(() => WebhookFailureReasonEnum, { nullable: true })
  failureReason: FailureReason | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Of a pending one.' })
  nextAttemptAt: Date | null;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was delivered, or failed for good.' })
  decidedAt: Date | null;

  @Field(() => [WebhookAttemptType], { description: 'Newest first.' })
  attempts: readonly WebhookAttemptType[];
}

@ObjectType()
export class WebhookMessageConnection extends connectionOf(WebhookMessageType, 'WebhookMessage') {}

@ObjectType()
export class WebhookEndpointDeleted {
  @Field(() => ID)
  endpointId: string;
}

@ObjectType()
export class WebhookTestSent {
  @Field(() => ID)
  messageId: string;
}

@ObjectType()
export class WebhookMessagesReplayed {
  @Field(() => Int, { description: 'How many are sent again; those that were pending anyway do not count.' })
  replayed: number;
}
