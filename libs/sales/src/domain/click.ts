import { daysAfter } from './commission-terms';

/** Where a link leads and what its clicks are kept for. */
export interface LinkTarget {
  readonly brandId: string;
  readonly dealId: string;
  readonly influencerId: string;
  /** Null while the brand has not said. */
  readonly destination: string | null;
  readonly attributionWindowDays: number;
}

/** A visit by a link. Holds nothing of the visitor: no address, no browser, no name that would be met again. */
export interface Click {
  readonly clickId: string;
  readonly brandId: string;
  readonly dealId: string;
  readonly influencerId: string;
  readonly linkSlug: string;
  readonly clickedAt: Date;
  /** Of a machine, or of a browser that loads ahead. */
  readonly isFiltered: boolean;
  /** Host of the page that held the link, where the browser tells it. */
  readonly referrerHost: string | null;
  /** When it is deleted. */
  readonly forgetAt: Date;
}

/** Sales are told of late: by files, or by webhooks that were tried again. */
const DAYS_TO_TELL_OF_A_SALE = 30;
const MAX_HOST_LENGTH = 253;

export interface Visit {
  readonly clickId: string;
  readonly linkSlug: string;
  readonly clickedAt: Date;
  readonly isFiltered: boolean;
  readonly referrer: string | null;
}

/** What is kept of a visit: it is forgotten once no sale can be told of that it could decide. */
export function clickOf({ referrer, ...visit }: Visit, target: LinkTarget): Click {
  const { brandId, dealId, influencerId, attributionWindowDays } = target;
  const forgetAt = daysAfter(visit.clickedAt, attributionWindowDays + DAYS_TO_TELL_OF_A_SALE);
  return { ...visit, brandId, dealId, influencerId, referrerHost: hostOf(referrer), forgetAt };
}

function hostOf(referrer: string | null): string | null {
  if (referrer === null || !URL.canParse(referrer)) return null;
  const { hostname } = new URL(referrer);
  return hostname === '' || hostname.length > MAX_HOST_LENGTH ? null : hostname;
}
