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
  const told = [...landingClicks(textIn(order, 'landing_site')), ...attributeClicks(order['note_attributes'])];
  const texts = told.flatMap((text) => text.split(/[\s,;|]+/)).filter((text) => CLICK_ID.test(text));
  const [first, ...later] = new Set(texts.map((text) => text.toLowerCase()));
  // Of too many, those in between: the first or the last one decides.
  return first === undefined ? [] : [first, ...later.slice(-(MAX_CLICKS - 1))];
}

function landingClicks(landingSite: string | null): readonly string[] {
  if (landingSite === null || !URL.canParse(landingSite, ANY_SHOP)) return [];
  return new URL(landingSite, ANY_SHOP).searchParams.getAll(CLICK_PARAMETER);
}

function attributeClicks(attributes: unknown): readonly string[] {
  if (!Array.isArray(attributes)) return [];
  return attributes.flatMap((attribute: unknown) => {
    if (!isObject(attribute) || attribute['name'] !== CLICK_PARAMETER) return [];
    const { value } = attribute;
    return typeof value === 'string' ? [value] : [];
  });
}
