import { allotByWeights, assertSameCurrency, moneyOf } from '@evenhand/money';
import { baseOfUnitsMinor } from './commission-base';
import { RefundMoreThanSale, RefundQuantityExceeded, UnknownRefundLine } from './errors';
import type { RefundEvent, RefundLine, TakeBack } from './sale-event';

/** A line of a recorded order, with what the shop gave back of it; in minor units of the order's currency. */
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
  /** What earns no more, whoever took it. */
  readonly orderRefundedBaseMinor: bigint;
  /** Of that: what a confirmed risk hold took back, and the shop has not given back so far. */
  readonly orderTakenBackMinor: bigint;
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
  /** Share of the part's base that this refund takes back; nothing where a risk hold took it back before. */
  readonly orderBaseMinor: bigint;
  readonly after: Part;
  /** True where it changes the part: what is left of its base, or of its lines. */
  readonly isTouched: boolean;
}

/**
 * What a refund takes back of an order, whose parts are all given: one decision for each. By amount: exactly that much of
 * the base, over the parts by what is left of them, refused where less is left in all. By lines: the base of the units
 * given back, at most what is left of their part where an amount was refunded before. Full: all that is left.
 * Left is what the shop has not given back: what a risk hold took back of a part is left, and takes nothing twice.
 * Throws `CurrencyMismatch`, `RefundMoreThanSale`, `RefundQuantityExceeded`, `UnknownRefundLine`.
 */
export function decideRefund<Part extends RefundablePart>(
  parts: readonly Part[],
  event: RefundEvent,
): readonly RefundDecision<Part>[] {
  for (const { orderCurrency } of parts) assertSameCurrency(moneyOf(0n, orderCurrency), moneyOf(0n, event.currency));
  const { takeBack } = event;
  if (takeBack) return parts.map((part) => takenBack(part, takeBack));
  const leftMinor = sumOf(parts.map(leftOf));
  const lines = parts.flatMap((part) => part.lines);
  const { taken, baseMinor } = takeUnits(lines, event.full ? everyUnitLeft(lines) : (event.lines ?? []));
  if (event.full) {
    requireSomethingLeft(parts, leftMinor);
    return parts.map((part) => decision(part, leftOf(part), taken));
  }
  const amountMinor = event.amountMinor ?? 0n;
  if (amountMinor > leftMinor) throw new RefundMoreThanSale(leftMinor, amountMinor);
  const byUnits = parts.map((part) => atMost(leftOf(part), sumOf(part.lines.map((line) => baseMinor.get(line) ?? 0n))));
  const byAmount = allotted(amountMinor, parts, byUnits, event);
  return parts.map((part, index) => decision(part, (byUnits[index] ?? 0n) + (byAmount[index] ?? 0n), taken));
}

/** All that the part with the line still earns for. Its units are the shop's to give back; without lines it is the whole order. */
function takenBack<Part extends RefundablePart>(part: Part, { ofLine }: TakeBack): RefundDecision<Part> {
  const isMeant = part.lines.length === 0 || part.lines.some(({ lineNumber }) => lineNumber === ofLine);
  const orderBaseMinor = isMeant ? part.orderBaseMinor - part.orderRefundedBaseMinor : 0n;
  const orderRefundedBaseMinor = part.orderRefundedBaseMinor + orderBaseMinor;
  const orderTakenBackMinor = part.orderTakenBackMinor + orderBaseMinor;
  const after = { ...part, orderRefundedBaseMinor, orderTakenBackMinor };
  return { orderBaseMinor, isTouched: orderBaseMinor > 0n, after };
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
  givenBackMinor: bigint,
  taken: ReadonlyMap<RefundableLine, RefundableLine>,
): RefundDecision<Part> {
  const lines = part.lines.map((line) => taken.get(line) ?? line);
  const isTouched = givenBackMinor > 0n || lines.some((line, index) => line !== part.lines[index]);
  // A hold took back all that was there, so that either none of it earns any more or all of it does.
  const takenBeforeMinor = atMost(part.orderTakenBackMinor, givenBackMinor);
  const orderBaseMinor = givenBackMinor - takenBeforeMinor;
  const orderRefundedBaseMinor = part.orderRefundedBaseMinor + orderBaseMinor;
  const orderTakenBackMinor = part.orderTakenBackMinor - takenBeforeMinor;
  return { orderBaseMinor, isTouched, after: { ...part, orderRefundedBaseMinor, orderTakenBackMinor, lines } };
}

function requireSomethingLeft(parts: readonly RefundablePart[], leftMinor: bigint): void {
  const baseMinor = sumOf(parts.map((part) => part.orderBaseMinor));
  if (leftMinor === 0n && baseMinor > 0n) throw new RefundMoreThanSale(leftMinor, baseMinor);
}

/** To be given back by the shop. */
function leftOf({ orderBaseMinor, orderRefundedBaseMinor, orderTakenBackMinor }: RefundablePart): bigint {
  return orderBaseMinor - orderRefundedBaseMinor + orderTakenBackMinor;
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
