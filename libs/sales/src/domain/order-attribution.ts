import { attribute, type Attributed, type Attribution, type Unattributed, type UnearnedLines } from './attribution';
import type { DealLookup } from './attribution-candidates';
import { type ClaimedLines, claimedLinesOf } from './claims';
import type { TrackedDeal } from './commission-terms';
import type { SaleEvent } from './sale-event';

/** What of an order one deal earned, by one of its kinds of commission: one sale. */
export interface OrderPart<Deal extends TrackedDeal> {
  readonly attribution: Attributed<Deal>;
  /** Its lines in their order; null for the whole order. */
  readonly lineNumbers: readonly number[] | null;
}

export type OrderAttribution<Deal extends TrackedDeal> =
  | {
      readonly attributed: true;
      /** In the order of their first lines. */
      readonly parts: readonly OrderPart<Deal>[];
      /** Lines that no deal earned. */
      readonly unearned: readonly UnearnedLines[];
    }
  | Pick<Unattributed, 'attributed' | 'code' | 'decision'>;

/** Lines that are attributed together, and to what. */
interface Decided<Deal extends TrackedDeal> {
  readonly lineNumbers: readonly number[];
  readonly attribution: Attribution<Deal>;
}

/**
 * Whose the lines of an order are. A line's own claims decide for it, by the rules of {@link attribute}; where it has none,
 * or they lead nowhere, those of the order do. Without claims of lines the order is one deal's whole, or nobody's.
 */
export function attributeOrder<Deal extends TrackedDeal>(
  event: SaleEvent,
  lookup: DealLookup<Deal>,
): OrderAttribution<Deal> {
  const ofOrder = attribute(event, lookup);
  const claimed = claimedLinesOf(event);
  if (claimed.length === 0) {
    if (!ofOrder.attributed) return ofOrder;
    return { attributed: true, parts: [{ attribution: ofOrder, lineNumbers: null }], unearned: [] };
  }
  const decided = [
    ...claimed.map((lines) => decidedOf(lines, event, lookup, ofOrder)),
    ...withoutClaims(event, claimed, ofOrder),
  ].sort(byFirstLine);
  const unearned = decided.flatMap(({ lineNumbers, attribution: of }): UnearnedLines[] =>
    of.attributed ? [] : [{ lineNumbers, code: of.code, reason: of.decision }],
  );
  const parts = partsOf(decided);
  if (parts.length === 0) return nobodys(unearned);
  const [only] = parts;
  // One deal's whole, however its lines came to it.
  if (only && parts.length === 1 && unearned.length === 0) {
    return { attributed: true, parts: [{ ...only, lineNumbers: null }], unearned };
  }
  return { attributed: true, parts, unearned };
}

/** Which lines earned nothing and why, in words. */
export function unearnedText(unearned: readonly UnearnedLines[]): string {
  return unearned
    .map(
      ({ lineNumbers, reason }) =>
        `${lineNumbers.length === 1 ? 'Line' : 'Lines'} ${lineNumbers.join(', ')}: ${reason}`,
    )
    .join(' ');
}

function decidedOf<Deal extends TrackedDeal>(
  { claims, lineNumbers }: ClaimedLines,
  event: SaleEvent,
  lookup: DealLookup<Deal>,
  ofOrder: Attribution<Deal>,
): Decided<Deal> {
  const own = attribute({ ...claims, occurredAt: event.occurredAt }, lookup);
  const candidates = own.candidates.map((candidate) => ({ ...candidate, lineNumbers }));
  if (own.attributed) return { lineNumbers, attribution: { ...own, candidates } };
  if (ofOrder.attributed) {
    return { lineNumbers, attribution: { ...ofOrder, candidates: [...candidates, ...ofOrder.candidates] } };
  }
  const isNamed = ofOrder.candidates.length > 0;
  const decision = isNamed ? `${own.decision} ${ofOrder.decision}` : own.decision;
  return { lineNumbers, attribution: { ...own, decision } };
}

function withoutClaims<Deal extends TrackedDeal>(
  event: SaleEvent,
  claimed: readonly ClaimedLines[],
  attribution: Attribution<Deal>,
): readonly Decided<Deal>[] {
  const known = new Set(claimed.flatMap(({ lineNumbers }) => lineNumbers));
  const lineNumbers = (event.lines ?? []).map((_line, index) => index + 1).filter((number) => !known.has(number));
  return lineNumbers.length === 0 ? [] : [{ lineNumbers, attribution }];
}

/** One part for each deal and kind of commission; how its first line came to it says how the part did. */
function partsOf<Deal extends TrackedDeal>(decided: readonly Decided<Deal>[]): readonly OrderPart<Deal>[] {
  const parts = new Map<string, { readonly attribution: Attributed<Deal>; readonly lineNumbers: readonly number[] }>();
  for (const { attribution, lineNumbers } of decided) {
    if (!attribution.attributed) continue;
    const key = `${attribution.deal.dealId} ${attribution.deal.kind}`;
    const before = parts.get(key);
    parts.set(key, before ? joined(before, attribution, lineNumbers) : { attribution, lineNumbers });
  }
  return [...parts.values()];
}

function joined<Deal extends TrackedDeal>(
  before: { readonly attribution: Attributed<Deal>; readonly lineNumbers: readonly number[] },
  { candidates }: Attributed<Deal>,
  lineNumbers: readonly number[],
) {
  // Claims of the order are the same ones, for whichever lines they were looked at.
  const known = before.attribution.candidates;
  const isKnown = known.some((candidate) => candidate.lineNumbers === undefined);
  const more = isKnown ? candidates.filter((candidate) => candidate.lineNumbers !== undefined) : candidates;
  return {
    attribution: { ...before.attribution, candidates: [...known, ...more] },
    lineNumbers: [...before.lineNumbers, ...lineNumbers].sort((one, other) => one - other),
  };
}

function nobodys(unearned: readonly UnearnedLines[]): Pick<Unattributed, 'attributed' | 'code' | 'decision'> {
  const telling = unearned.find(({ code }) => code !== 'NO_CODE_OR_LINK') ?? unearned[0];
  return { attributed: false, code: telling?.code ?? 'NO_CODE_OR_LINK', decision: unearnedText(unearned) };
}

function byFirstLine(one: Decided<TrackedDeal>, other: Decided<TrackedDeal>): number {
  return (one.lineNumbers[0] ?? 0) - (other.lineNumbers[0] ?? 0);
}
