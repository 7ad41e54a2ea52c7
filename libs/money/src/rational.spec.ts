import { InvalidRational } from './errors';
import { Rational } from './rational';

describe('Rational', () => {
  it.each([
    ['0.375', '3/8'],
    ['3/8', '3/8'],
    ['6/16', '3/8'],
    ['0.10', '1/10'],
    ['0.100000', '1/10'],
    ['1/3', '1/3'],
    ['1', '1'],
    ['1.0', '1'],
    ['0/7', '0'],
    ['-0', '0'],
    ['-0.5', '-1/2'],
    ['-3/8', '-3/8'],
    ['0.000000000000000001', '1/1000000000000000000'],
  ])('reads %s as %s', (text, canonical) => {
    expect(Rational.parse(text).toString()).toBe(canonical);
  });

  it.each([
    '12.5%',
    '1e-3',
    '.5',
    '1.',
    '+1',
    '1,5',
    '',
    ' 1',
    '1\u0000',
    '１',
    'NaN',
    '3/0',
    '3/-8',
    '3/',
    '/8',
    '1.5/2',
    '1/2/3',
    '03/8',
    '0.0000000000000000001',
    `1/1${'0'.repeat(400)}`,
    `1${'0'.repeat(400)}`,
    '1'.repeat(100_000),
  ])('refuses %j', (text) => {
    expect(() => Rational.parse(text)).toThrow(InvalidRational);
  });

  it('refuses a number that came past the types', () => {
    expect(() => Rational.parse(0.1 as unknown as string)).toThrow(InvalidRational);
  });

  it('refuses a result that could not be stored and read back', () => {
    const tiny = Rational.parse(`1/1${'0'.repeat(399)}`);
    expect(() => tiny.multiply(Rational.parse('0.1'))).toThrow(InvalidRational);
    expect(() => Rational.of(1n, 0n)).toThrow(InvalidRational);
  });

  it.each(['1/1000000000000000001', `1/${'7'.repeat(80)}`, '0.0000000000000000001', '1/0'])(
    'refuses %s where somebody states a rate',
    (text) => expect(() => Rational.parseStated(text)).toThrow(InvalidRational),
  );

  it('has room for a chain of twelve stated cuts and the one of the platform', () => {
    const keeps = Array.from({ length: 13 }, () => Rational.parseStated('0.123456789012345677'));
    const kept = keeps.reduce((product, keep) => product.multiply(keep), Rational.ONE);
    expect(Rational.parse(kept.toString()).equals(kept)).toBe(true);
  });

  it('has room for the sum of twenty-one stated rates that have nothing in common, times any amount', () => {
    const amount = Rational.of(2n ** 63n - 1n, 1n);
    // Powers of different primes just below 10^18.
    const primes = [
      2n,
      3n,
      5n,
      7n,
      11n,
      13n,
      17n,
      19n,
      23n,
      29n,
      31n,
      37n,
      41n,
      43n,
      47n,
      53n,
      59n,
      61n,
      67n,
      71n,
      73n,
    ];
    const below = primes.map((prime) => prime ** BigInt(Math.floor(18 / Math.log10(Number(prime)))));
    const rates = below.map((denominator) => Rational.parseStated(`1/${denominator}`));
    const sum = rates.reduce((total, rate) => total.add(rate.multiply(amount)), Rational.ZERO);
    expect(Rational.parse(sum.toString()).equals(sum)).toBe(true);
  });

  it('carries its sign above the line', () => {
    expect(Rational.of(1n, -2n).toString()).toBe('-1/2');
    expect(Rational.of(-3n, -6n).toString()).toBe('1/2');
  });

  it('equals what has both the same top and the same bottom', () => {
    expect(Rational.of(2n, 4n).equals(Rational.of(1n, 2n))).toBe(true);
    expect(Rational.of(1n, 3n).equals(Rational.of(1n, 2n))).toBe(false);
    expect(Rational.of(3n, 2n).equals(Rational.of(1n, 2n))).toBe(false);
  });

  it('counts both ends as shares', () => {
    expect(['0', '1', '1/2'].every((text) => Rational.parse(text).isBetween0And1())).toBe(true);
    expect(['-1/100', '101/100'].some((text) => Rational.parse(text).isBetween0And1())).toBe(false);
  });

  it('stands in JSON as its canonical text', () => {
    expect(JSON.stringify({ share: Rational.parse('0.375') })).toBe('{"share":"3/8"}');
  });
});
