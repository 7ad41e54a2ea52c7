import { createHash } from 'node:crypto';

/**
 * The indexes of the `count` largest remainders, in no particular order; `count` is less than their number.
 * Only parts tied for the last unit are hashed: the lowest digest wins, whatever order the parts came in.
 */
export function indexesOfLargest(
  remainders: readonly bigint[],
  count: number,
  keys: readonly string[],
  tieSeed: string,
): readonly number[] {
  const remainderAt = (index: number | undefined): bigint => remainders[index ?? -1] ?? 0n;
  const order = remainders.map((_, index) => index).sort((a, b) => descending(remainderAt(a), remainderAt(b)));
  const last = remainderAt(order[count - 1]);
  if (remainderAt(order[count]) !== last) return order.slice(0, count);
  const untied = order.filter((index) => remainderAt(index) > last);
  const tied = order.filter((index) => remainderAt(index) === last);
  return [...untied, ...lowestDigests(tied, count - untied.length, keys, tieSeed)];
}

function lowestDigests(
  indexes: readonly number[],
  count: number,
  keys: readonly string[],
  tieSeed: string,
): readonly number[] {
  return indexes
    .map((index) => ({ index, key: keys[index] ?? '', digest: tieDigest(tieSeed, keys[index] ?? '') }))
    .sort((a, b) => ascending(a.digest, b.digest) || ascending(a.key, b.key))
    .slice(0, count)
    .map(({ index }) => index);
}

/** The seed's length in bytes (32 bits, big-endian) goes first, so no other seed and key give the same bytes. */
function tieDigest(tieSeed: string, key: string): string {
  const seed = Buffer.from(tieSeed, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(seed.length);
  return createHash('sha256').update(length).update(seed).update(key, 'utf8').digest('hex');
}

function descending(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left > right ? -1 : 1;
}

function ascending(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
