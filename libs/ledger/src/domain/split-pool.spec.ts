import { MAX_AMOUNT_MINOR } from '@evenhand/money';
import { BalanceOutOfRange, InvalidCut, UnknownSplitRule } from './errors';
import { compileSplitPlan, type Cut } from './split-plan';
import { feeOnTopMinor, splitPool } from './split-pool';

const house = (change: Partial<Cut>): Cut => ({
  partyId: 'house',
  role: 'platform',
  of: 'gross',
  share: '0.10',
  ...change,
});
const agency = (partyId: string, change: Partial<Cut>): Cut => ({
  partyId,
  role: 'agency',
  of: 'remainder',
  share: '0.20',
  ...change,
});
const partsOf = (cuts: readonly Cut[], poolMinor: bigint) =>
  splitPool(compileSplitPlan('lin', cuts, 'EUR'), poolMinor, 'sale').shares.map(
    ({ partyId, share, amountMinor }) => `${partyId} ${share} ${amountMinor}`,
  );

describe('a cut with bounds', () => {
  const cuts = [house({ minMinor: '50', maxMinor: '200' }), agency('outer', { share: '1/2' })];

  it('takes its share between them, and then the shares are those of the rates', () => {
    expect(partsOf(cuts, 1000n)).toEqual(['house 1/10 100', 'outer 9/20 450', 'lin 9/20 450']);
  });

  it('takes its least of a small pool; the cuts after it follow on what is left', () => {
    expect(partsOf(cuts, 100n)).toEqual(['house 1/2 50', 'outer 1/4 25', 'lin 1/4 25']);
  });

  it('takes its most of a large pool', () => {
    expect(partsOf(cuts, 10_000n)).toEqual(['house 1/50 200', 'outer 49/100 4900', 'lin 49/100 4900']);
  });

  it('takes all that is left where that is less than its least, and nobody after it anything', () => {
    expect(partsOf(cuts, 30n)).toEqual(['house 1 30', 'outer 0 0', 'lin 0 0']);
    expect(partsOf([agency('outer', { share: '1/2' }), house({ minMinor: '50' })], 60n)).toEqual([
      'outer 1/2 30',
      'house 1/2 30',
      'lin 0 0',
    ]);
  });

  it('leaves a later cut of the gross no more than there is', () => {
    expect(partsOf([house({ minMinor: '50' }), agency('outer', { of: 'gross', share: '0.9' })], 100n)).toEqual([
      'house 1/2 50',
      'outer 1/2 50',
      'lin 0 0',
    ]);
  });

  it('takes nothing of nothing', () => {
    expect(partsOf(cuts, 0n)).toEqual(['house 1/10 0', 'outer 9/20 0', 'lin 9/20 0']);
  });

  it('sums the cuts of one party, each within its own bounds', () => {
    expect(partsOf([house({ maxMinor: '5' }), house({ share: '0.5', minMinor: '60' })], 100n)).toEqual([
      'house 13/20 65',
      'lin 7/20 35',
    ]);
  });

  it('allots odd units among those that no bound holds', () => {
    expect(partsOf([house({ minMinor: '50' }), agency('outer', { share: '1/3' })], 60n)).toEqual([
      'house 5/6 50',
      'outer 1/18 3',
      'lin 1/9 7',
    ]);
  });
});

