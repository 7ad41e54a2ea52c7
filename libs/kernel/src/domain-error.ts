/**
 * A broken rule of the business. The class is named after the rule, `code` is its literal name on the wire,
 * `message` is a sentence a user can act on, `details` holds plain values that make it specific.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;

  constructor(
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The object is not there, or is not the actor's to know about: both look the same on purpose. */
export class NotFound extends DomainError {
  readonly code = 'NOT_FOUND';

  constructor(what: string) {
    super(`${what} was not found.`, { what });
  }
}

/** The actor may know the object, but not do this with it. */
export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN';
}

/** Nobody is signed in, or the session or key is no longer valid. */
export class Unauthenticated extends DomainError {
  readonly code = 'UNAUTHENTICATED';

  constructor(message = 'Sign in first.') {
    super(message);
  }
}

/** A value breaks a rule that no type can express; `field` names the path of the value. */
export class InvalidInput extends DomainError {
  readonly code = 'INVALID_INPUT';

  constructor(field: string, message: string) {
    super(message, { field });
  }
}

/** A state machine does not allow this command in the present state. */
export class InvalidTransition extends DomainError {
  readonly code = 'INVALID_TRANSITION';

  constructor(what: string, state: string, command: string) {
    super(`${what} is ${state.replaceAll('_', ' ')}, so "${command}" is not possible now.`, { what, state, command });
  }
}

/** The same idempotency key came with a different request. */
export class IdempotencyConflict extends DomainError {
  readonly code = 'IDEMPOTENCY_CONFLICT';

  constructor(key: string) {
    super('This idempotency key was already used for a different request.', { key });
  }
}
