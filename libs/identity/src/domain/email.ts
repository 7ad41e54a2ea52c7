import { InvalidEmail } from './errors';

const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one form in which an address is stored and compared: trimmed and in lower case.
 * Throws {@link InvalidEmail} for what is not `local@domain` in ASCII (an internationalised domain in its xn-- form).
 */
export function normaliseEmail(text: string): string {
  const email = text.trim().toLowerCase();
  const at = email.lastIndexOf('@');
  const local = email.slice(0, Math.max(at, 0));
  const wellFormed =
    email.length <= MAX_LENGTH &&
    local.length <= MAX_LOCAL_LENGTH &&
    LOCAL.test(local) &&
    DOMAIN.test(email.slice(at + 1));
  if (!wellFormed) throw new InvalidEmail();
  return email;
}
