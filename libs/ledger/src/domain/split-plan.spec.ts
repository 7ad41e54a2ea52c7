import { Rational } from '@evenhand/money';
import { CutsExceedWhole, InvalidCut } from './errors';
import { compileSplitPlan, type Cut } from './split-plan';

const platform = (share: string, of: Cut['of'] = 'gross'): Cut => ({
  partyId: 'platform',
  role: 'platform',
  of,
  share,
});
const agency = (partyId: string, share: string, of: Cut['of'] = 'gross'): Cut => ({
  partyId,
  role: 'agency',
  of,
  share,
});
const sharesOf = (...cuts: Cut[]) => compileSplitPlan('lin', cuts).shares.map(({ partyId, share }) => [partyId, share]);

describe('compileSplitPlan', () => {
  it('leaves the influencer half of what the brand offers in the example of the source', () => {
    expect(sharesOf(platform('0.10'), agency('agency', '0.40'))).toEqual([
      ['platform', '1/10'],
      ['agency', '2/5'],
      ['lin', '1/2'],
    ]);
  });

  it('takes a cut of the remainder from what the cuts before it left', () => {
    expect(
      sharesOf(platform('0.10'), agency('outer', '1/3', 'remainder'), agency('inner', '1/2', 'remainder')),
    ).toEqual([
      ['platform', '1/10'],
      ['outer', '3/10'],
      ['inner', '3/10'],
      ['lin', '3/10'],
    ]);
  });

  it('takes a cut of the gross after a cut of the remainder from the gross', () => {
    expect(sharesOf(agency('outer', '1/2', 'remainder'), agency('inner', '1/2'))).toEqual([
      ['outer', '1/2'],
      ['inner', '1/2'],
      ['lin', '0'],
    ]);
  });

  it('gives the whole to the influencer without cuts', () => {
    expect(sharesOf()).toEqual([['lin', '1']]);
  });

  it('keeps the zero share of an influencer whose agency takes all', () => {
    expect(sharesOf(agency('agency', '1'))).toEqual([
      ['agency', '1'],
      ['lin', '0'],
    ]);
  });

  it('keeps the zero share of a party that takes nothing', () => {
    expect(sharesOf(agency('agency', '0'))).toEqual([
      ['agency', '0'],
      ['lin', '1'],
    ]);
  });

  it('sums the cuts of one party', () => {
    expect(sharesOf(agency('agency', '1/4'), platform('1/4'), agency('agency', '1/2', 'remainder'))).toEqual([
      ['agency', '1/2'],
      ['platform', '1/4'],
      ['lin', '1/4'],
    ]);
  });

  it('refuses cuts that take more than the whole', () => {
    expect(() => sharesOf(platform('0.1'), agency('agency', '0.900001'))).toThrow(CutsExceedWhole);
  });

  it.each(['-0.1', '1.1'])('refuses a cut of %s', (share) => {
    expect(() => sharesOf(agency('agency', share))).toThrow(InvalidCut);
  });

  it('refuses a party in two roles, and the influencer as her own agency', () => {
    expect(() => sharesOf(platform('0.1'), agency('platform', '0.1'))).toThrow(InvalidCut);
    expect(() => sharesOf(agency('lin', '0.1'))).toThrow(InvalidCut);
  });

  it('has room for twelve agencies that each take eighteen decimals of what is left', () => {
    const share = '0.123456789012345677';
    const agencies = Array.from({ length: 12 }, (_, place) => agency(`agency ${place}`, share, 'remainder'));
    const { shares } = compileSplitPlan('lin', [platform(share), ...agencies]);
    const sum = shares.reduce((total, part) => total.add(Rational.parse(part.share)), Rational.ZERO);
    expect(sum.equals(Rational.ONE)).toBe(true);
  });

  it('has room for 62 takers of cuts and the influencer', () => {
    const cuts = (count: number) => Array.from({ length: count }, (_, n) => agency(`agency ${n}`, '1/100'));
    expect(compileSplitPlan('lin', cuts(62)).shares).toHaveLength(63);
    expect(() => compileSplitPlan('lin', cuts(63))).toThrow(InvalidCut);
  });
});
