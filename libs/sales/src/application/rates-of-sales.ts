import type { TrackedCommissionDeal } from '@evenhand/deals';
import type { Transaction } from '@evenhand/kernel';
import { type FxRate, type FxRates, rateDateOf, type RateMissing, type RateWanted } from '@evenhand/ledger';
import type { OrderAttribution } from '../domain/order-attribution';
import type { SaleEvent } from '../domain/sale-event';
import type { PreparedEvent } from './prepared-event';

/** By {@link rateName}: the rate of the event's day from its currency to a deal's, or why there is none. */
export type RatesOfSales = ReadonlyMap<string, FxRate | RateMissing>;

/** One string for an event, by its position, and a currency that its amounts are wanted in. */
export function rateName(index: number, currency: string): string {
  return `${index} ${currency}`;
}

/** The rates that a batch of sales needs, by one query, and by none where every order is in its deal's currency. */
export function ratesOfSales(
  tx: Transaction,
  fxRates: FxRates,
  events: readonly PreparedEvent<SaleEvent>[],
  attributions: ReadonlyMap<number, OrderAttribution<TrackedCommissionDeal>>,
): Promise<RatesOfSales> {
  const converted = events.flatMap(({ event }, index) => {
    const attribution = attributions.get(index);
    if (!attribution?.attributed) return [];
    const { currency: from, occurredAt } = event;
    return attribution.parts.flatMap(({ attribution: { deal } }) => {
      if (deal.currency === from) return [];
      return [
        { name: rateName(index, deal.currency), wanted: { from, to: deal.currency, date: rateDateOf(occurredAt) } },
      ];
    });
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
