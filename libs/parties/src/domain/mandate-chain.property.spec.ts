import { COMPENSATION_KINDS } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';
import * as fc from 'fast-check';
import { assertWithinWhole, type ChainLink } from './mandate-chain';
import { cutsFor, type CutTerms, type MandateCut, type MandateCuts } from './mandate-cut';

const cut = fc.record({
  of: fc.constantFrom<MandateCut['of']>('gross', 'remainder'),
  share: fc.integer({ min: 0, max: 60 }).map((percent) => `${percent}/100`),
});
const cuts: fc.Arbitrary<MandateCuts> = fc.record({ cash: cut, note_commission: cut, livestream_commission: cut });
const BRANDS = ['x', 'y', 'z'];
/** Terms may name x and y; z stands for every brand that none names. */
const terms: fc.Arbitrary<CutTerms> = fc.record({
  cuts,
  brandOverrides: fc.uniqueArray(fc.record({ brandId: fc.constantFrom('x', 'y'), cuts: fc.record({ cash: cut }) }), {
    selector: ({ brandId }) => brandId,
    maxLength: 2,
  }),
});
const chain = fc.array(terms, { minLength: 1, maxLength: 5 });

/** What each takes, computed the slow way: from the gross, one after the other. */
function leftAtWorst(links: readonly MandateCuts[], kind: (typeof COMPENSATION_KINDS)[number]): Rational {
  let left = Rational.ONE;
  let worst = left;
  for (const link of links) {
    const base = link[kind].of === 'gross' ? Rational.ONE : left;
    left = left.subtract(base.multiply(Rational.parse(link[kind].share)));
    if (left.compare(worst) < 0) worst = left;
  }
  return worst;
}

describe('a chain of cuts', () => {
  it('is refused if and only if some kind would go below zero with some brand', () => {
    fc.assert(
      fc.property(chain, fc.nat(), (stated, pick) => {
        const from = new Date(0);
        const links = stated.map((each, index): ChainLink => ({ ...each, position: index + 1, from, until: null }));
        const added = links[pick % links.length];
        if (added === undefined) return;
        const others = links.filter((link) => link !== added);
        const possible = BRANDS.every((brandId) => {
          const each = stated.map((one) => cutsFor(one, brandId));
          return COMPENSATION_KINDS.every((kind) => leftAtWorst(each, kind).compare(Rational.ZERO) >= 0);
        });
        const check = () => assertWithinWhole(added, others);
        if (possible) expect(check).not.toThrow();
        else expect(check).toThrow();
      }),
    );
  });
});
