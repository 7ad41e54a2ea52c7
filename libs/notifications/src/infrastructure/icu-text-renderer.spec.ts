import type { RawValues } from '../application/notification-texts';
import { NOTIFICATION_KINDS } from '../domain/kinds';
import { LANGUAGES } from '../domain/language';
import { TEXTS } from '../domain/texts';
import { IcuTextRenderer } from './icu-text-renderer';

const renderer = new IcuTextRenderer();
const VALUES: RawValues = {
  brand: 'Maison Aurore',
  influencer: 'Yuki',
  agency: 'Sakura',
  party: 'Atelier',
  campaign: 'Spring',
  name: 'Bags',
  actor: 'Anna',
  count: 1,
  amount: { amountMinor: '123456789012345678', currency: 'EUR' },
  date: new Date('2026-03-08T23:30:00.000Z'),
};

describe.each(LANGUAGES)('the texts in %s', (language) => {
  it.each(NOTIFICATION_KINDS)('say %s, whatever there is of it', (kind) => {
    for (const count of [1, 2, 20]) {
      for (const date of [VALUES.date, null]) {
        const { title, body } = renderer.render(language, kind, { ...VALUES, count, date });
        for (const text of [title, body]) {
          expect(text).not.toMatch(/[{}#]|undefined|null|\s\s|\s$/u);
          expect(text.length).toBeGreaterThan(5);
        }
        expect(title.length).toBeLessThan(160);
      }
    }
  });

  it('differ from those of every other language', () => {
    for (const other of LANGUAGES.filter((one) => one !== language)) {
      for (const kind of NOTIFICATION_KINDS) expect(TEXTS[language][kind].body).not.toBe(TEXTS[other][kind].body);
    }
  });
});

describe('a text', () => {
  const messages = (count: number) =>
    LANGUAGES.map((language) => renderer.render(language, 'message_received', { ...VALUES, count }).title);

  it('counts as its language does', () => {
    expect(messages(1)).toEqual([
      'New message about “Spring”',
      '“Spring”有 1 条新消息',
      '「Spring」について新着メッセージが1件あります',
      'Nouveau message au sujet de «\u202fSpring\u202f»',
    ]);
    expect(messages(20)).toEqual([
      '20 new messages about “Spring”',
      '“Spring”有 20 条新消息',
      '「Spring」について新着メッセージが20件あります',
      '20 nouveaux messages au sujet de «\u202fSpring\u202f»',
    ]);
  });

  it('writes amounts to the last cent, and days in UTC, as its language does', () => {
    const bodies = LANGUAGES.map((language) => renderer.render(language, 'payout_paid', VALUES).body);
    expect(bodies).toEqual([
      'The payout of EUR\u00a01,234,567,890,123,456.78 to Atelier is confirmed. It was booked on March 8, 2026 (UTC).',
      '付给 Atelier 的 EUR\u00a01,234,567,890,123,456.78 已确认到账。入账日期为 2026年3月8日（UTC）。',
      'AtelierへのEUR\u00a01,234,567,890,123,456.78のお支払いが確認されました。記帳日は2026年3月8日（UTC）です。',
      'Le versement de 1\u202f234\u202f567\u202f890\u202f123\u202f456,78\u00a0EUR à Atelier est confirmé. Il a été comptabilisé le 8 mars 2026 (UTC).',
    ]);
    const yen = { ...VALUES, amount: { amountMinor: '12000', currency: 'JPY' } };
    expect(renderer.render('ja', 'payout_sent', yen).title).toContain('JPY\u00a012,000の');
  });

  it('takes names as they are, in one line: neither tags nor arguments nor headers', () => {
    const campaign = '<b>{count}</b>\r\nBcc: all@example.com\u0000\u202e';
    const { title } = renderer.render('en', 'bid_accepted', { ...VALUES, campaign });
    expect(title).toBe('Your offer for “<b>{count}</b> Bcc: all@example.com” was accepted');
    const long = renderer.render('en', 'bid_accepted', { ...VALUES, campaign: '👜'.repeat(500) });
    expect([...long.title].length).toBeLessThan(160);
  });
});
