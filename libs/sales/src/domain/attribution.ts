import { daysAfter, type TrackedDeal } from './commission-terms';
import type { SaleEvent } from './sale-event';

export type AttributionBasis = 'code' | 'link';

/** The deals of the brand that a code or a link slug stands for. */
export interface DealLookup<Deal extends TrackedDeal> {
  byCode(code: string): Deal | undefined;
  byLinkSlug(slug: string): Deal | undefined;
}

export type Attribution<Deal extends TrackedDeal> =
  | {
      readonly attributed: true;
      readonly deal: Deal;
      readonly basis: AttributionBasis;
      readonly value: string;
      readonly decision: string;
    }
  | { readonly attributed: false; readonly code: UnattributedCode; readonly decision: string };

export type UnattributedCode = 'NO_CODE_OR_LINK' | 'UNKNOWN_CODE_OR_LINK' | 'OUTSIDE_ACTIVE_PERIOD' | 'CLICK_TOO_OLD';

interface Rejection {
  readonly code: UnattributedCode;
  readonly text: string;
}

/**
 * Whose sale it is: codes first, in the order given, then the link. The first that leads to a deal of the brand whose
 * period holds the sale decides; the decision says in a sentence what was tried and why.
 */
export function attribute<Deal extends TrackedDeal>(event: SaleEvent, lookup: DealLookup<Deal>): Attribution<Deal> {
  const rejections: Rejection[] = [];
  for (const code of codesOf(event)) {
    const deal = lookup.byCode(code);
    const rejection = deal ? periodRejection(deal, event, 'code', code) : unknown('code', code);
    if (deal && !rejection) return attributed(deal, 'code', code, rejections);
    if (rejection) rejections.push(rejection);
  }
  const slug = linkSlugOf(event);
  if (slug !== null) {
    const deal = lookup.byLinkSlug(slug);
    const rejection = deal ? linkRejection(deal, event, slug) : unknown('link', slug);
    if (deal && !rejection) return attributed(deal, 'link', slug, rejections);
    if (rejection) rejections.push(rejection);
  }
  return unattributed(rejections);
}

/** The codes of the order, blanks left out, each once. */
export function codesOf(event: SaleEvent): readonly string[] {
  const codes = [event.code ?? '', ...(event.additionalCodes ?? [])].map((code) => code.trim());
  return [...new Set(codes.filter((code) => code !== ''))];
}

export function linkSlugOf(event: SaleEvent): string | null {
  const slug = (event.linkSlug ?? '').trim().toLowerCase();
  return slug === '' ? null : slug;
}

function attributed<Deal extends TrackedDeal>(
  deal: Deal,
  basis: AttributionBasis,
  value: string,
  rejections: readonly Rejection[],
): Attribution<Deal> {
  const tried = rejections.map((rejection) => `${rejection.text} `).join('');
  return { attributed: true, deal, basis, value, decision: `${tried}The ${basis} ${quoted(value)} decides.` };
}

function unattributed(rejections: readonly Rejection[]): Attribution<never> {
  if (rejections.length === 0) {
    return { attributed: false, code: 'NO_CODE_OR_LINK', decision: 'The order names neither a code nor a link.' };
  }
  // A known code at the wrong time says more than an unknown one.
  const telling = rejections.find((rejection) => rejection.code !== 'UNKNOWN_CODE_OR_LINK') ?? rejections[0];
  const decision = rejections.map((rejection) => rejection.text).join(' ');
  return { attributed: false, code: telling?.code ?? 'UNKNOWN_CODE_OR_LINK', decision };
}

function unknown(basis: AttributionBasis, value: string): Rejection {
  return { code: 'UNKNOWN_CODE_OR_LINK', text: `No deal of this brand has the ${basis} ${quoted(value)}.` };
}

function periodRejection(
  deal: TrackedDeal,
  event: SaleEvent,
  basis: AttributionBasis,
  value: string,
): Rejection | null {
  const subject = `The deal of the ${basis} ${quoted(value)}`;
  if (deal.activeFrom === null || event.occurredAt < deal.activeFrom) {
    return { code: 'OUTSIDE_ACTIVE_PERIOD', text: `${subject} was not active yet when the order was placed.` };
  }
  if (deal.activeUntil !== null && event.occurredAt >= deal.activeUntil) {
    return { code: 'OUTSIDE_ACTIVE_PERIOD', text: `${subject} had ended before the order was placed.` };
  }
  return null;
}

function linkRejection(deal: TrackedDeal, event: SaleEvent, slug: string): Rejection | null {
  const rejection = periodRejection(deal, event, 'link', slug);
  if (rejection || !event.clickedAt) return rejection;
  const windowDays = deal.commission.attributionWindowDays;
  const isInWindow = event.clickedAt <= event.occurredAt && event.occurredAt <= daysAfter(event.clickedAt, windowDays);
  if (isInWindow) return null;
  const text = `The link ${quoted(slug)} was not clicked within the ${windowDays} days before the order.`;
  return { code: 'CLICK_TOO_OLD', text };
}

function quoted(value: string): string {
  return `“${value}”`;
}
