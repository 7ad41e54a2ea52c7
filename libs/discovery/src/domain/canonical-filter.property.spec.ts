import * as fc from 'fast-check';
import { canonicalFilter } from './canonical-filter';

const value = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string(),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
  fc.array(fc.string()),
  fc.array(fc.record({ segment: fc.string(), minPercent: fc.integer() })),
);
const filters = fc.dictionary(fc.constantFrom('text', 'markets', 'open', 'from', 'audience'), value);

describe('the canonical form of a filter', () => {
  it('is the same whatever the order of keys and lists', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const turned = Object.fromEntries(
          Object.entries(filter)
            .toReversed()
            .map(([key, each]) => [key, Array.isArray(each) ? [...each.toReversed(), ...each] : each]),
        );
        expect(JSON.stringify(canonicalFilter(turned))).toBe(JSON.stringify(canonicalFilter(filter)));
      }),
    );
  });

  it('is its own canonical form, also after it was stored', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const once = canonicalFilter(filter);
        expect(canonicalFilter(JSON.parse(JSON.stringify(once)))).toEqual(once);
      }),
    );
  });

  it('says nothing of what filters nothing', () => {
    expect(canonicalFilter({ text: ' ', markets: [], open: false, from: null })).toEqual({});
    expect(canonicalFilter({ text: ' 手袋  été ', markets: ['JP', 'CN', 'JP'], least: 5n })).toEqual({
      least: '5',
      markets: ['CN', 'JP'],
      text: '手袋 été',
    });
  });
});
