import { multiplyRoundHalfEven } from './multiply-round-half-even';
import { Rational } from './rational';

describe('multiplyRoundHalfEven', () => {
  it.each([
    [1n, '1/2', 0n],
    [3n, '1/2', 2n],
    [5n, '1/2', 2n],
    [-1n, '1/2', 0n],
    [-3n, '1/2', -2n],
    [-5n, '1/2', -2n],
    [5n, '-1/2', -2n],
    [1n, '2/3', 1n],
    [-1n, '2/3', -1n],
    [25n, '0.1', 2n],
    [35n, '0.1', 4n],
    [36n, '0.1', 4n],
    [34n, '0.1', 3n],
    [2n ** 62n, '1', 2n ** 62n],
    [99_999n, '0', 0n],
  ])('%s × %s is %s', (amountMinor, rate, rounded) => {
    expect(multiplyRoundHalfEven(amountMinor, Rational.parse(rate))).toBe(rounded);
  });
});
