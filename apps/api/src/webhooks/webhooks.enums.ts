import { ATTEMPT_ERRORS, DISABLED_REASONS, FAILURE_REASONS, MESSAGE_STATES } from '@evenhand/webhooks';
import { enumOf } from '../graphql';

export const WebhookEndpointStateEnum = enumOf('WebhookEndpointState', ['enabled', 'disabled']);
export const WebhookDisabledReasonEnum = enumOf('WebhookDisabledReason', DISABLED_REASONS);
export const WebhookMessageStateEnum = enumOf('WebhookMessageState', MESSAGE_STATES);
export const WebhookFailureReasonEnum = enumOf('WebhookFailureReason', FAILURE_REASONS);
export const WebhookAttemptErrorEnum = enumOf('WebhookAttemptError', ATTEMPT_ERRORS);
