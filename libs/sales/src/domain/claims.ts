import type { Claims, SaleEvent, SaleLine } from './sale-event';

/** The codes, blanks left out, each once. */
export function codesOf(claims: Claims): readonly string[] {
  return distinct([claims.code ?? '', ...(claims.additionalCodes ?? [])]);
}

/** The clicks that are named, blanks left out, each once. */
export function clickIdsOf(claims: Claims): readonly string[] {
  return distinct(claims.clickIds ?? []);
}

export function linkSlugOf(claims: Claims): string | null {
  const slug = (claims.linkSlug ?? '').trim().toLowerCase();
  return slug === '' ? null : slug;
}

/** True where something is claimed. */
export function claimsAnything(claims: Claims): boolean {
  const { code, linkSlug, additionalCodes, clickIds } = claims;
  // Most lines claim nothing of their own, and there are many.
  if (!code && !linkSlug && !additionalCodes?.length && !clickIds?.length) return false;
  return linkSlugOf(claims) !== null || codesOf(claims).length > 0 || clickIdsOf(claims).length > 0;
}

/** Everything that claims an order or a line of it, the order's own claims first. */
export function allClaimsOf(event: SaleEvent): readonly Claims[] {
  const ofLines = event.lines?.filter(claimsAnything) ?? [];
  return ofLines.length === 0 ? [event] : [event, ...ofLines];
}

/** Lines that claim the same, by their numbers, which count from 1. */
export interface ClaimedLines {
  readonly claims: Claims;
  readonly lineNumbers: readonly number[];
}

/** The lines with claims of their own; empty where the order alone decides. */
export function claimedLinesOf(event: SaleEvent): readonly ClaimedLines[] {
  if (!event.lines?.some(claimsAnything)) return [];
  const sets = new Map<string, { readonly claims: Claims; readonly lineNumbers: number[] }>();
  event.lines.forEach((line, index) => {
    if (!claimsAnything(line)) return;
    const key = claimText(line);
    const known = sets.get(key);
    if (known) known.lineNumbers.push(index + 1);
    else sets.set(key, { claims: line, lineNumbers: [index + 1] });
  });
  return [...sets.values()];
}

function claimText(line: SaleLine): string {
  return JSON.stringify([codesOf(line), clickIdsOf(line), linkSlugOf(line), line.clickedAt?.getTime() ?? null]);
}

function distinct(texts: readonly string[]): readonly string[] {
  const trimmed = texts.map((text) => text.trim());
  return [...new Set(trimmed.filter((text) => text !== ''))];
}
