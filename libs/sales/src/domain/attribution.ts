import {
  type AttributionBasis,
  type Candidate,
  candidatesOf,
  type Claimed,
  type DealLookup,
  type RejectedOutcome,
  type UnattributedCode,
} from './attribution-candidates';
import type { TrackedDeal } from './commission-terms';

/** By which rule a deal won: a code, a recorded click by the terms of its deal, or a link that the shop itself names. */
export type AttributionRule = 'code' | 'last_click' | 'first_click' | 'stated_link';

/** `beaten`: it could have decided, and another one did. */
export type CandidateOutcome = 'won' | 'beaten' | RejectedOutcome;

/** A code, click or link of the order, and what became of it. */
export interface AttributionCandidate {
  readonly basis: AttributionBasis;
  /** The code, the id of the click as it was given, or the slug of the link. */
  readonly value: string;
  /** Of a click or link; null for a code or an unknown click. */
  readonly linkSlug: string | null;
  /** By our own record for a click, by the shop's word for a link. */
  readonly clickedAt: Date | null;
  /** Null where it leads to no deal of the brand. */
  readonly dealId: string | null;
  readonly outcome: CandidateOutcome;
  /** The same as a sentence. */
  readonly reason: string;
  /** The lines whose own claim it is; left out where it is the order's. */
  readonly lineNumbers?: readonly number[];
}

/** Lines of an order that no deal earned, and why. */
export interface UnearnedLines {
  readonly lineNumbers: readonly number[];
  readonly code: UnattributedCode;
  readonly reason: string;
}

/** What decided, and what else could have, in the order in which it was looked at. */
export interface SaleAttribution {
  readonly rule: AttributionRule;
  readonly candidates: readonly AttributionCandidate[];
  /** The lines that the sale is of; left out where it is the whole order. */
  readonly lineNumbers?: readonly number[];
  /** Lines of the order that earned nothing; left out where there are none. */
  readonly unearned?: readonly UnearnedLines[];
}

export interface Attributed<Deal extends TrackedDeal> extends SaleAttribution {
  readonly attributed: true;
  readonly deal: Deal;
  readonly basis: AttributionBasis;
  /** The code, or the slug of the link. */
  readonly value: string;
  /** Why this deal, in a sentence that tells nothing of any other. */
  readonly decision: string;
}

export interface Unattributed {
  readonly attributed: false;
  readonly code: UnattributedCode;
  readonly decision: string;
  readonly candidates: readonly AttributionCandidate[];
}

export type Attribution<Deal extends TrackedDeal> = Attributed<Deal> | Unattributed;

type Eligible<Deal extends TrackedDeal> = Extract<Candidate<Deal>, { eligible: true }>;
type Rejected = Extract<Candidate<TrackedDeal>, { eligible: false }>;

/**
 * Whose an order is, or a line of it: one deal's at most. Codes first, in the order given; then the clicks we recorded,
 * by the terms of their deals; then the link that the shop names. Only those count whose deal's period, and for clicks
 * its window, holds the order.
 */
export function attribute<Deal extends TrackedDeal>(event: Claimed, lookup: DealLookup<Deal>): Attribution<Deal> {
  const candidates = candidatesOf(event, lookup);
  const eligible = candidates.filter((candidate) => candidate.eligible);
  const winner = winnerOf(eligible);
  if (!winner) return unattributed(candidates.filter((candidate) => !candidate.eligible));
  const { candidate, rule } = winner;
  return {
    attributed: true,
    deal: candidate.deal,
    basis: candidate.basis,
    value: candidate.linkSlug ?? candidate.value,
    rule,
    decision: sentenceOf(candidate, rule),
    candidates: candidates.map((one) => outcomeOf(one, candidate, rule)),
  };
}

interface Winner<Deal extends TrackedDeal> {
  readonly candidate: Eligible<Deal>;
  readonly rule: AttributionRule;
}

