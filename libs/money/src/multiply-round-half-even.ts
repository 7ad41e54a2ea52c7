import type { Rational } from './rational';

/** amountMinor × rate in minor units, rounded once to the nearest; a tie goes to the even neighbour, below zero too. */
export function multiplyRoundHalfEven(amountMinor: bigint, rate: Rational): bigint {
  const product = amountMinor * rate.numerator;
  const magnitude = product < 0n ? -product : product;
  const quotient = magnitude / rate.denominator;
  const twiceRest = (magnitude % rate.denominator) * 2n;
  const isTie = twiceRest === rate.denominator;
  const roundsUp = isTie ? quotient % 2n === 1n : twiceRest > rate.denominator;
  const rounded = roundsUp ? quotient + 1n : quotient;
  return product < 0n ? -rounded : rounded;
}
