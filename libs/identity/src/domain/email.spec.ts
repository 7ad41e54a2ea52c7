import { normaliseEmail } from './email';
import { InvalidEmail } from './errors';

describe('normaliseEmail', () => {
  it('trims and lowers, so that one person has one account', () => {
    expect(normaliseEmail('  Aoi.Tanaka+Work@Example.CO.JP ')).toBe('aoi.tanaka+work@example.co.jp');
  });

  it.each([
    '',
    'nobody',
    '@example.com',
    'a@b',
    'a b@example.com',
    'a..b@example.com',
    '.a@example.com',
    'a@-example.com',
    'a@example..com',
    'a@exam_ple.com',
    'a\0@example.com',
    'a@example.com\nbcc: x@example.com',
    'ａ@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(250)}.com`,
    'a@[127.0.0.1]',
  ])('refuses %j', (text) => {
    expect(() => normaliseEmail(text)).toThrow(InvalidEmail);
  });
});
