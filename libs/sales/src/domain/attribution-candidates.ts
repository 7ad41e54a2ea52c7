import { clickIdsOf, codesOf, linkSlugOf } from './claims';
import { daysAfter, type TrackedDeal } from './commission-terms';
import type { Claims } from './sale-event';

export type AttributionBasis = 'code' | 'click' | 'link';

export type UnattributedCode =
  | 'NO_CODE_OR_LINK'
  | 'UNKNOWN_CODE_OR_LINK'
  | 'UNKNOWN_CLICK'
  | 'FILTERED_CLICK'
  | 'OUTSIDE_ACTIVE_PERIOD'
  | 'CLICK_TOO_OLD';

/** A click as it was recorded when the link was followed. */
export interface RecordedClick {
  readonly linkSlug: string;
  readonly clickedAt: Date;
  /** Of a machine, or of a browser that loads ahead. */
  readonly isFiltered: boolean;
}

/** The deals of the brand that a code or a link slug stands for, and the clicks on its links. */
export interface DealLookup<Deal extends TrackedDeal> {
  byCode(code: string): Deal | undefined;
  byLinkSlug(slug: string): Deal | undefined;
  clickById(clickId: string): RecordedClick | undefined;
}

interface Named {
  readonly basis: AttributionBasis;
  readonly value: string;
  readonly linkSlug: string | null;
  readonly clickedAt: Date | null;
}

export type RejectedOutcome = 'unknown' | 'outside_active_period' | 'outside_window' | 'filtered';

interface Rejection {
  readonly outcome: RejectedOutcome;
  readonly code: UnattributedCode;
  readonly reason: string;
}

/** What claims an order, or a line of it, and when it was placed. */
export interface Claimed extends Claims {
  readonly occurredAt: Date;
}

/** What of an order could decide whose it is; where it cannot, why not. */
export type Candidate<Deal extends TrackedDeal> =
  | (Named & { readonly eligible: true; readonly deal: Deal })
  | (Named & Rejection & { readonly eligible: false; readonly deal: Deal | null });

/** Codes in their order, then clicks, then the link. */
export function candidatesOf<Deal extends TrackedDeal>(
  event: Claimed,
  lookup: DealLookup<Deal>,
): readonly Candidate<Deal>[] {
  const slug = linkSlugOf(event);
  return [
    ...codesOf(event).map((code) => codeCandidate(code, event, lookup)),
    ...clickIdsOf(event).map((clickId) => clickCandidate(clickId, event, lookup)),
    ...(slug === null ? [] : [linkCandidate(slug, event, lookup)]),
  ];
}

function codeCandidate<Deal extends TrackedDeal>(
  code: string,
  event: Claimed,
  lookup: DealLookup<Deal>,
): Candidate<Deal> {
  const named: Named = { basis: 'code', value: code, linkSlug: null, clickedAt: null };
  const deal = lookup.byCode(code) ?? null;
  if (!deal) return rejected<Deal>(named, deal, unknown('code', code));
  return judged(named, deal, periodRejection(deal, event, `the code ${quoted(code)}`));
}

function clickCandidate<Deal extends TrackedDeal>(
  clickId: string,
  event: Claimed,
  lookup: DealLookup<Deal>,
): Candidate<Deal> {
  const click = lookup.clickById(clickId);
  const { linkSlug = null, clickedAt = null } = click ?? {};
  const named: Named = { basis: 'click', value: clickId, linkSlug, clickedAt };
  const deal = linkSlug === null ? null : (lookup.byLinkSlug(linkSlug) ?? null);
  if (!click || !deal) return rejected<Deal>(named, null, unknownClick(clickId));
  const subject = `the click ${quoted(clickId)}`;
  if (click.isFiltered) return rejected<Deal>(named, deal, filtered(subject));
  return judged(
    named,
    deal,
    periodRejection(deal, event, subject) ?? windowRejection(deal, event, click.clickedAt, subject),
  );
}

function linkCandidate<Deal extends TrackedDeal>(
  slug: string,
  event: Claimed,
  lookup: DealLookup<Deal>,
): Candidate<Deal> {
  const clickedAt = event.clickedAt ?? null;
  const named: Named = { basis: 'link', value: slug, linkSlug: slug, clickedAt };
  const deal = lookup.byLinkSlug(slug) ?? null;
  if (!deal) return rejected<Deal>(named, deal, unknown('link', slug));
  const subject = `the link ${quoted(slug)}`;
  return judged(named, deal, periodRejection(deal, event, subject) ?? windowRejection(deal, event, clickedAt, subject));
}

function judged<Deal extends TrackedDeal>(named: Named, deal: Deal, rejection: Rejection | null): Candidate<Deal> {
  return rejection ? rejected(named, deal, rejection) : { ...named, eligible: true, deal };
}

function rejected<Deal extends TrackedDeal>(named: Named, deal: Deal | null, rejection: Rejection): Candidate<Deal> {
  return { ...named, ...rejection, eligible: false, deal };
}

function unknown(basis: 'code' | 'link', value: string): Rejection {
  const reason = `No deal of this brand has the ${basis} ${quoted(value)}.`;
  return { outcome: 'unknown', code: 'UNKNOWN_CODE_OR_LINK', reason };
}

function unknownClick(clickId: string): Rejection {
  const reason = `No click ${quoted(clickId)} on a link of this brand is known, or it is long forgotten.`;
  return { outcome: 'unknown', code: 'UNKNOWN_CLICK', reason };
}

function filtered(subject: string): Rejection {
  return { outcome: 'filtered', code: 'FILTERED_CLICK', reason: `${capitalised(subject)} was a machine's.` };
}

function periodRejection(deal: TrackedDeal, event: Claimed, subject: string): Rejection | null {
  const outcome = 'outside_active_period';
  const code = 'OUTSIDE_ACTIVE_PERIOD';
  if (deal.activeFrom === null || event.occurredAt < deal.activeFrom) {
    return { outcome, code, reason: `The deal of ${subject} was not active yet when the order was placed.` };
  }
  if (deal.activeUntil !== null && event.occurredAt >= deal.activeUntil) {
    return { outcome, code, reason: `The deal of ${subject} had ended before the order was placed.` };
  }
  return null;
}

/** A click counts for the orders of so many days after it; a link of which no click is told counts always. */
function windowRejection(
  deal: TrackedDeal,
  { occurredAt }: Claimed,
  clickedAt: Date | null,
  subject: string,
): Rejection | null {
  const days = deal.commission.attributionWindowDays;
  if (clickedAt === null || (clickedAt <= occurredAt && occurredAt <= daysAfter(clickedAt, days))) return null;
  const reason = `${capitalised(subject)} does not lie within the ${days} days before the order.`;
  return { outcome: 'outside_window', code: 'CLICK_TOO_OLD', reason };
}

function quoted(value: string): string {
  return `“${value}”`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