function winnerOf<Deal extends TrackedDeal>(eligible: readonly Eligible<Deal>[]): Winner<Deal> | null {
  const code = eligible.find(({ basis }) => basis === 'code');
  if (code) return { candidate: code, rule: 'code' };
  const clicked = winningClick(eligible.filter(({ basis }) => basis === 'click').toSorted(byTime));
  if (clicked) return clicked;
  const link = eligible.find(({ basis }) => basis === 'link');
  return link ? { candidate: link, rule: 'stated_link' } : null;
}

/**
 * A deal that counts first clicks wins by the very first click and by no other. Otherwise the latest click decides of
 * the deals that count last ones, and the first click is of one of those.
 */
function winningClick<Deal extends TrackedDeal>(clicks: readonly Eligible<Deal>[]): Winner<Deal> | null {
  const [first] = clicks;
  if (first && countsFirstClick(first)) return { candidate: first, rule: 'first_click' };
  const last = clicks.findLast((click) => !countsFirstClick(click));
  return last ? { candidate: last, rule: 'last_click' } : null;
}

function countsFirstClick({ deal }: Eligible<TrackedDeal>): boolean {
  return deal.commission.attributionModel === 'first_click';
}

function byTime(one: Eligible<TrackedDeal>, other: Eligible<TrackedDeal>): number {
  const ms = (one.clickedAt?.getTime() ?? 0) - (other.clickedAt?.getTime() ?? 0);
  return ms !== 0 ? ms : one.value.localeCompare(other.value, 'en');
}

function sentenceOf({ value, linkSlug, clickedAt }: Eligible<TrackedDeal>, rule: AttributionRule): string {
  if (rule === 'code') return `The code “${value}” decides.`;
  if (rule === 'stated_link') return `The link “${value}” decides.`;
  const which = rule === 'first_click' ? 'first' : 'last';
  return `The ${which} click decides: on the link “${linkSlug}” at ${clickedAt?.toISOString()}.`;
}

function outcomeOf(
  candidate: Candidate<TrackedDeal>,
  winner: Eligible<TrackedDeal>,
  rule: AttributionRule,
): AttributionCandidate {
  const told = toldOf(candidate);
  if (!candidate.eligible) return rejectedOutcome(candidate);
  if (candidate === winner) return { ...told, outcome: 'won', reason: sentenceOf(winner, rule) };
  return { ...told, outcome: 'beaten', reason: whyBeaten(candidate, rule) };
}

function rejectedOutcome(candidate: Rejected): AttributionCandidate {
  return { ...toldOf(candidate), outcome: candidate.outcome, reason: candidate.reason };
}

function toldOf({ basis, value, linkSlug, clickedAt, deal }: Candidate<TrackedDeal>) {
  return { basis, value, linkSlug, clickedAt, dealId: deal?.dealId ?? null };
}

function whyBeaten(candidate: Eligible<TrackedDeal>, rule: AttributionRule): string {
  if (candidate.basis === 'code') return 'Another code comes before it.';
  if (rule === 'code') return 'A code decides before any click.';
  if (candidate.basis === 'link') return 'A recorded click decides before a link that the shop names.';
  if (rule === 'first_click') return 'The first click decides, and it came later.';
  return countsFirstClick(candidate) ? 'Its deal counts the first click alone.' : 'A later click decides.';
}

function unattributed(rejected: readonly Rejected[]): Unattributed {
  const [first] = rejected;
  if (!first) {
    const decision = 'The order names neither a code nor a click nor a link.';
    return { attributed: false, code: 'NO_CODE_OR_LINK', decision, candidates: [] };
  }
  // A known code at the wrong time says more than an unknown one.
  const telling = rejected.find(({ outcome }) => outcome !== 'unknown') ?? first;
  const decision = rejected.map(({ reason }) => reason).join(' ');
  return { attributed: false, code: telling.code, decision, candidates: rejected.map(rejectedOutcome) };
}
