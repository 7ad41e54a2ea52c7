import * as fc from 'fast-check';
import { auditPath, type Hash, leafHash, merkleRoot, rootOfPath } from './merkle';

function leavesOf(count: number): readonly Hash[] {
  return Array.from({ length: count }, (_, place) => leafHash(Buffer.alloc(32, 7), `transaction ${place}`));
}

/** The same hash with one of its 256 bits flipped. */
function flipped(hash: Hash, bit: number): Hash {
  const copy = Buffer.from(hash);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

describe('a tree of transactions', () => {
  it('proves every leaf of every size from 1 to 64, and none at another place', () => {
    for (let size = 1; size <= 64; size += 1) {
      const leaves = leavesOf(size);
      const root = merkleRoot(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const path = auditPath(leaves, index);
        expect(leaves.map((_, place) => rootOfPath(leaf, place, size, path)?.equals(root) ?? false)).toEqual(
          leaves.map((_, place) => place === index),
        );
      }
    }
  });

  it('fails with any bit flipped, in the leaf or the path', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.nat(), fc.nat(), fc.nat(255), (size, pick, which, bit) => {
        const leaves = leavesOf(size);
        const index = pick % size;
        const [leaf = Buffer.alloc(0), ...path] = [leaves[index] ?? Buffer.alloc(0), ...auditPath(leaves, index)].map(
          (hash, place, all) => (place === which % all.length ? flipped(hash, bit) : hash),
        );
        expect(rootOfPath(leaf, index, size, path)?.equals(merkleRoot(leaves))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no path that is longer or shorter, and no other size for the same path length', () => {
    for (let size = 1; size <= 64; size += 1) {
      const leaves = leavesOf(size);
      const [leaf = Buffer.alloc(0)] = leaves;
      const path = auditPath(leaves, 0);
      expect(rootOfPath(leaf, 0, size, [...path, leaf])).toBeNull();
      if (size > 1) expect(rootOfPath(leaf, 0, size, path.slice(1))).toBeNull();
      expect(rootOfPath(leaf, size, size, path)).toBeNull();
    }
  });

  it('has the roots of RFC 6962 over the same leaves', () => {
    // The tree over seven leaves as the RFC draws it: ((0 1)(2 3))((4 5) 6).
    const leaves = leavesOf(7);
    const left = merkleRoot(leaves.slice(0, 4));
    const right = merkleRoot(leaves.slice(4));
    expect(merkleRoot(leaves)).toEqual(merkleRoot([left, right]));
    expect(() => merkleRoot([])).toThrow(RangeError);
  });
});
