import { InvalidInput } from '@evenhand/kernel';
import { parseDisplayName, parseLocale } from './user';

describe('parseDisplayName', () => {
  it.each(['  田中 葵 ', 'Zoë', 'Müller & Söhne', '👩‍🎤 Aoi'])('keeps %j', (name) => {
    expect(parseDisplayName('name', name)).toBe(name.trim());
  });

  it.each(['', '   ', 'a\0b', 'a\nb', 'Al\u200bice', 'evil\u202etxt', 'x'.repeat(101)])('refuses %j', (name) => {
    expect(() => parseDisplayName('name', name)).toThrow(InvalidInput);
  });
});

describe('parseLocale', () => {
  it('makes a tag canonical', () => {
    expect(parseLocale('ZH-cn')).toBe('zh-CN');
  });

  it.each(['', 'x'.repeat(50), 'en_US', '../etc'])('refuses %j', (tag) => {
    expect(() => parseLocale(tag)).toThrow(InvalidInput);
  });
});
