import { decideEmail, emailDueAt } from './email';
import { SecurityNoticesStayOn } from './errors';
import { languageOf } from './language';
import { assertMayChange, channelsOf, preferencesOf } from './preferences';

const NOW = new Date('2026-03-01T09:00:00.000Z');
const MINUTE = 60_000;

describe('an e-mail', () => {
  it('waits two minutes for its reader; a notice of security does not', () => {
    expect(emailDueAt('message_received', NOW)).toEqual(new Date(NOW.getTime() + 2 * MINUTE));
    expect(emailDueAt('payout_account_changed', NOW)).toEqual(NOW);
  });

  it('is tried again with growing pauses while the server is not there, and given up after the eighth attempt', () => {
    const pauses = Array.from({ length: 8 }, (_, place) => {
      const { state, dueAt } = decideEmail(place + 1, { result: 'unavailable', error: '421' }, NOW);
      return state === 'pending' ? (dueAt.getTime() - NOW.getTime()) / MINUTE : state;
    });
    expect(pauses).toEqual([1, 5, 15, 60, 180, 360, 720, 'failed']);
  });

  it('that a server refuses for good fails at once', () => {
    expect(decideEmail(1, { result: 'refused', error: '550' }, NOW)).toMatchObject({ state: 'failed', error: '550' });
    expect(decideEmail(3, { result: 'sent' }, NOW)).toMatchObject({ state: 'sent', error: null });
  });
});

describe('preferences', () => {
  it('tell everything everywhere until somebody says otherwise', () => {
    const chosen = new Map([['messages', { inProduct: true, email: false }]] as const);
    const preferences = preferencesOf(chosen);
    expect(preferences.filter(({ email }) => !email).map(({ group }) => group)).toEqual(['messages']);
    expect(preferences.filter(({ mayChange }) => !mayChange).map(({ group }) => group)).toEqual(['security']);
  });

  it('never switch off notices of security', () => {
    expect(channelsOf('security', { inProduct: false, email: false })).toEqual({ inProduct: true, email: true });
    expect(() => assertMayChange('security')).toThrow(SecurityNoticesStayOn);
    expect(() => assertMayChange('bids')).not.toThrow();
  });
});

describe('the language of somebody', () => {
  it.each([
    [['fr-CA'], 'fr'],
    [['zh-TW'], 'zh-Hans'],
    [['JA'], 'ja'],
    [['de', 'fr'], 'fr'],
    [['de-DE', 'constructor'], 'en'],
    [[], 'en'],
  ])('%j is %s', (locales, language) => expect(languageOf(...locales)).toBe(language));
});
