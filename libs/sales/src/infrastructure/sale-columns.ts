import { isDeepStrictEqual } from 'node:util';
import { Numbering, plainArray } from '@evenhand/platform';
import type { NewSale } from '../application/sale-repository';

/**
 * The columns of sales: what is each sale's own, then the number of its terms, from 1, and the terms as JSON. Most sales of a
 * batch are of few deals, and to read all of it from JSON for each costs as much as to insert it.
 */
export function saleColumns(sales: readonly NewSale[]): readonly (string | readonly string[])[] {
  const terms = new Numbering<NewSale>();
  const termsNumbers = sales.map((sale) => terms.numberOf(`${sale.dealId} ${sale.decision}`, sale, haveSameTerms));
  return [
    plainArray(sales.map(({ saleId }) => saleId)),
    plainArray(sales.map(({ eventId }) => eventId)),
    sales.map(({ externalId }) => externalId),
    sales.map(({ orderNumber }) => orderNumber),
    plainArray(sales.map(({ orderBaseMinor }) => orderBaseMinor)),
    plainArray(sales.map(({ baseMinor }) => baseMinor)),
    plainArray(sales.map(({ commissionMinor }) => commissionMinor)),
    plainArray(sales.map(({ occurredAt }) => occurredAt.toISOString())),
    plainArray(sales.map(({ releaseAt }) => releaseAt.toISOString())),
    plainArray(termsNumbers),
    JSON.stringify(terms.values.map(termsOf)),
  ];
}

export function lineColumns(sales: readonly NewSale[]): readonly (string | readonly (string | null)[])[] {
  const lines = sales.flatMap(({ lines: own }) => own);
  return [
    plainArray(sales.flatMap(({ saleId, lines: own }) => own.map(() => saleId))),
    plainArray(lines.map(({ lineNumber }) => lineNumber)),
    lines.map(({ lineId }) => lineId),
    lines.map(({ sku }) => sku),
    plainArray(lines.map(({ quantity }) => quantity)),
    plainArray(lines.map(({ unitPriceMinor }) => unitPriceMinor)),
    plainArray(lines.map(({ discountMinor }) => discountMinor)),
    plainArray(lines.map(({ taxMinor }) => taxMinor)),
    plainArray(lines.map(({ shippingMinor }) => shippingMinor)),
    plainArray(lines.map(({ baseMinor }) => baseMinor)),
  ];
}

/** What sales of one deal and decision have in common more often than not. */
const TERMS = [
  'source',
  'dealId',
  'campaignId',
  'influencerId',
  'kind',
  'attributedBy',
  'attributedValue',
  'attribution',
  'decision',
  'isPart',
  'countsAsLivestream',
  'countsRunningSales',
  'orderCurrency',
  'conversion',
  'currency',
  'recordedAt',
] as const satisfies readonly (keyof NewSale)[];

function termsOf(sale: NewSale): object {
  return Object.fromEntries(TERMS.map((field) => [field, sale[field]]));
}

function haveSameTerms(one: NewSale, other: NewSale): boolean {
  return TERMS.every((field) => one[field] === other[field] || isDeepStrictEqual(one[field], other[field]));
}
