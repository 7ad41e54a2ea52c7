import type { AttemptView, Endpoint, EndpointWithSecret, MessageView } from '@evenhand/webhooks';
import { toGlobalId } from '../graphql';
import type {
  WebhookAttemptType,
  WebhookEndpointSecret,
  WebhookEndpointType,
  WebhookMessageType,
} from './webhooks.types';

export function toEndpoint({ endpointId, partyId, stateReason, ...endpoint }: Endpoint): WebhookEndpointType {
  const ids = { id: toGlobalId('endpoint', endpointId), partyId: toGlobalId('party', partyId) };
  return { ...endpoint, ...ids, disabledReason: stateReason };
}

export function withSecret({ endpoint, secret }: EndpointWithSecret): WebhookEndpointSecret {
  return { endpoint: toEndpoint(endpoint), secret };
}

export function toMessage({ messageId, endpointId, reason, attempts, ...message }: MessageView): WebhookMessageType {
  const ids = { id: toGlobalId('msg', messageId), endpointId: toGlobalId('endpoint', endpointId) };
  return { ...message, ...ids, failureReason: reason, attempts: attempts.map(toAttempt) };
}

function toAttempt({ excerpt, ...attempt }: AttemptView): WebhookAttemptType {
  return { ...attempt, responseExcerpt: excerpt };
}
