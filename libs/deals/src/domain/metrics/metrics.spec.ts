import { InvalidInput } from '@evenhand/kernel';
import fc from 'fast-check';
import { MetricsFell } from '../publication/errors';
import { dailyGrowth } from './daily';
import { EXPLOSIVE_BOUNDS, explosiveBy, type NoteReading } from './explosive-note';
import { checkCounts, checkGrowth, checkReadAt, type Counts, COUNTERS, NO_COUNTS, parseCorrection } from './reading';

const counts = (told: Partial<Counts>): Counts => ({ ...NO_COUNTS, ...told });
const NONE = { before: NO_COUNTS, after: NO_COUNTS };

describe('a reading', () => {
  it('tells something possible', () => {
    expect(() => checkCounts(NO_COUNTS)).toThrow(InvalidInput);
    expect(() => checkCounts(counts({ likes: -1n }))).toThrow(InvalidInput);
    expect(() => checkCounts(counts({ likes: 10n ** 13n }))).toThrow(InvalidInput);
    expect(() => checkCounts(counts({ likes: 0n }))).not.toThrow();
  });

  it('is of an instant from publication until now', () => {
    const [before, at, after] = [new Date(999), new Date(1000), new Date(1001)];
    expect(() => checkReadAt(before, at, after)).toThrow(InvalidInput);
    expect(() => checkReadAt(after, before, at)).toThrow(InvalidInput);
    expect(() => checkReadAt(at, at, at)).not.toThrow();
  });

  it.each(COUNTERS)('may not let the %s fall, but as a correction', (counter) => {
    const fallen = counts({ [counter]: 9n });
    const before = counts({ [counter]: 10n });
    expect(() => checkGrowth(fallen, { ...NONE, before }, false)).toThrow(MetricsFell);
    expect(() => checkGrowth(fallen, { ...NONE, before }, true)).not.toThrow();
    expect(() => checkGrowth(before, { ...NONE, before }, false)).not.toThrow();
    expect(() => checkGrowth(counts({ [counter]: null }), { ...NONE, before }, false)).not.toThrow();
  });

  it('of an earlier instant fits below what is known of a later one, a correction too', () => {
    const after = counts({ likes: 10n });
    expect(() => checkGrowth(counts({ likes: 11n }), { ...NONE, after }, false)).toThrow(MetricsFell);
    expect(() => checkGrowth(counts({ likes: 11n }), { ...NONE, after }, true)).toThrow(MetricsFell);
    expect(() => checkGrowth(counts({ likes: 10n, views: 99n }), { ...NONE, after }, false)).not.toThrow();
  });

  it('corrects with a reason', () => {
    expect(parseCorrection(null)).toBeNull();
    expect(parseCorrection(' Typed one zero too many ')).toBe('Typed one zero too many');
    expect(() => parseCorrection('  ')).toThrow(InvalidInput);
    expect(() => parseCorrection('x'.repeat(501))).toThrow(InvalidInput);
  });
});

describe('growth by the day', () => {
  it('is since the day before that tells of it, and carries over what a day does not tell', () => {
    const days = [
      { day: '2026-03-01', counts: counts({ views: 100n, likes: 10n }) },
      { day: '2026-03-03', counts: counts({ views: 250n }) },
      { day: '2026-03-04', counts: counts({ likes: 8n, saves: 3n }) },
    ];
    expect(dailyGrowth(days).map(({ difference }) => difference)).toEqual([
      counts({ views: 100n, likes: 10n }),
      counts({ views: 150n, likes: 0n }),
      counts({ views: 0n, likes: -2n, saves: 3n }),
    ]);
    expect(dailyGrowth(days).at(-1)?.counts).toEqual(counts({ views: 250n, likes: 8n, saves: 3n }));
  });

  it('sums to what is known at the end', () => {
    const count = fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n }), { nil: null });
    const day = fc.record({ views: count, likes: count, saves: count, comments: count, shares: count });
    fc.assert(
      fc.property(fc.array(day), (days) => {
        const grown = dailyGrowth(days.map((told, index) => ({ day: String(index), counts: told })));
        for (const counter of COUNTERS) {
          const sum = grown.reduce((total, { difference }) => total + (difference[counter] ?? 0n), 0n);
          expect(sum).toBe(grown.at(-1)?.counts[counter] ?? 0n);
        }
      }),
    );
  });
});

describe('an explosive note', () => {
  const publishedAt = new Date('2026-03-01T00:00:00Z');
  const days = (count: number) => new Date(publishedAt.getTime() + count * 86_400_000);
  const note: NoteReading = {
    kind: 'image_note',
    platform: 'xiaohongshu',
    likes: 10_000n,
    followers: 500_000n,
    publishedAt,
    readAt: days(90),
  };

  it.each([
    ['ten thousand likes, whenever', note, 'likes'],
    ['one fewer, late', { ...note, likes: 9_999n }, null],
    [
      '5 % of the followers within seven days',
      { ...note, likes: 1_000n, followers: 20_000n, readAt: days(7) },
      'share_of_followers',
    ],
    [
      'the same a moment later',
      { ...note, likes: 1_000n, followers: 20_000n, readAt: new Date(days(7).getTime() + 1) },
      null,
    ],
    ['fewer than 5 %', { ...note, likes: 1_000n, followers: 20_001n, readAt: days(1) }, null],
    ['5 % of few followers', { ...note, likes: 999n, followers: 100n, readAt: days(1) }, null],
    ['a channel without followers', { ...note, likes: 5_000n, followers: 0n, readAt: days(1) }, null],
    ['followers unknown', { ...note, likes: 5_000n, followers: null, readAt: days(1) }, null],
    ['likes unknown', { ...note, likes: null }, null],
    ['a video note', { ...note, kind: 'video_note' }, 'likes'],
    ['a livestream', { ...note, kind: 'livestream' }, null],
    ['a story', { ...note, kind: 'story' }, null],
    ['a platform of short videos', { ...note, platform: 'douyin' }, null],
  ] as const)('%s', (_what, reading, rule) => {
    expect(explosiveBy(reading)).toBe(rule);
  });

  it('needs fewer likes by followers than without, on every platform', () => {
    for (const { likes, leastLikes } of Object.values(EXPLOSIVE_BOUNDS)) expect(leastLikes).toBeLessThan(likes);
  });
});
