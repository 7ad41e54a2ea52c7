export {
  DeleteEndpoint,
  DisableEndpoint,
  EnableEndpoint,
  RotateEndpointSecret,
  UpdateEndpoint,
} from './application/change-endpoint';
export { DeliverMessages } from './application/deliver-messages';
export { ForgetMessages, WatchMessages } from './application/keep-messages';
export type { AttemptView, MessageBacklog, MessageView } from './application/message-store';
export { ListEndpoints, ListMessages } from './application/read-endpoints';
export { type EndpointWithSecret, RegisterEndpoint } from './application/register-endpoint';
export { ReplayFailedMessages, ReplayMessages } from './application/replay-messages';
export { SendTestEvent } from './application/send-test-event';
export { ATTEMPT_ERRORS, type AttemptError } from './domain/attempt';
export { DISABLED_REASONS, type DisabledReason, type Endpoint } from './domain/endpoint';
export * from './domain/errors';
export { FAILURE_REASONS, type FailureReason, MESSAGE_STATES, type MessageState } from './domain/message';
export { WebhooksModule } from './webhooks.module';
export { ResealSecrets } from './application/reseal-secrets';
