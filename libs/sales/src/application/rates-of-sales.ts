import type { TrackedCommissionDeal } from '@evenhand/deals';
import type { Transaction } from '@evenhand/kernel';
import { type FxRate, type FxRates, rateDateOf, type RateMissing, type RateWanted } from '@evenhand/ledger';
import type { Attribution } from '../domain/attribution';
import type { SaleEvent } from '../domain/sale-event';
import type { PreparedEvent } from './prepared-event';

/** By position of the event: the rate of its day from its currency to its deal's, or why there is none. */
export type RatesOfSales = ReadonlyMap<number, FxRate | RateMissing>;

/** The rates that a batch of sales needs, by one query, and by none where every order is in its deal's currency. */
export function ratesOfSales(
  tx: Transaction,
  fxRates: FxRates,
  events: readonly PreparedEvent<SaleEvent>[],
  attributions: ReadonlyMap<number, Attribution<TrackedCommissionDeal>>,
): Promise<RatesOfSales> {
  const converted = events.flatMap(({ event }, index) => {
    const attribution = attributions.get(index);
    if (!attribution?.attributed || attribution.deal.currency === event.currency) return [];
    const wanted = { from: event.currency, to: attribution.deal.currency, date: rateDateOf(event.occurredAt) };
    return [{ name: index, wanted }];
  });
  return ratesByName(tx, fxRates, converted);
}

/** The rate of each, or why there is none; each pair and day is asked for once. */
export async function ratesByName<Name>(
  tx: Transaction,
  fxRates: FxRates,
  converted: readonly { readonly name: Name; readonly wanted: RateWanted }[],
  maxAgeDays?: number,
): Promise<ReadonlyMap<Name, FxRate | RateMissing>> {
  if (converted.length === 0) return new Map();
  const distinct = new Map(converted.map(({ wanted }) => [textOf(wanted), wanted]));
  const found = await fxRates.ratesOn(tx, [...distinct.values()], maxAgeDays);
  const byText = new Map([...distinct.keys()].map((text, place) => [text, found[place]]));
  const named = converted.flatMap(({ name, wanted }) => {
    const rate = byText.get(textOf(wanted));
    return rate ? [[name, rate] as const] : [];
  });
  return new Map(named);
}

function textOf({ from, to, date }: RateWanted): string {
  return `${from} ${to} ${date}`;
}
