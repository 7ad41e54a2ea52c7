/**
 * Verifies a receipt of a transaction, with nothing but Node:
 *
 *     node verify-receipt.mjs receipt.json [--head HASH]
 *
 * --head: hash of a seal that was noted elsewhere; the receipt has to lead to it.
 * Exit code 0: valid. 1: not, and why. 2: no receipt could be read. The format: libs/ledger/docs/seals.md.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const [LEAF, NODE, SEAL] = [0, 1, 2].map((byte) => Buffer.of(byte));
const SEAL_FIELDS = 'format book brand seal through transactions root saltHash previous skipped sealedAt';

class Invalid extends Error {}

function sha256(...pieces) {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

function bytes(hex, what) {
  if (typeof hex !== 'string' || !/^[0-9a-f]{64}$/.test(hex)) throw new Invalid(`${what} is no hash`);
  return Buffer.from(hex, 'hex');
}

/** The root that the path leads to from the leaf, in a tree of `size` leaves in which one without a neighbour moves up. */
function rootOf(leaf, index, size, path) {
  const siblings = path.map((hash) => bytes(hash, 'A hash of the path'));
  let root = leaf;
  for (let place = index, width = size; width > 1; place = Math.floor(place / 2), width = Math.ceil(width / 2)) {
    const isRight = place % 2 === 1;
    if (!isRight && place + 1 === width) continue;
    const sibling = siblings.shift();
    if (!sibling) throw new Invalid('The path is too short');
    root = isRight ? sha256(NODE, sibling, root) : sha256(NODE, root, sibling);
  }
  if (siblings.length > 0) throw new Invalid('The path is too long');
  return root.toString('hex');
}

function hashOfSeal(header) {
  if (Object.keys(header ?? {}).join(' ') !== SEAL_FIELDS) throw new Invalid('A seal has other fields than a seal has');
  return sha256(SEAL, JSON.stringify(header)).toString('hex');
}

/** Each seal is linked to by the next one; all are of one book. */
function headOf(seals) {
  const hashes = seals.map(hashOfSeal);
  for (const [place, { book, seal, previous, skipped }] of seals.entries()) {
    if (place === 0) continue;
    const before = hashes[place - 1];
    if (previous !== before && skipped !== before) throw new Invalid(`Seal ${seal} does not link to the one before it`);
    if (book !== seals[0].book) throw new Invalid(`Seal ${seal} is of another book`);
  }
  return hashes.at(-1);
}

function verify(receipt, trustedHead) {
  if (receipt?.format !== 'evenhand/receipt/1')
    throw new Invalid('This is no receipt of the format evenhand/receipt/1');
  const { content, salt, index, path, seals, head } = receipt;
  if (!Array.isArray(content) || !Array.isArray(path) || !Array.isArray(seals) || seals.length === 0) {
    throw new Invalid('The receipt is not whole');
  }
  const [{ root, transactions, book }] = seals;
  const size = Number(transactions);
  if (!Number.isSafeInteger(index) || index < 0 || !(index < size)) throw new Invalid('The seal has no such place');
  const leaf = sha256(LEAF, bytes(salt, 'The salt'), JSON.stringify(content));
  if (rootOf(leaf, index, size, path) !== root) throw new Invalid('The transaction is not the one that was sealed');
  if (content[0]?.part !== 'transaction' || content[0].book !== book)
    throw new Invalid('The transaction is of another book');
  const reached = headOf(seals);
  if (head !== reached) throw new Invalid('The seals do not lead to the head that the receipt names');
  if (trustedHead !== undefined && trustedHead !== reached)
    throw new Invalid('The seals do not lead to the head you trust');
  return seals.at(-1);
}

function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { head: { type: 'string' } } });
  const [file] = positionals;
  if (file === undefined) throw new TypeError('Usage: node verify-receipt.mjs receipt.json [--head HASH]');
  const receipt = JSON.parse(readFileSync(file, 'utf8'));
  const last = verify(receipt, values.head?.toLowerCase());
  const [{ book, id, kind, recordedAt }] = receipt.content;
  console.log(`VALID: transaction ${id} of book ${book} (${kind}, recorded ${recordedAt}) is sealed.`);
  console.log(`It leads to seal ${last.seal} of ${last.sealedAt}, hash ${receipt.head}.`);
  if (values.head === undefined)
    console.log('That seal is as good as where you know its hash from: compare it, or give --head.');
}

try {
  main();
} catch (error) {
  console.log(`${error instanceof Invalid ? 'NOT VALID' : 'NOT READABLE'}: ${error.message}.`);
  process.exitCode = error instanceof Invalid ? 1 : 2;
}
