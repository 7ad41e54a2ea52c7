import { InvalidLinkDestination } from './errors';
import { publicHttpsUrl } from './public-https-url';

/** The parameter by which a link tells the shop which click led to it. */
export const CLICK_PARAMETER = 'eh_click';

const MAX_LENGTH = 2048;

/** Where a link may lead, in its normal form; throws {@link InvalidLinkDestination}. */
export function linkDestination(text: string): string {
  const url = publicHttpsUrl(text.trim());
  // A click named by the destination itself would be told for every visit.
  if (!url || url.href.length > MAX_LENGTH || url.searchParams.has(CLICK_PARAMETER)) throw new InvalidLinkDestination();
  return url.href;
}

/** The destination with the click appended; its own parameters and fragment stay as they are, byte for byte. */
export function destinationWithClick(destination: string, clickId: string): string {
  const hash = destination.indexOf('#');
  const [page, fragment] = hash === -1 ? [destination, ''] : [destination.slice(0, hash), destination.slice(hash)];
  const separator = page.includes('?') ? '&' : '?';
  return `${page}${separator}${CLICK_PARAMETER}=${clickId}${fragment}`;
}
