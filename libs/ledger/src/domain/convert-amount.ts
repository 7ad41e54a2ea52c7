import { currencyOf, multiplyRoundHalfEven, Rational } from '@evenhand/money';

/**
 * An amount in minor units of one currency in those of another, rounded once, half-even. `rate` is major units of the
 * second for one of the first, exact rational text.
 */
export function convertAmount(amountMinor: bigint, from: string, to: string, rate: string): bigint {
  const scale = Rational.of(
    10n ** BigInt(currencyOf(to).minorUnitDigits),
    10n ** BigInt(currencyOf(from).minorUnitDigits),
  );
  return multiplyRoundHalfEven(amountMinor, Rational.parse(rate).multiply(scale));
}
