import { InvalidTrackingCode } from './errors';
import { generateCode, generateLinkSlug, normaliseCode, wishedCode } from './tracking-code';

const ID = '019a1111-2222-7333-8444-5566778899aa';

describe('a generated code', () => {
  it.each([
    ['Yuki Tanaka', /^YUKI-[2-9A-HJKMNP-Z]{4}$/],
    ['Zoë', /^ZOE-[2-9A-HJKMNP-Z]{4}$/],
    ['田中ゆき', /^NOTE-[2-9A-HJKMNP-Z]{4}$/],
    ['Maximiliana-Theresia', /^MAXIMILIAN-[2-9A-HJKMNP-Z]{4}$/],
  ])('of %s reads well', (name, pattern) => {
    expect(generateCode(name, 'note_commission', ID)).toMatch(pattern);
  });

  it('says where it is for livestreams', () => {
    expect(generateCode('Yuki', 'livestream_commission', ID)).toMatch(/^YUKI-LIVE-/);
  });

  it('differs with the id, and is a code one could have wished', () => {
    const code = generateCode('Yuki', 'livestream_commission', ID);
    expect(generateCode('Yuki', 'livestream_commission', ID.replace(/aa$/, 'ab'))).not.toBe(code);
    expect(wishedCode(code)).toBe(code);
  });
});

describe('a wished code', () => {
  it('is kept in upper case', () => {
    expect(wishedCode(' yuki10 ')).toBe('YUKI10');
    expect(normaliseCode('Yuki-Live')).toBe('YUKI-LIVE');
  });

  it.each(['', 'abc', '-ABCD', 'ABCD-', 'AB CD', 'ÄBCD', '优惠码优惠', 'A'.repeat(25), "A'; --"])(
    'is not %p',
    (code) => {
      expect(() => wishedCode(code)).toThrow(InvalidTrackingCode);
    },
  );
});

it('makes link slugs that need no escaping', () => {
  expect(generateLinkSlug(ID)).toMatch(/^[2-9a-hjkmnp-z]{11}$/);
});
