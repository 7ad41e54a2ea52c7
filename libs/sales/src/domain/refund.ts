import { allotByWeights, assertSameCurrency, moneyOf } from '@evenhand/money';
import { baseOfUnitsMinor } from './commission-base';
import { RefundMoreThanSale, RefundQuantityExceeded, UnknownRefundLine } from './errors';
import type { RefundEvent, RefundLine } from './sale-event';

/** A line of a recorded order, with what was given back of it; in minor units of the order's currency. */
export interface RefundableLine {
  readonly lineNumber: number;
  readonly lineId: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  readonly refundedQuantity: number;
  readonly baseMinor: bigint;
}

/** A part of a recorded order as refunds see it: a sale, or a line that no deal earned; in the order's own currency. */
export interface RefundablePart {
  readonly orderCurrency: string;
  readonly orderBaseMinor: bigint;
  readonly orderRefundedBaseMinor: bigint;
  readonly lines: readonly RefundableLine[];
}

/** A line of an order that no deal earned: it has a price, and its refunds take nothing from anybody. */
export interface UnearnedLine extends RefundablePart {
  readonly source: string;
  /** Of the order. */
  readonly externalId: string;
  readonly lines: readonly [RefundableLine];
}

export interface RefundDecision<Part extends RefundablePart = RefundablePart> {
  /** Share of the part's base that this refund takes back. */
  readonly orderBaseMinor: bigint;
  readonly after: Part;
  /** True where it takes something back of the part: of its base, or units of its lines. */
  readonly isTouched: boolean;
}

/**
 * What a refund takes back of an order, whose parts are all given: one decision for each. By amount: exactly that much of
 * the base, over the parts by what is left of them, refused where less is left in all. By lines: the base of the units
 * given back, at most what is left of their part where an amount was refunded before. Full: all that is left,
 * of the order or of one part.
 * Throws `CurrencyMismatch`, `RefundMoreThanSale`, `RefundQuantityExceeded`, `UnknownRefundLine`.
 */
export function decideRefund<Part extends RefundablePart>(
  parts: readonly Part[],
  event: RefundEvent,
): readonly RefundDecision<Part>[] {
  for (const { orderCurrency } of parts) assertSameCurrency(moneyOf(0n, orderCurrency), moneyOf(0n, event.currency));
  const meant = parts.filter((part) => isMeant(part, event));
  const leftMinor = sumOf(meant.map(leftOf));
  const lines = parts.flatMap((part) => part.lines);
  const { taken, baseMinor } = takeUnits(
    lines,
    event.full ? everyUnitLeft(meant.flatMap((part) => part.lines)) : (event.lines ?? []),
  );
  if (event.full) {
    requireSomethingLeft(meant, leftMinor);
    return parts.map((part) => decision(part, isMeant(part, event) ? leftOf(part) : 0n, taken));
  }
  const amountMinor = event.amountMinor ?? 0n;
  if (amountMinor > leftMinor) throw new RefundMoreThanSale(leftMinor, amountMinor);
  const byUnits = parts.map((part) => atMost(leftOf(part), sumOf(part.lines.map((line) => baseMinor.get(line) ?? 0n))));
  const byAmount = allotted(amountMinor, parts, byUnits, event);
  return parts.map((part, index) => decision(part, (byUnits[index] ?? 0n) + (byAmount[index] ?? 0n), taken));
}

/** A part without lines is the whole order. */
function isMeant({ lines }: RefundablePart, { partOfLine = null }: RefundEvent): boolean {
  return partOfLine === null || lines.length === 0 || lines.some(({ lineNumber }) => lineNumber === partOfLine);
}

/** The amount over the parts, by what the units leave of each. */
function allotted(
  amountMinor: bigint,
  parts: readonly RefundablePart[],
  byUnits: readonly bigint[],
  { source, externalId }: RefundEvent,
): readonly bigint[] {
  const left = parts.map((part, index) => leftOf(part) - (byUnits[index] ?? 0n));
  const poolMinor = atMost(sumOf(left), amountMinor);
  // Most orders have one part.
  if (parts.length === 1) return [poolMinor];
  const weights = left.map((weight, index) => ({ key: String(index), weight }));
  return [...allotByWeights(poolMinor, weights, JSON.stringify([source, externalId])).values()];
}

