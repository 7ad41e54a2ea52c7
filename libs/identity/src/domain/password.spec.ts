import { WeakPassword } from './errors';
import { assertStrongPassword, canonicalPassword } from './password';

const reasonOf = (password: string): unknown => {
  try {
    assertStrongPassword(password, 'me@example.com');
    return null;
  } catch (error) {
    return error instanceof WeakPassword ? error.details['reason'] : error;
  }
};

describe('assertStrongPassword', () => {
  it.each([
    ['x'.repeat(11), 'too_short'],
    ['x'.repeat(12), null],
    ['x'.repeat(128), null],
    ['x'.repeat(129), 'too_long'],
    ['nul in \0 the middle', 'nul_character'],
    ['\0'.repeat(20), 'nul_character'],
    ['Me@Example.com', 'same_as_email'],
    // Six characters of two UTF-16 units each are not twelve.
    ['🍣'.repeat(6), 'too_short'],
    ['🍣'.repeat(128), null],
  ])('%j → %s', (password, reason) => {
    expect(reasonOf(password)).toBe(reason);
  });

  it('hashes one password typed on two systems to the same', () => {
    expect(canonicalPassword('cafe\u0301 ﬁne ｗｉｄｅ')).toBe(canonicalPassword('café fine wide'));
  });
});
