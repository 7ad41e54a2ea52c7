import { DomainError } from '@evenhand/kernel';

/** A message goes to a public address by https, or nowhere. */
export class EndpointUrlRefused extends DomainError {
  readonly code = 'ENDPOINT_URL_REFUSED';

  constructor(reason: string) {
    super(reason, { field: 'url' });
  }
}

/** An endpoint is told of events that there are. */
export class UnknownEventType extends DomainError {
  readonly code = 'UNKNOWN_EVENT_TYPE';

  constructor(type: string) {
    super('Name at least one type of event, such as "sale.recorded", "deal.*" or "*", and none that there is not.', {
      field: 'eventTypes',
      type: type.slice(0, 64),
    });
  }
}

/** A party has only so many endpoints: each of them gets every event. */
export class TooManyEndpoints extends DomainError {
  readonly code = 'TOO_MANY_ENDPOINTS';

  constructor(limit: number) {
    super(`A party has ${limit} endpoints at most. Delete one that is no longer needed.`, { limit });
  }
}

/** Nothing is sent to an endpoint that is disabled. */
export class EndpointDisabled extends DomainError {
  readonly code = 'ENDPOINT_DISABLED';

  constructor() {
    super('The endpoint is disabled. Enable it first.');
  }
}

/** What a message said is kept for a while only. */
export class MessageForgotten extends DomainError {
  readonly code = 'MESSAGE_FORGOTTEN';

  constructor(days: number) {
    super(`What a message said is kept for ${days} days. It cannot be sent again.`, { days });
  }
}
