import { InvalidInput } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';
import * as fc from 'fast-check';
import { allotRefund, type RecordedEarning } from './allot-refund';
import { RefundExceedsSale } from './errors';

const earning = fc
  .record({
    parts: fc.array(fc.bigInt(0n, 10_000n), { minLength: 1, maxLength: 5 }),
    baseMinor: fc.bigInt(1n, 100_000n),
  })
  .map(({ parts, baseMinor }): RecordedEarning => ({
    sourceId: 'sale',
    baseMinor,
    baseReversedMinor: 0n,
    grossMinor: parts.reduce((sum, part) => sum + part, 0n),
    grossReversedMinor: 0n,
    parts: parts.map((amountMinor, index) => ({ partyId: `party ${index}`, amountMinor, reversedMinor: 0n })),
  }));

function refund(before: RecordedEarning, baseMinor: bigint, refundId: string): RecordedEarning {
  const { grossMinor, partsMinor } = allotRefund(before, baseMinor, refundId);
  return {
    ...before,
    baseReversedMinor: before.baseReversedMinor + baseMinor,
    grossReversedMinor: before.grossReversedMinor + grossMinor,
    parts: before.parts.map((part, index) => ({
      ...part,
      reversedMinor: part.reversedMinor + (partsMinor[index] ?? 0n),
    })),
  };
}

/** Cuts the base into refunds that together are all of it. */
function piecesOf(baseMinor: bigint, cuts: readonly bigint[]): readonly bigint[] {
  const points = [...new Set([0n, ...cuts.map((cut) => cut % (baseMinor + 1n)), baseMinor])].sort((a, b) =>
    a < b ? -1 : 1,
  );
  return points.slice(1).map((point, index) => point - (points[index] ?? 0n));
}
const cuts = fc.array(fc.bigInt(0n, 100_000n), { maxLength: 6 });

describe('allotRefund', () => {
  it('takes parts that sum to its gross, never more than is left of a part, and after a full refund leaves nothing', () => {
    fc.assert(
      fc.property(earning, cuts, (sale, at) => {
        let left = sale;
        for (const [index, piece] of piecesOf(sale.baseMinor, at).entries()) {
          const before = left;
          left = refund(before, piece, `refund ${index}`);
          const taken = left.parts.reduce((sum, part) => sum + part.reversedMinor, 0n);
          expect(taken).toBe(left.grossReversedMinor);
          left.parts.forEach((part, place) => {
            expect(part.reversedMinor >= (before.parts[place]?.reversedMinor ?? 0n)).toBe(true);
            expect(part.reversedMinor <= part.amountMinor).toBe(true);
          });
        }
        expect(left.parts.map((part) => part.amountMinor - part.reversedMinor)).toEqual(sale.parts.map(() => 0n));
      }),
    );
  });

  it('takes the same gross in all, in whatever order refunds arrive, each part within one unit per refund of exact', () => {
    fc.assert(
      fc.property(earning, cuts, (sale, at) => {
        const pieces = piecesOf(sale.baseMinor, at).slice(0, -1);
        const run = (order: readonly bigint[]) =>
          order.reduce((left, piece, index) => refund(left, piece, `r${index}`), sale);
        const [forth, back] = [run(pieces), run(pieces.toReversed())];
        expect(forth.grossReversedMinor).toBe(back.grossReversedMinor);
        const fraction = Rational.of(forth.baseReversedMinor, sale.baseMinor);
        const limit = Rational.of(BigInt(pieces.length + 1), 1n);
        for (const part of forth.parts) {
          const error = Rational.of(part.reversedMinor, 1n).subtract(
            fraction.multiply(Rational.of(part.amountMinor, 1n)),
          );
          expect(error.compare(limit)).toBe(-1);
          expect(Rational.ZERO.subtract(error).compare(limit)).toBe(-1);
        }
      }),
    );
  });

  it('refuses more than is left of the sale, and a refund of nothing', () => {
    fc.assert(
      fc.property(earning, fc.bigInt(1n, 1000n), (sale, more) => {
        expect(() => allotRefund(sale, sale.baseMinor + more, 'r')).toThrow(RefundExceedsSale);
        const half = refund(sale, sale.baseMinor, 'r');
        expect(() => allotRefund(half, more, 'r2')).toThrow(RefundExceedsSale);
        expect(() => allotRefund(sale, 0n, 'r')).toThrow(InvalidInput);
        expect(() => allotRefund(sale, -more, 'r')).toThrow(InvalidInput);
      }),
    );
  });
});
