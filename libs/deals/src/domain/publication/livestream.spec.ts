import { InvalidInput, InvalidTransition } from '@evenhand/kernel';
import { InvalidLivestreamTimes, LivestreamTooShort, NotALivestream } from './errors';
import {
  type Airing,
  checkAcceptedMinutes,
  checkAiring,
  checkPlannedStart,
  NO_PLAN,
  requireLivestream,
} from './livestream';
import { confirmPublication, newPublication, PUBLICATION_CHECKS } from './publication';

const NOW = new Date('2026-05-02T12:00:00Z');
const airing = (from: string, to: string): Airing => ({
  startedAt: new Date(`2026-05-02T${from}Z`),
  endedAt: new Date(`2026-05-02T${to}Z`),
});
const FIVE_HOURS = { kind: 'livestream', minimumMinutes: 300, plan: NO_PLAN } as const;

describe('a livestream', () => {
  it.each([
    ['of exactly the minimum', airing('06:00:00', '11:00:00'), FIVE_HOURS],
    ['that ends now', airing('06:00:00', '12:00:00'), FIVE_HOURS],
    ['of a second where there is no minimum', airing('06:00:00', '06:00:01'), { ...FIVE_HOURS, minimumMinutes: null }],
    [
      'shorter, which the brand accepted',
      airing('06:00:00', '10:30:00'),
      { ...FIVE_HOURS, plan: { ...NO_PLAN, acceptedMinutes: 270 } },
    ],
  ])('%s is taken', (_what, times, asked) => {
    expect(() => checkAiring(times, asked, NOW)).not.toThrow();
  });

  it.each([
    ['a second short', airing('06:00:01', '11:00:00'), FIVE_HOURS, new LivestreamTooShort(300, 299)],
    [
      'shorter than accepted',
      airing('06:00:00', '10:29:00'),
      { ...FIVE_HOURS, plan: { ...NO_PLAN, acceptedMinutes: 270 } },
      new LivestreamTooShort(270, 269),
    ],
    ['without times', null, FIVE_HOURS, InvalidLivestreamTimes],
    ['that ends before it began', airing('11:00:00', '06:00:00'), FIVE_HOURS, InvalidLivestreamTimes],
    ['of no duration', airing('11:00:00', '11:00:00'), { ...FIVE_HOURS, minimumMinutes: null }, InvalidLivestreamTimes],
    ['that is still on', airing('06:00:00', '12:00:01'), FIVE_HOURS, InvalidLivestreamTimes],
    [
      'of three days',
      { ...airing('06:00:00', '11:00:00'), startedAt: new Date('2026-04-29T11:00:00Z') },
      FIVE_HOURS,
      InvalidLivestreamTimes,
    ],
  ] as const)('%s is refused', (_what, times, asked, error) => {
    expect(() => checkAiring(times, asked, NOW)).toThrow(error);
  });

  it('is the only kind that has times', () => {
    const note = { kind: 'image_note', minimumMinutes: null, plan: NO_PLAN } as const;
    expect(() => checkAiring(null, note, NOW)).not.toThrow();
    expect(() => checkAiring(airing('06:00:00', '07:00:00'), note, NOW)).toThrow(InvalidLivestreamTimes);
    expect(() => requireLivestream('story')).toThrow(NotALivestream);
    expect(() => requireLivestream('livestream')).not.toThrow();
  });

  it('is planned for the future', () => {
    expect(() => checkPlannedStart(NOW, NOW)).toThrow(InvalidInput);
    expect(() => checkPlannedStart(new Date(NOW.getTime() + 1), NOW)).not.toThrow();
  });

  it.each([0, 300, 301, 1.5])('is not accepted with %s of 300 minutes', (minutes) => {
    expect(() => checkAcceptedMinutes(minutes, 300)).toThrow(InvalidInput);
  });

  it('is not accepted as shorter where there is no minimum', () => {
    expect(() => checkAcceptedMinutes(10, null)).toThrow(InvalidInput);
    expect(() => checkAcceptedMinutes(299, 300)).not.toThrow();
  });
});

describe('the check of a publication: state × command', () => {
  const post = { platform: 'xiaohongshu', postKey: 'xiaohongshu:1', channelId: null } as const;

  it.each(PUBLICATION_CHECKS)('%s, confirm', (check) => {
    const publication = { ...newPublication({ ...post, doubt: null }, '', null), check };
    if (check !== 'to_confirm') expect(() => confirmPublication(publication, NOW)).toThrow(InvalidTransition);
    else expect(confirmPublication(publication, NOW)).toMatchObject({ check: 'confirmed', confirmedAt: NOW });
  });

  it('begins as the address says', () => {
    expect(newPublication({ ...post, doubt: null }, '', null).check).toBe('proven');
    expect(newPublication({ ...post, doubt: 'short_link' }, '', null)).toMatchObject({
      check: 'to_confirm',
      doubt: 'short_link',
    });
  });
});
