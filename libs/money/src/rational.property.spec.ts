import fc from 'fast-check';
import { multiplyRoundHalfEven } from './multiply-round-half-even';
import { greatestCommonDivisor, Rational } from './rational';

const numerators = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const denominators = fc.oneof(fc.bigInt({ min: 1n, max: 12n }), fc.bigInt({ min: 1n, max: 10n ** 18n }));
const rationals = fc.tuple(numerators, denominators).map(([top, bottom]) => Rational.of(top, bottom));
const amounts = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });

describe('rationals', () => {
  it('stay in lowest terms and are read back from their text', () => {
    fc.assert(
      fc.property(rationals, rationals, (a, b) => {
        for (const result of [a, a.add(b), a.subtract(b), a.multiply(b)]) {
          const top = result.numerator < 0n ? -result.numerator : result.numerator;
          expect(result.denominator > 0n && greatestCommonDivisor(top, result.denominator) === 1n).toBe(true);
          expect(Rational.parse(result.toString()).equals(result)).toBe(true);
        }
      }),
    );
  });

  it('obey the laws of a field', () => {
    fc.assert(
      fc.property(rationals, rationals, rationals, (a, b, c) => {
        expect(a.add(b).equals(b.add(a))).toBe(true);
        expect(a.add(b).subtract(b).equals(a)).toBe(true);
        expect(a.multiply(b.add(c)).equals(a.multiply(b).add(a.multiply(c)))).toBe(true);
        expect(a.multiply(Rational.ONE).equals(a) && a.add(Rational.ZERO).equals(a)).toBe(true);
      }),
    );
  });

  it('are ordered as their difference says', () => {
    fc.assert(
      fc.property(rationals, rationals, (a, b) => {
        const { numerator } = a.subtract(b);
        expect(a.compare(b)).toBe(numerator === 0n ? 0 : numerator < 0n ? -1 : 1);
        expect(a.compare(b) === 0).toBe(a.equals(b));
      }),
    );
  });

  it('read a decimal as its digits over a power of ten', () => {
    const decimals = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.stringMatching(/^[0-9]{1,18}$/));
    fc.assert(
      fc.property(decimals, ([whole, digits]) => {
        const expected = Rational.of(BigInt(`${whole}${digits}`), 10n ** BigInt(digits.length));
        expect(Rational.parse(`${whole}.${digits}`).equals(expected)).toBe(true);
      }),
    );
  });
});

describe('multiplyRoundHalfEven, any amount and rate', () => {
  it('is at most half a unit from exact, and even where it is exactly half', () => {
    fc.assert(
      fc.property(amounts, rationals, (amountMinor, rate) => {
        const rounded = multiplyRoundHalfEven(amountMinor, rate);
        const twiceError = 2n * (rounded * rate.denominator - amountMinor * rate.numerator);
        const magnitude = twiceError < 0n ? -twiceError : twiceError;
        expect(magnitude <= rate.denominator).toBe(true);
        if (magnitude === rate.denominator) expect(rounded % 2n).toBe(0n);
      }),
      { numRuns: 1_000 },
    );
  });

  it('mirrors at zero and never falls as the amount grows', () => {
    fc.assert(
      fc.property(amounts, amounts, rationals, (a, b, rate) => {
        expect(multiplyRoundHalfEven(-a, rate)).toBe(-multiplyRoundHalfEven(a, rate));
        const [less, more] = a < b ? [a, b] : [b, a];
        const step = multiplyRoundHalfEven(more, rate) - multiplyRoundHalfEven(less, rate);
        expect(rate.numerator >= 0n ? step >= 0n : step <= 0n).toBe(true);
      }),
    );
  });
});
