import { moneyOf } from '@evenhand/money';
import * as fc from 'fast-check';
import { audienceWeight, FIT_WEIGHTS, type FitAsks, type FitProfile, fitReasons, reachOf } from './fit';

const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 });
const countries = fc.uniqueArray(fc.constantFrom('CN', 'JP', 'FR'), { maxLength: 3 });
const prices = fc
  .dictionary(fc.constantFrom('EUR', 'JPY', 'CNY'), fc.bigInt({ min: 1n, max: 5n }))
  .map((all) => Object.entries(all).map(([currency, amount]) => moneyOf(amount, currency)));
const shares = fc
  .dictionary(fc.constantFrom('CN', 'JP', 'FR', 'US'), fc.integer({ min: 0, max: 100 }))
  .map((all) => Object.entries(all).map(([segment, percent]) => ({ segment, percent })));
const common = { platforms: words, categories: words, markets: countries, languages: words };
const profiles: fc.Arbitrary<FitProfile> = fc.record({ ...common, audienceCountries: shares, askingPrices: prices });
const campaigns: fc.Arbitrary<FitAsks> = fc.record({ ...common, cashCeilings: prices });

describe('the fit of an influencer and a campaign', () => {
  it('never weighs more than 100, and each reason what it is said to weigh', () => {
    fc.assert(
      fc.property(profiles, campaigns, (profile, asks) => {
        const reasons = fitReasons(profile, asks);
        expect(reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(100);
        for (const { code, weight, percent } of reasons) {
          expect(weight).toBe(code === 'AUDIENCE_MATCH' ? audienceWeight(percent ?? 0) : FIT_WEIGHTS[code]);
        }
        expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length);
      }),
    );
  });

  it('names nothing that one of the two does not say of itself', () => {
    fc.assert(
      fc.property(profiles, campaigns, (profile, asks) => {
        const hers = JSON.stringify(
          [...profile.audienceCountries, ...profile.askingPrices.map((p) => p.currency), profile],
          stringOf,
        );
        const theirs = JSON.stringify(asks, stringOf);
        for (const value of fitReasons(profile, asks).flatMap(({ values }) => values)) {
          expect(hers).toContain(`"${value}"`);
          expect(theirs).toContain(`"${value}"`);
        }
      }),
    );
  });

  it('is without reasons where nothing is shared', () => {
    const nothing = { platforms: [], categories: [], markets: [], languages: [] };
    expect(
      fitReasons({ ...nothing, audienceCountries: [], askingPrices: [] }, { ...nothing, cashCeilings: [] }),
    ).toEqual([]);
  });

  it('takes of each country the greatest share of any channel', () => {
    const channel = (platform: 'line' | 'x', percent: number) => ({
      platform,
      audience: { countries: [{ segment: 'CN', percent }], ages: [], genders: [] },
    });
    expect(reachOf([channel('x', 40), channel('line', 60), channel('x', 10)])).toEqual({
      platforms: ['line', 'x'],
      audienceCountries: [{ segment: 'CN', percent: 60 }],
    });
  });

  it.each([
    [4, 0],
    [5, 1],
    [72, 14],
    [100, 20],
  ])('gives %i percent of an audience %i points', (percent, points) => {
    expect(audienceWeight(percent)).toBe(points);
  });
});

function stringOf(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