function decision<Part extends RefundablePart>(
  part: Part,
  orderBaseMinor: bigint,
  taken: ReadonlyMap<RefundableLine, RefundableLine>,
): RefundDecision<Part> {
  const lines = part.lines.map((line) => taken.get(line) ?? line);
  const isTouched = orderBaseMinor > 0n || lines.some((line, index) => line !== part.lines[index]);
  const orderRefundedBaseMinor = part.orderRefundedBaseMinor + orderBaseMinor;
  return { orderBaseMinor, isTouched, after: { ...part, orderRefundedBaseMinor, lines } };
}

function requireSomethingLeft(parts: readonly RefundablePart[], leftMinor: bigint): void {
  const baseMinor = sumOf(parts.map((part) => part.orderBaseMinor));
  if (leftMinor === 0n && baseMinor > 0n) throw new RefundMoreThanSale(leftMinor, baseMinor);
}

function leftOf({ orderBaseMinor, orderRefundedBaseMinor }: RefundablePart): bigint {
  return orderBaseMinor - orderRefundedBaseMinor;
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

function atMost(most: bigint, amount: bigint): bigint {
  return amount > most ? most : amount;
}

interface NumberedUnits {
  readonly lineNumber: number;
  readonly quantity: number;
}

function everyUnitLeft(lines: readonly RefundableLine[]): readonly NumberedUnits[] {
  return lines
    .map(({ lineNumber, quantity, refundedQuantity }) => ({ lineNumber, quantity: quantity - refundedQuantity }))
    .filter(({ quantity }) => quantity > 0);
}

/** The lines that change, as they are afterwards, and the base of the units taken; both by the line as it was. */
function takeUnits(
  lines: readonly RefundableLine[],
  wanted: readonly (RefundLine | NumberedUnits)[],
): {
  readonly taken: ReadonlyMap<RefundableLine, RefundableLine>;
  readonly baseMinor: ReadonlyMap<RefundableLine, bigint>;
} {
  const taken = new Map<RefundableLine, RefundableLine>();
  const baseMinor = new Map<RefundableLine, bigint>();
  for (const units of wanted) {
    const line = 'lineNumber' in units ? lineByNumber(lines, units.lineNumber) : lineNamed(lines, units);
    const before = taken.get(line) ?? line;
    const refundedQuantity = before.refundedQuantity + units.quantity;
    if (refundedQuantity > line.quantity) {
      throw new RefundQuantityExceeded(nameOf(line), line.quantity - before.refundedQuantity, units.quantity);
    }
    // Differences of cumulated parts: all units together carry exactly the line's base, however they come back.
    const unitsMinor =
      baseOfUnitsMinor(line.baseMinor, refundedQuantity, line.quantity) -
      baseOfUnitsMinor(line.baseMinor, before.refundedQuantity, line.quantity);
    baseMinor.set(line, (baseMinor.get(line) ?? 0n) + unitsMinor);
    taken.set(line, { ...before, refundedQuantity });
  }
  return { taken, baseMinor };
}

function lineByNumber(lines: readonly RefundableLine[], lineNumber: number): RefundableLine {
  const line = lines.find((candidate) => candidate.lineNumber === lineNumber);
  if (!line) throw new UnknownRefundLine(String(lineNumber));
  return line;
}

function lineNamed(lines: readonly RefundableLine[], { lineId, sku }: RefundLine): RefundableLine {
  if (lineId) {
    const line = lines.find((candidate) => candidate.lineId === lineId);
    if (line) return line;
    throw new UnknownRefundLine(lineId);
  }
  const [only, ...others] = lines.filter((line) => sku && line.sku === sku);
  if (!only || others.length > 0) throw new UnknownRefundLine(sku ?? '');
  return only;
}

function nameOf(line: RefundableLine): string {
  return line.lineId ?? line.sku ?? String(line.lineNumber);
}
