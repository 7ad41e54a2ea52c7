import { IsbotVisitorFilter } from './isbot-visitor-filter';

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 xiaohongshu';

describe('visits', () => {
  const filter = new IsbotVisitorFilter();

  it.each([
    ['a person', PHONE, false],
    ['a crawler', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', true],
    ['a preview of a messenger', 'WhatsApp/2.23.20.0 A', true],
    ['a program', 'curl/8.5.0', true],
    ['somebody without a name', null, true],
    ['an empty name', '', true],
  ])('of %s', (_who, userAgent, isMachine) => {
    expect(filter.isMachine({ userAgent, purpose: null })).toBe(isMachine);
  });

  it.each([
    ['a browser that loads ahead', 'prefetch;prerender', true],
    ['an older one', 'preview', true],
    ['one with another purpose', 'navigate', false],
    ['one without', null, false],
  ])('of %s', (_who, purpose, loadsAhead) => {
    expect(filter.loadsAhead({ userAgent: PHONE, purpose })).toBe(loadsAhead);
  });
});
