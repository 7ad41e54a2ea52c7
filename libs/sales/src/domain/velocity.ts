/** An order among others of the same customer and deal, or of the same deal. */
export interface TimedOrder {
  readonly id: string;
  /** When it happened, milliseconds since 1970. */
  readonly atMs: number;
}

/**
 * The orders that are one too many: each with which more than `limit` happened within less than `windowMs`, before it,
 * after it or around it. They are added to what is known in the order in which they happened, equal ones by their ids, so
 * that it does not matter in which order they came together. What came earlier is known already: of orders that come one by
 * one, the one that comes last is too many, whenever it happened. However they come, no `windowMs` has more than `limit`
 * orders that are in no answer.
 */
export function ordersOverLimit(
  knownMs: readonly number[],
  orders: readonly TimedOrder[],
  limit: number,
  windowMs: number,
): ReadonlySet<string> {
  const times = [...knownMs].sort((left, right) => left - right);
  const over = new Set<string>();
  for (const { id, atMs } of [...orders].sort(byTime)) {
    const place = placeAfter(times, atMs);
    times.splice(place, 0, atMs);
    if (isCrowded(times, place, limit, windowMs)) over.add(id);
  }
  return over;
}

function byTime(left: TimedOrder, right: TimedOrder): number {
  return left.atMs - right.atMs || (left.id < right.id ? -1 : 1);
}

/** Whether some `limit + 1` neighbours, the one at `place` among them, lie within less than the window. */
function isCrowded(times: readonly number[], place: number, limit: number, windowMs: number): boolean {
  for (let first = Math.max(0, place - limit); first <= place && first + limit < times.length; first += 1) {
    if ((times[first + limit] ?? 0) - (times[first] ?? 0) < windowMs) return true;
  }
  return false;
}

/** Where the time goes in the sorted list, after its equals. */
function placeAfter(times: readonly number[], atMs: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
