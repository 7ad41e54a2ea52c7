import { InvalidInput } from '@evenhand/kernel';
import { type Money, moneyOf } from '@evenhand/money';

const MAX_PRICES = 20;

/**
 * The least an influencer asks for one deliverable, as she states it herself: one price a currency, in the order of the
 * currencies. Throws `InvalidInput`, `UnknownCurrency`.
 */
export function parseAskingPrices(prices: readonly Money[]): readonly Money[] {
  if (prices.length > MAX_PRICES) throw new InvalidInput('prices', `At most ${MAX_PRICES} prices.`);
  const parsed = prices.map(({ currency, amountMinor }) => moneyOf(amountMinor, currency));
  if (parsed.some(({ amountMinor }) => amountMinor <= 0n)) {
    throw new InvalidInput('prices', 'An asking price is above zero.');
  }
  if (new Set(parsed.map(({ currency }) => currency)).size < parsed.length) {
    throw new InvalidInput('prices', 'State one price for each currency.');
  }
  return parsed.toSorted((one, other) => (one.currency < other.currency ? -1 : 1));
}
