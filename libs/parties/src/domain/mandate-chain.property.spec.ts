import { COMPENSATION_KINDS } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';
import * as fc from 'fast-check';
import { assertWithinWhole, type ChainLink } from './mandate-chain';
import type { MandateCut, MandateCuts } from './mandate-cut';

const cut = fc.record({
  of: fc.constantFrom<MandateCut['of']>('gross', 'remainder'),
  share: fc.integer({ min: 0, max: 60 }).map((percent) => `${percent}/100`),
});
const cuts: fc.Arbitrary<MandateCuts> = fc.record({ cash: cut, note_commission: cut, livestream_commission: cut });
const chain = fc.array(cuts, { minLength: 1, maxLength: 5 });

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
  it('is refused if and only if some kind would go below zero', () => {
    fc.assert(
      fc.property(chain, fc.nat(), (terms, pick) => {
        const from = new Date(0);
        const links = terms.map((each, index): ChainLink => ({ position: index + 1, cuts: each, from, until: null }));
        const added = links[pick % links.length];
        if (added === undefined) return;
        const others = links.filter((link) => link !== added);
        const possible = COMPENSATION_KINDS.every((kind) => leftAtWorst(terms, kind).compare(Rational.ZERO) >= 0);
        const check = () => assertWithinWhole(added, others);
        if (possible) expect(check).not.toThrow();
        else expect(check).toThrow();
      }),
    );
  });
});
