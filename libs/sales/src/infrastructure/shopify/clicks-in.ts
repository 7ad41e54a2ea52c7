import { CLICK_PARAMETER } from '@evenhand/deals';
import { isObject, type JsonObject, textIn } from './json-fields';

const CLICK_ID = /^click_[0-9a-z]{26}$/i;
const MAX_CLICKS = 20;
/** The address is a path; a base makes it one that can be read. */
const ANY_SHOP = 'https://shop.invalid';

/**
 * Clicks on our links that an order of Shopify tells of: in the address the buyer first came to, and in the cart's
 * attributes named `eh_click`, where a theme keeps later ones, one by one or in a list. Buyers can write what they like
 * there: what is no id of a click is left out, so that it does no harm to the order.
 */
export function clicksIn(order: JsonObject): readonly string[] {
  return clickIdsIn([...landingClicks(textIn(order, 'landing_site')), ...clicksNamed(order['note_attributes'])]);
}

/** The same of a line: of its properties, which a theme hides from the buyer where their names begin with `_`. */
export function clicksOfLine(item: JsonObject): readonly string[] {
  return clickIdsIn(clicksNamed(item['properties']));
}

function clickIdsIn(told: readonly string[]): readonly string[] {
  const texts = told.flatMap((text) => text.split(/[\s,;|]+/)).filter((text) => CLICK_ID.test(text));
  const [first, ...later] = new Set(texts.map((text) => text.toLowerCase()));
  // Of too many, those in between: the first or the last one decides.
  return first === undefined ? [] : [first, ...later.slice(-(MAX_CLICKS - 1))];
}

function landingClicks(landingSite: string | null): readonly string[] {
  if (landingSite === null || !URL.canParse(landingSite, ANY_SHOP)) return [];
  return new URL(landingSite, ANY_SHOP).searchParams.getAll(CLICK_PARAMETER);
}

const NAMES: ReadonlySet<unknown> = new Set([CLICK_PARAMETER, `_${CLICK_PARAMETER}`]);

function clicksNamed(attributes: unknown): readonly string[] {
  if (!Array.isArray(attributes)) return [];
  return attributes.flatMap((attribute: unknown) => {
    if (!isObject(attribute) || !NAMES.has(attribute['name'])) return [];
    const { value } = attribute;
    return typeof value === 'string' ? [value] : [];
  });
}
