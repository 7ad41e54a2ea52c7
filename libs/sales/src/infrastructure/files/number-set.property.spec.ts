import fc from 'fast-check';
import { NumberSet } from './number-set';

const numbers = fc.array(fc.integer({ min: 0, max: 2 ** 48 - 1 }), { maxLength: 4_000 });

it('a set of numbers holds what was added and nothing else', () => {
  fc.assert(
    fc.property(numbers, numbers, (added, others) => {
      const set = new NumberSet();
      for (const value of added) set.add(value);
      const wanted = new Set(added);
      expect([...added, ...others].filter((value) => set.has(value) !== wanted.has(value))).toEqual([]);
    }),
  );
});
