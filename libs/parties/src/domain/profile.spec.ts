import { InvalidInput } from '@evenhand/kernel';
import { EMPTY_AUDIENCE, parseChannel, type ChannelFacts } from './channel';
import { parseProfile } from './influencer';
import { foldText, parseTextQuery } from './search-text';

const channel = (changes: Partial<ChannelFacts> = {}): ChannelFacts => ({
  platform: 'xiaohongshu',
  handle: '@葵的日记',
  url: 'https://www.xiaohongshu.com/user/profile/5b0c',
  followers: 512_000n,
  audience: EMPTY_AUDIENCE,
  ...changes,
});

describe('parseChannel', () => {
  it('drops the @ of a handle', () => {
    expect(parseChannel(channel()).handle).toBe('葵的日记');
  });

  it.each<Partial<ChannelFacts>>([
    { handle: '' },
    { handle: ' ' },
    { handle: 'a\0b' },
    { handle: 'a\u202eb' },
    { handle: 'x'.repeat(65) },
    { url: 'http://example.com' },
    { url: 'javascript:alert(1)' },
    { url: 'https://user:secret@example.com' },
    { url: `https://example.com/${'x'.repeat(500)}` },
    { followers: -1n },
    { followers: 2n ** 63n },
    { audience: { ...EMPTY_AUDIENCE, countries: [{ segment: 'XX1', percent: 10 }] } },
    { audience: { ...EMPTY_AUDIENCE, ages: [{ segment: '18-24', percent: 101 }] } },
    { audience: { ...EMPTY_AUDIENCE, ages: [{ segment: '18-24', percent: 1.5 }] } },
    {
      audience: {
        ...EMPTY_AUDIENCE,
        genders: [
          { segment: 'f', percent: 60 },
          { segment: 'm', percent: 60 },
        ],
      },
    },
    {
      audience: {
        ...EMPTY_AUDIENCE,
        genders: [
          { segment: 'f', percent: 6 },
          { segment: 'f', percent: 6 },
        ],
      },
    },
  ])('refuses %#', (changes) => {
    expect(() => parseChannel(channel(changes))).toThrow(InvalidInput);
  });
});

describe('parseProfile', () => {
  const profile = { bio: '', categories: [], markets: [], languages: [] };

  it('makes lists canonical and distinct', () => {
    expect(
      parseProfile({
        bio: ' hi ',
        categories: ['Bags ', 'bags', '美妆'],
        markets: ['cn', 'CN'],
        languages: ['zh-Hans'],
      }),
    ).toEqual({ bio: 'hi', categories: ['bags', '美妆'], markets: ['CN'], languages: ['zh-Hans'] });
  });

  it.each([
    { markets: ['ZZ'] },
    { markets: ['China'] },
    { languages: ['Chinese'] },
    { categories: ['<script>'] },
    { bio: 'x'.repeat(2001) },
    { bio: 'a\0b' },
    { categories: Array.from({ length: 31 }, (_, index) => `c${index}`) },
  ])('refuses %#', (changes) => {
    expect(() => parseProfile({ ...profile, ...changes })).toThrow(InvalidInput);
  });
});

describe('parseTextQuery', () => {
  it('looks for pairs of characters, folded', () => {
    expect(parseTextQuery(' 包包 Ａb ')).toEqual({ words: ['包包', 'ab'], grams: ['包包', 'ab'] });
    expect(parseTextQuery('東京都')).toEqual({ words: ['東京都'], grams: ['東京', '京都'] });
    expect(parseTextQuery('葵')).toEqual({ words: ['葵'], grams: ['葵'] });
  });

  it('says nothing for an empty text', () => {
    expect(parseTextQuery(' \0 ')).toBeNull();
  });

  it('treats half-width katakana as full-width', () => {
    expect(foldText('ﾊﾞｯｸﾞ')).toBe(foldText('バッグ'));
  });
});
