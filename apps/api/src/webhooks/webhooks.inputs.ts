import type { MessageState } from '@evenhand/webhooks';
import { ArgsType, Field, GraphQLISODateTime, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsBoolean, IsDate, IsIn, IsOptional } from 'class-validator';
import { IdField, PageArgs, Text, Texts } from '../graphql';
import { WebhookMessageStateEnum } from './webhooks.enums';

const MAX_URL = 2_000;
const MAX_DESCRIPTION = 200;
const MAX_EVENT_TYPE = 64;
const MAX_EVENT_TYPES = 50;
const MAX_ID = 100;
const MAX_MESSAGES = 1_000;
const WHICH_EVENTS =
  'Types such as `sale.recorded`, all of one object (`deal.*`), or `*` for all there are and will be.';

@InputType()
export class RegisterWebhookEndpointInput {
  @IdField()
  partyId: string;

  @Field(() => String, { description: 'https, a public host name, port 443 or one from 1024 on.' })
  @Text({ max: MAX_URL })
  url: string;

  @Field(() => String, { defaultValue: '' })
  @Text({ min: 0, max: MAX_DESCRIPTION })
  description: string = '';

  @Field(() => [String], { description: WHICH_EVENTS })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_EVENT_TYPES)
  @Texts({ max: MAX_EVENT_TYPE })
  eventTypes: string[];
}

@InputType({ description: 'What is left out stays as it is.' })
export class UpdateWebhookEndpointInput {
  @IdField()
  endpointId: string;

  @Field(() => String, { nullable: true, description: 'What is pending goes there, too.' })
  @IsOptional()
  @Text({ max: MAX_URL })
  url: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ min: 0, max: MAX_DESCRIPTION })
  description: string | null = null;

  @Field(() => [String], { nullable: true, description: WHICH_EVENTS })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_EVENT_TYPES)
  @Texts({ max: MAX_EVENT_TYPE })
  eventTypes: string[] | null = null;
}

@InputType()
export class RotateWebhookSecretInput {
  @IdField()
  endpointId: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True where the secret leaked: it signs no more, instead of beside the new one for 24 hours.',
  })
  @IsBoolean()
  revokeOld: boolean = false;
}

@InputType()
export class DisableWebhookEndpointInput {
  @IdField()
  endpointId: string;
}

@InputType()
export class EnableWebhookEndpointInput {
  @IdField()
  endpointId: string;
}

@InputType()
export class DeleteWebhookEndpointInput {
  @IdField()
  endpointId: string;
}

@InputType()
export class SendTestEventInput {
  @IdField()
  endpointId: string;
}

@InputType()
export class ReplayWebhookMessagesInput {
  @IdField()
  endpointId: string;

  @Field(() => [ID])
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_MESSAGES)
  @Texts({ max: MAX_ID })
  messageIds: string[];
}

@InputType()
export class ReplayFailedWebhookMessagesInput {
  @IdField()
  endpointId: string;

  @Field(() => GraphQLISODateTime, { description: 'Messages made before it are left alone.' })
  @IsDate()
  since: Date;
}

@ArgsType()
export class WebhookEndpointsArgs {
  @IdField()
  partyId: string;
}

@ArgsType()
export class WebhookMessagesArgs extends PageArgs {
  @IdField()
  endpointId: string;

  @Field(() => WebhookMessageStateEnum, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(WebhookMessageStateEnum))
  state: MessageState | null = null;
}
