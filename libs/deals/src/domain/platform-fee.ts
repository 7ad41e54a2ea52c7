import { InvalidInput } from '@evenhand/kernel';
import { currencyOf, MAX_AMOUNT_MINOR, Rational } from '@evenhand/money';

/** Least and most a cut takes of one earning in one currency, minor units above zero; null for no such bound. */
export interface CutBounds {
  readonly currency: string;
  readonly minMinor: bigint | null;
  readonly maxMinor: bigint | null;
}

/** What the platform takes of one kind of money. */
export interface PlatformFee {
  /** Exact decimal or fraction from 0 to 1, of the amount agreed on. */
  readonly share: string;
  /** `gross`: out of the amount agreed on. `on_top`: paid by the brand beside it, so that the others share all of it. */
  readonly of: 'gross' | 'on_top';
  /** One at most per currency; a currency without bounds has none. */
  readonly bounds: readonly CutBounds[];
}

const MAX_BOUNDS = 50;

/** The fee; throws InvalidInput, InvalidRational, UnknownCurrency. */
export function checkedFee(field: string, { share, of, bounds }: PlatformFee): PlatformFee {
  const rate = Rational.parseStated(share);
  if (!rate.isBetween0And1()) throw new InvalidInput(field, 'A fee is a share from 0 to 1.');
  if (bounds.length > 0 && rate.equals(Rational.ZERO)) throw new InvalidInput(field, 'A fee of nothing has no bounds.');
  if (bounds.length > MAX_BOUNDS) throw new InvalidInput(field, `State bounds in at most ${MAX_BOUNDS} currencies.`);
  if (new Set(bounds.map(({ currency }) => currency)).size < bounds.length) {
    throw new InvalidInput(field, 'State the bounds in one currency once.');
  }
  return { share, of, bounds: bounds.map((each) => checkedBounds(field, each)) };
}

function checkedBounds(field: string, { currency, minMinor, maxMinor }: CutBounds): CutBounds {
  currencyOf(currency);
  if (minMinor === null && maxMinor === null) throw new InvalidInput(field, 'A bound needs a least or a most.');
  for (const bound of [minMinor, maxMinor]) {
    if (bound !== null && (bound <= 0n || bound > MAX_AMOUNT_MINOR)) {
      throw new InvalidInput(field, 'A bound is an amount above zero.');
    }
  }
  if (minMinor !== null && maxMinor !== null && minMinor > maxMinor) {
    throw new InvalidInput(field, 'The least a fee takes cannot be above the most.');
  }
  return { currency, minMinor, maxMinor };
}
