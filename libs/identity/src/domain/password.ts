import { WeakPassword } from './errors';

const MIN_CHARACTERS = 12;
export const MAX_PASSWORD_CHARACTERS = 128;

/** The form that is hashed: the same password typed on another keyboard or system must give the same bytes. */
export function canonicalPassword(password: string): string {
  return password.normalize('NFKC');
}

/** Throws {@link WeakPassword}. Length counts characters as people do, not UTF-16 units. */
export function assertStrongPassword(password: string, email: string): void {
  if (password.includes('\0')) throw new WeakPassword('nul_character');
  const characters = [...canonicalPassword(password)].length;
  if (characters < MIN_CHARACTERS) throw new WeakPassword('too_short');
  if (characters > MAX_PASSWORD_CHARACTERS) throw new WeakPassword('too_long');
  if (password.trim().toLowerCase() === email) throw new WeakPassword('same_as_email');
}
