import * as fc from 'fast-check';
import { basisFor, type PastResult, spreadOf } from './forecast';

const amounts = fc.array(fc.bigInt({ min: 0n, max: 2n ** 62n }), { minLength: 1, maxLength: 20 });

function resultsOf(...brands: readonly string[]): readonly PastResult[] {
  return brands.map((brandId) => ({ brandId, noteMinor: 1n, livestreamMinor: 0n, salesCount: 1n, clicks: 1n }));
}

describe('quartiles', () => {
  it('ascend, lie within what was, and do not depend on its order', () => {
    fc.assert(
      fc.property(amounts, (values) => {
        const { low, expected, high } = spreadOf(values);
        const ascending = [...values].sort((left, right) => (left < right ? -1 : 1));
        const all = [ascending[0] ?? 0n, low, expected, high, ascending.at(-1) ?? 0n];
        expect([...all].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0))).toEqual(all);
        expect(spreadOf(values.toReversed())).toEqual({ low, expected, high });
      }),
    );
  });

  it.each([
    [[7n], [7n, 7n, 7n]],
    [
      [10n, 20n],
      [12n, 15n, 18n],
    ],
    [
      [40n, 10n, 30n, 20n, 50n],
      [20n, 30n, 40n],
    ],
    [
      [0n, 1n],
      [0n, 0n, 1n],
    ],
    [
      [1n, 2n],
      [1n, 2n, 2n],
    ],
  ])('of %j are %j, rounded half to even', (values, [low, expected, high]) => {
    expect(spreadOf(values)).toEqual({ low, expected, high });
  });
});

describe('what a forecast rests on', () => {
  it.each([
    ['nothing', [], null, 0],
    ['nothing, where others know a little', ['a', 'b', 'c', 'a'], null, 0],
    ['own deals, where others know a little', ['me', 'a', 'b', 'c'], 'own_deals', 1],
    ['own deals, where few others know much', ['me', 'me', 'a', 'a', 'a', 'b'], 'own_deals', 2],
    ['nothing, where few others know much', ['a', 'a', 'a', 'a', 'b', 'b'], null, 0],
    ['the marketplace, from five deals of three other brands on', ['a', 'a', 'b', 'b', 'c'], 'marketplace', 5],
    ['the marketplace, own deals with it', ['me', 'me', 'a', 'b', 'c'], 'marketplace', 5],
  ])('is %s', (_, brands, basis, count) => {
    const found = basisFor('me', resultsOf(...brands));
    expect(found?.basis ?? null).toBe(basis);
    expect(found?.results.length ?? 0).toBe(count);
  });
});
