import * as fc from 'fast-check';
import { ordersOverLimit, type TimedOrder } from './velocity';

const WINDOW_MS = 24;
const orders = fc
  .array(fc.nat(100), { minLength: 1, maxLength: 40 })
  .map((times) => times.map((atMs, index): TimedOrder => ({ id: String(index), atMs })));
const limit = fc.integer({ min: 1, max: 5 });

/** Most of these times within less than the window. */
function mostWithin(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at - from < WINDOW_MS).length));
}

describe('orders over a limit', () => {
  it('leave no window with more than the limit, in whatever order and batches all of them come', () => {
    fc.assert(
      fc.property(orders, limit, fc.integer({ min: 1, max: 10 }), (all, most, size) => {
        const [known, free]: [number[], number[]] = [[], []];
        for (let start = 0; start < all.length; start += size) {
          const batch = all.slice(start, start + size);
          const over = ordersOverLimit(known, batch, most, WINDOW_MS);
          known.push(...batch.map(({ atMs }) => atMs));
          free.push(...batch.flatMap(({ id, atMs }) => (over.has(id) ? [] : [atMs])));
        }
        expect(mostWithin(free)).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('are none where no window has more than the limit, and the same in whatever order a batch comes', () => {
    fc.assert(
      fc.property(
        orders.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        limit,
        ([all, shuffled], most) => {
          const over = ordersOverLimit([], all, most, WINDOW_MS);
          expect(ordersOverLimit([], shuffled, most, WINDOW_MS)).toEqual(over);
          expect(over.size > 0).toBe(mostWithin(all.map(({ atMs }) => atMs)) > most);
        },
      ),
    );
  });
});
