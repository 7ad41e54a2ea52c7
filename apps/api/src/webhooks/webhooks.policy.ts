import {
  agencyMembers,
  allow,
  anyOf,
  brandMembers,
  connectionFields,
  edgeFields,
  type FieldPolicy,
  influencers,
  operators,
} from '../graphql';

const subscribers = anyOf(brandMembers, influencers, agencyMembers);
const readers = anyOf(subscribers, operators);

/** No scopes: an endpoint hands out what its party may read, so that no API key may make one or look into it. */
export const webhooksPolicy: FieldPolicy = {
  Query: allow(readers, 'webhookEndpoints', 'webhookMessages'),
  Mutation: allow(
    subscribers,
    'registerWebhookEndpoint',
    'updateWebhookEndpoint',
    'rotateWebhookSecret',
    'disableWebhookEndpoint',
    'enableWebhookEndpoint',
    'deleteWebhookEndpoint',
    'sendTestEvent',
    'replayWebhookMessages',
    'replayFailedWebhookMessages',
  ),
  WebhookEndpoint: allow(
    readers,
    'id',
    'partyId',
    'url',
    'description',
    'eventTypes',
    'state',
    'disabledReason',
    'stateSince',
    'failingSince',
    'createdAt',
  ),
  WebhookEndpointSecret: allow(subscribers, 'endpoint', 'secret'),
  WebhookEndpointDeleted: allow(subscribers, 'endpointId'),
  WebhookMessage: allow(
    readers,
    'id',
    'endpointId',
    'type',
    'body',
    'state',
    'failureReason',
    'nextAttemptAt',
    'createdAt',
    'decidedAt',
    'attempts',
  ),
  WebhookMessageConnection: connectionFields,
  WebhookMessageEdge: edgeFields,
  WebhookAttempt: allow(readers, 'number', 'startedAt', 'durationMs', 'status', 'error', 'responseExcerpt'),
  WebhookTestSent: allow(subscribers, 'messageId'),
  WebhookMessagesReplayed: allow(subscribers, 'replayed'),
};
