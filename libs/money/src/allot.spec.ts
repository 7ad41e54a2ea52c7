import { createHash } from 'node:crypto';
import { allot, allotByWeights, type SharePart } from './allot';
import { DuplicatePartKey, NegativePool, NegativeShare, NoWeightToAllotBy, SharesDoNotSumToOne } from './errors';
import { formatMoney, parseMoney } from './money-text';
import { moneyOf } from './money';
import { Rational } from './rational';

function parts(shares: Readonly<Record<string, string>>): SharePart[] {
  return Object.entries(shares).map(([key, share]) => ({ key, share: Rational.parse(share) }));
}

const offeredTenKeptFive = parts({ platform: '0.2', agency: '0.3', influencer: '0.5' });

describe('allot', () => {
  it.each([
    ['CNY', '19.99', { platform: '4.00', agency: '6.00', influencer: '9.99' }, 'sale-1'],
    ['EUR', '0.07', { platform: '0.01', agency: '0.02', influencer: '0.04' }, 'sale-1'],
    ['JPY', '1203', { platform: '241', agency: '361', influencer: '601' }, 'sale-1'],
    ['KWD', '0.012', { platform: '0.002', agency: '0.004', influencer: '0.006' }, 'sale-1'],
  ])('splits %s %s to the last minor unit', (currency, pool, expected, seed) => {
    const allotted = allot(parseMoney(pool, currency).amountMinor, offeredTenKeptFive, seed);
    const texts = [...allotted].map(([key, amountMinor]) => [key, formatMoney(moneyOf(amountMinor, currency))]);
    expect(Object.fromEntries(texts)).toEqual(expected);
  });

  it('leaves nothing to the others under a 100 % cut', () => {
    const allotted = allot(1_001n, parts({ platform: '0', agency: '1', influencer: '0' }), 'sale-1');
    expect([...allotted]).toEqual([
      ['platform', 0n],
      ['agency', 1_001n],
      ['influencer', 0n],
    ]);
  });

  it('allots an empty pool as nothing to everyone', () => {
    expect([...allot(0n, offeredTenKeptFive, 'sale-1').values()]).toEqual([0n, 0n, 0n]);
  });

  it('gives the single unit of a tie to the lowest sha256 of seed length, seed and key', () => {
    const halves = parts({ left: '1/2', right: '1/2' });
    const winners = ['sale-1', 'sale-2', 'sale-3', 'sale-4'].map((seed) => {
      const digests = ['left', 'right'].map((key) => {
        const bytes = Buffer.concat([Buffer.from([0, 0, 0, seed.length]), Buffer.from(seed), Buffer.from(key)]);
        return { key, digest: createHash('sha256').update(bytes).digest('hex') };
      });
      const expected = digests.sort((a, b) => (a.digest < b.digest ? -1 : 1))[0]?.key;
      const winner = [...allot(1n, halves, seed)].find(([, amountMinor]) => amountMinor === 1n)?.[0];
      expect(winner).toBe(expected);
      return winner;
    });
    // Pinned: a change here would make every recorded split impossible to replay.
    expect(winners).toEqual(['left', 'left', 'left', 'right']);
  });

  it('tells seed and key apart where their concatenation is the same', () => {
    const winnersBy = (seed: string, prefix: string) =>
      Array.from({ length: 32 }, (_, n) => {
        const keys = [`${prefix}a${n}`, `${prefix}b${n}`];
        const allotted = allot(1n, parts(Object.fromEntries(keys.map((key) => [key, '1/2']))), seed);
        return [...allotted.values()].indexOf(1n);
      });
    expect(winnersBy('sale-1', '2')).not.toEqual(winnersBy('sale-12', ''));
  });

  it('decides even between keys that have the same UTF-8 bytes', () => {
    const [first, second] = parts({ '\ud800': '1/2', '\ud801': '1/2' });
    const there = allot(1n, [first!, second!], 'sale-1');
    const back = allot(1n, [second!, first!], 'sale-1');
    expect(there.get('\ud800')).toBe(back.get('\ud800'));
  });

  it('refuses shares that miss 1 by anything, a negative share, a negative pool and a key given twice', () => {
    const third = '0.333333333333333333';
    expect(() => allot(1n, parts({ a: third, b: third, c: third }), 's')).toThrow(SharesDoNotSumToOne);
    expect(() => allot(1n, parts({ a: '1', b: '1/1000000000000000000' }), 's')).toThrow(SharesDoNotSumToOne);
    expect(() => allot(0n, [], 's')).toThrow(SharesDoNotSumToOne);
    expect(() => allot(1n, parts({ a: '-1/2', b: '3/2' }), 's')).toThrow(NegativeShare);
    expect(() => allot(-1n, parts({ a: '1' }), 's')).toThrow(NegativePool);
    expect(() => allot(2n, [...parts({ a: '1/2' }), ...parts({ a: '1/2' })], 's')).toThrow(DuplicatePartKey);
  });
});

describe('allotByWeights', () => {
  it('takes a refund from what remains of each part', () => {
    const remaining = [
      { key: 'platform', weight: 2n },
      { key: 'agency', weight: 0n },
      { key: 'influencer', weight: 5n },
    ];
    expect([...allotByWeights(7n, remaining, 'refund-1').values()]).toEqual([2n, 0n, 5n]);
    expect([...allotByWeights(3n, remaining, 'refund-1').values()]).toEqual([1n, 0n, 2n]);
  });

  it('allots nothing over nothing, and refuses something over nothing', () => {
    const nothing = [{ key: 'influencer', weight: 0n }];
    expect([...allotByWeights(0n, nothing, 'refund-1')]).toEqual([['influencer', 0n]]);
    expect([...allotByWeights(0n, [], 'refund-1')]).toEqual([]);
    expect(() => allotByWeights(1n, nothing, 'refund-1')).toThrow(NoWeightToAllotBy);
    expect(() => allotByWeights(1n, [], 'refund-1')).toThrow(NoWeightToAllotBy);
  });

  it('refuses a negative weight and a negative pool', () => {
    expect(() => allotByWeights(1n, [{ key: 'a', weight: -1n }], 's')).toThrow(NegativeShare);
    expect(() => allotByWeights(-1n, [{ key: 'a', weight: 1n }], 's')).toThrow(NegativePool);
    expect(() => allotByWeights(-1n, [], 's')).toThrow(NegativePool);
  });
});
