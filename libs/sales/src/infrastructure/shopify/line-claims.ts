import type { Claims } from '../../domain/sale-event';
import { MAX_LINE_CLAIMS } from '../../domain/validation';
import { clicksOfLine } from './clicks-in';
import { type JsonObject, objectsIn, textIn } from './json-fields';

/** Codes of an order that discount its lines, by their place among its discounts. */
type LineCodes = ReadonlyMap<unknown, { readonly code: string; readonly isForAll: boolean }>;

/**
 * By whom each line of an order came, in the order of `items`. Where the order has several codes, a line was bought with
 * those that discount it; one for some products says more of them than one for the whole order. Clicks are read from the
 * line's properties. Lines of an order with one code, or none, and without clicks claim nothing of their own.
 */
export function lineClaimsOf(order: JsonObject, items: readonly JsonObject[]): readonly Claims[] {
  const codes = lineCodesOf(order);
  const hasSeveral = new Set([...codes.values()].map(({ code }) => code)).size > 1;
  const claimsOf = (item: JsonObject, clickIds: readonly string[]): Claims => {
    // Beside a click the line's own code counts too: it decides before any click.
    if (!hasSeveral && clickIds.length === 0) return {};
    const [code = null, ...additionalCodes] = codesOfLine(item, codes);
    return { code, additionalCodes, clickIds };
  };
  const claims = items.map((item) => claimsOf(item, clicksOfLine(item)));
  const ways = new Set(claims.map((claim) => JSON.stringify(claim)));
  // Buyers write the properties: what no buyer did must not have the order refused.
  return ways.size > MAX_LINE_CLAIMS ? items.map((item) => claimsOf(item, [])) : claims;
}

function lineCodesOf(order: JsonObject): LineCodes {
  const applications = objectsIn(order, 'discount_applications');
  return new Map(
    applications.flatMap((application, place) => {
      const code = application['type'] === 'discount_code' ? textIn(application, 'code') : null;
      if (code === null || application['target_type'] === 'shipping_line') return [];
      return [[place, { code, isForAll: application['target_selection'] === 'all' }] as const];
    }),
  );
}

function codesOfLine(item: JsonObject, codes: LineCodes): readonly string[] {
  const applied = objectsIn(item, 'discount_allocations').flatMap((allocation) => {
    return codes.get(allocation['discount_application_index']) ?? [];
  });
  return [...applied.filter(({ isForAll }) => !isForAll), ...applied.filter(({ isForAll }) => isForAll)].map(
    ({ code }) => code,
  );
}