describe('a cut on top', () => {
  it('is paid beside the pool and has a share of the gross of its own', () => {
    const plan = compileSplitPlan('lin', [house({ of: 'on_top' }), agency('outer', { share: '1/2' })]);
    expect(splitPool(plan, 1000n, 'sale')).toEqual({
      grossMinor: 1100n,
      shares: [
        { partyId: 'house', role: 'platform', share: '1/11', amountMinor: 100n },
        { partyId: 'outer', role: 'agency', share: '5/11', amountMinor: 500n },
        { partyId: 'lin', role: 'influencer', share: '5/11', amountMinor: 500n },
      ],
    });
    expect(plan.onTop).toEqual({ partyId: 'house', role: 'platform', share: '1/10' });
  });

  it.each([
    [5n, 0n],
    [15n, 2n],
    [25n, 2n],
    [26n, 3n],
  ])('on %s is rounded half-even to %s', (poolMinor, feeMinor) => {
    const plan = compileSplitPlan('lin', [house({ of: 'on_top' })]);
    expect(feeOnTopMinor(plan, poolMinor)).toBe(feeMinor);
    expect(splitPool(plan, poolMinor, 'sale').grossMinor).toBe(poolMinor + feeMinor);
  });

  it('keeps to its bounds, and is nothing on nothing', () => {
    const plan = compileSplitPlan('lin', [house({ of: 'on_top', minMinor: '50', maxMinor: '200' })], 'EUR');
    expect([0n, 1n, 1000n, 9000n].map((poolMinor) => feeOnTopMinor(plan, poolMinor))).toEqual([0n, 50n, 100n, 200n]);
    expect(feeOnTopMinor(compileSplitPlan('lin', [house({})]), 1000n)).toBe(0n);
  });

  it('stands beside bounds of others', () => {
    const bounded = agency('outer', { share: '1/2', maxMinor: '100' });
    expect(partsOf([bounded, house({ of: 'on_top' })], 1000n)).toEqual([
      'house 1/11 100',
      'outer 1/11 100',
      'lin 9/11 900',
    ]);
  });

  it('cannot make a gross that no account can hold', () => {
    const plan = compileSplitPlan('lin', [house({ of: 'on_top' })]);
    expect(() => splitPool(plan, MAX_AMOUNT_MINOR, 'sale')).toThrow(BalanceOutOfRange);
  });
});

describe('compileSplitPlan', () => {
  it.each<[string, readonly Cut[]]>([
    ['a least above the most', [house({ minMinor: '2', maxMinor: '1' })]],
    ['a bound of zero', [house({ maxMinor: '0' })]],
    ['a bound that is no whole amount', [house({ minMinor: '1.5' })]],
    ['a bound beyond what can be paid', [house({ minMinor: `${MAX_AMOUNT_MINOR + 1n}` })]],
    ['bounds of a cut of nothing', [house({ share: '0', minMinor: '1' })]],
    ["an agency's cut on top", [agency('outer', { of: 'on_top' })]],
    ['two cuts on top', [house({ of: 'on_top' }), house({ of: 'on_top' })]],
    ['a platform that takes both ways', [house({ of: 'on_top' }), house({})]],
    ['a payee who takes on top', [house({ of: 'on_top', partyId: 'lin' })]],
    ['more than the whole on top', [house({ of: 'on_top', share: '1.1' })]],
  ])('refuses %s', (_what, cuts) => {
    expect(() => compileSplitPlan('lin', cuts, 'EUR')).toThrow(InvalidCut);
  });

  it('wants a currency for bounds, and keeps it only then', () => {
    expect(() => compileSplitPlan('lin', [house({ minMinor: '1' })])).toThrow(InvalidCut);
    expect(compileSplitPlan('lin', [house({ minMinor: '1' })], 'JPY').currency).toBe('JPY');
    expect(compileSplitPlan('lin', [house({})], 'JPY')).not.toHaveProperty('currency');
  });

  it('has room for 61 takers of cuts beside one on top', () => {
    const agencies = (count: number) =>
      Array.from({ length: count }, (_, n) => agency(`agency ${n}`, { of: 'gross', share: '1/100' }));
    const onTop = house({ of: 'on_top' });
    expect(compileSplitPlan('lin', [onTop, ...agencies(61)]).shares).toHaveLength(62);
    expect(() => compileSplitPlan('lin', [onTop, ...agencies(62)])).toThrow(InvalidCut);
  });
});

describe('a plan of an earlier rule', () => {
  const plan = compileSplitPlan('lin', [house({ minMinor: '50' })], 'EUR');

  it('is split by that rule: bounds and cuts on top were unknown to the first', () => {
    const first = { ...plan, ruleVersion: 'chain-of-cuts/1' };
    const amountsOf = (given: typeof plan) => splitPool(given, 100n, 'sale').shares.map((part) => part.amountMinor);
    expect(amountsOf(first)).toEqual([10n, 90n]);
    expect(amountsOf(plan)).toEqual([50n, 50n]);
  });

  it.each(['chain-of-cuts/3', 'toString'])('is refused where its rule %s is not known', (ruleVersion) => {
    expect(() => splitPool({ ...plan, ruleVersion }, 100n, 'sale')).toThrow(UnknownSplitRule);
  });
});
