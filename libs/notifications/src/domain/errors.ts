import { DomainError } from '@evenhand/kernel';

/** Whoever has taken over an account would switch them off first. */
export class SecurityNoticesStayOn extends DomainError {
  readonly code = 'SECURITY_NOTICES_STAY_ON';

  constructor() {
    super('Security notices cannot be switched off.');
  }
}
