import type { Actor } from '@evenhand/kernel';
import {
  DeleteEndpoint,
  DisableEndpoint,
  EnableEndpoint,
  EndpointUrlRefused,
  ListEndpoints,
  RegisterEndpoint,
  RotateEndpointSecret,
  TooManyEndpoints,
  UnknownEventType,
  UpdateEndpoint,
} from '@evenhand/webhooks';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import {
  DeleteWebhookEndpointInput,
  DisableWebhookEndpointInput,
  EnableWebhookEndpointInput,
  RegisterWebhookEndpointInput,
  RotateWebhookSecretInput,
  UpdateWebhookEndpointInput,
  WebhookEndpointsArgs,
} from './webhooks.inputs';
import { toEndpoint, withSecret } from './webhooks.mapper';
import { WebhookEndpointDeleted, WebhookEndpointSecret, WebhookEndpointType } from './webhooks.types';

const RegisterResult = resultUnion('RegisterWebhookEndpointResult', () => WebhookEndpointSecret, [
  EndpointUrlRefused,
  UnknownEventType,
  TooManyEndpoints,
]);
const UpdateResult = resultUnion('UpdateWebhookEndpointResult', () => WebhookEndpointType, [
  EndpointUrlRefused,
  UnknownEventType,
]);

@Resolver()
export class WebhookEndpointsResolver {
  constructor(
    private readonly register: RegisterEndpoint,
    private readonly update: UpdateEndpoint,
    private readonly rotateSecret: RotateEndpointSecret,
    private readonly disable: DisableEndpoint,
    private readonly enable: EnableEndpoint,
    private readonly remove: DeleteEndpoint,
    private readonly listEndpoints: ListEndpoints,
  ) {}

  @Mutation(() => RegisterResult.type, { description: 'Registers where a party is told of events from now on.' })
  registerWebhookEndpoint(@CurrentActor() actor: Actor, @Input() input: RegisterWebhookEndpointInput) {
    return RegisterResult.of(async () => {
      const { url, description, eventTypes } = input;
      const partyId = fromGlobalId('party', input.partyId);
      return withSecret(await this.register.execute({ actor, partyId, url, description, eventTypes }));
    });
  }

  @Mutation(() => UpdateResult.type)
  updateWebhookEndpoint(@CurrentActor() actor: Actor, @Input() input: UpdateWebhookEndpointInput) {
    return UpdateResult.of(async () => {
      const { url, description, eventTypes } = input;
      const endpointId = fromGlobalId('endpoint', input.endpointId);
      return toEndpoint(await this.update.execute({ actor, endpointId, url, description, eventTypes }));
    });
  }

  @Mutation(() => WebhookEndpointSecret, {
    description: 'Gives an endpoint a new secret; for 24 hours messages are signed with both.',
  })
  async rotateWebhookSecret(
    @CurrentActor() actor: Actor,
    @Input() { endpointId, revokeOld }: RotateWebhookSecretInput,
  ): Promise<WebhookEndpointSecret> {
    const command = { actor, endpointId: fromGlobalId('endpoint', endpointId), revokeOld };
    return withSecret(await this.rotateSecret.execute(command));
  }

  @Mutation(() => WebhookEndpointType, {
    description: 'Sends an endpoint nothing more; what is pending fails, and may be replayed when it is enabled again.',
  })
  async disableWebhookEndpoint(
    @CurrentActor() actor: Actor,
    @Input() { endpointId }: DisableWebhookEndpointInput,
  ): Promise<WebhookEndpointType> {
    return toEndpoint(await this.disable.execute({ actor, endpointId: fromGlobalId('endpoint', endpointId) }));
  }

  @Mutation(() => WebhookEndpointType, { description: 'Tells an endpoint of events again, from now on.' })
  async enableWebhookEndpoint(
    @CurrentActor() actor: Actor,
    @Input() { endpointId }: EnableWebhookEndpointInput,
  ): Promise<WebhookEndpointType> {
    return toEndpoint(await this.enable.execute({ actor, endpointId: fromGlobalId('endpoint', endpointId) }));
  }

  @Mutation(() => WebhookEndpointDeleted, { description: 'Removes an endpoint with its secrets and its log.' })
  async deleteWebhookEndpoint(
    @CurrentActor() actor: Actor,
    @Input() { endpointId }: DeleteWebhookEndpointInput,
  ): Promise<WebhookEndpointDeleted> {
    await this.remove.execute({ actor, endpointId: fromGlobalId('endpoint', endpointId) });
    return { endpointId };
  }

  @Query(() => [WebhookEndpointType], { description: 'Where a party is told of events, oldest endpoint first.' })
  async webhookEndpoints(
    @CurrentActor() actor: Actor,
    @Args() { partyId }: WebhookEndpointsArgs,
  ): Promise<WebhookEndpointType[]> {
    const endpoints = await this.listEndpoints.execute({ actor, partyId: fromGlobalId('party', partyId) });
    return endpoints.map(toEndpoint);
  }
}
