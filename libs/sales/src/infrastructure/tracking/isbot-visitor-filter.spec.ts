import { IsbotVisitorFilter } from './isbot-visitor-filter';

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 xiaohongshu';

describe('filtered visits', () => {
  it.each([
    ['a person', PHONE, null, false],
    ['a crawler', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', null, true],
    ['a preview of a messenger', 'WhatsApp/2.23.20.0 A', null, true],
    ['a program', 'curl/8.5.0', null, true],
    ['somebody without a name', null, null, true],
    ['an empty name', '', null, true],
    ['a browser that loads ahead', PHONE, 'prefetch;prerender', true],
    ['an older one', PHONE, 'preview', true],
    ['another purpose', PHONE, 'navigate', false],
  ])('%s', (_who, userAgent, purpose, isFiltered) => {
    expect(new IsbotVisitorFilter().isFiltered({ userAgent, purpose })).toBe(isFiltered);
  });
});
