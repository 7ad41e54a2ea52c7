import { createHash } from 'node:crypto';

/** Bytes of a sha256. */
export type Hash = Buffer;

/** First byte of what is hashed, so that no leaf, node or seal can be passed off as another of them (RFC 6962, 2.1). */
const NODE = Buffer.of(0x01);
const LEAF = Buffer.of(0x00);

/** The leaf of one transaction: its content in UTF-8, behind the salt that keeps siblings in a receipt from being guessed. */
export function leafHash(salt: Hash, content: string): Hash {
  return createHash('sha256').update(LEAF).update(salt).update(content, 'utf8').digest();
}

function nodeHash(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** The root over the leaves in their order: neighbours are paired, one without a neighbour moves up as it is. */
export function merkleRoot(leaves: readonly Hash[]): Hash {
  let level = leaves;
  while (level.length > 1) level = levelAbove(level);
  const [root] = level;
  if (root === undefined) throw new RangeError('A tree has at least one leaf.');
  return root;
}

/** The siblings on the way from the leaf to the root, lowest first. */
export function auditPath(leaves: readonly Hash[], index: number): readonly Hash[] {
  if (index < 0 || index >= leaves.length) throw new RangeError('There is no such leaf.');
  const path: Hash[] = [];
  let place = index;
  for (let level = leaves; level.length > 1; level = levelAbove(level)) {
    const sibling = level[place ^ 1];
    if (sibling !== undefined) path.push(sibling);
    place >>= 1;
  }
  return path;
}

/** The root of a tree of `size` leaves with this leaf at `index`; null where the path is none of such a tree. */
export function rootOfPath(leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | null {
  if (index < 0 || index >= size) return null;
  let root = leaf;
  let used = 0;
  for (let place = index, width = size; width > 1; place >>= 1, width = (width + 1) >> 1) {
    if ((place ^ 1) >= width) continue;
    const sibling = path[used];
    if (sibling === undefined) return null;
    root = place % 2 === 1 ? nodeHash(sibling, root) : nodeHash(root, sibling);
    used += 1;
  }
  return used === path.length ? root : null;
}

function levelAbove(level: readonly Hash[]): readonly Hash[] {
  const above: Hash[] = [];
  for (let place = 0; place < level.length; place += 2) {
    const [left, right] = [level[place], level[place + 1]];
    if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
  }
  return above;
}
