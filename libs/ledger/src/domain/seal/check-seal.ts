import { createHash } from 'node:crypto';
import type { SealFinding } from './check-chain';
import { type Hash, merkleRoot } from './merkle';
import type { SealHeader } from './seal';

/** A transaction as a seal lists it, or as it is now. */
export interface Leaf {
  readonly transactionId: bigint;
  readonly hash: Hash;
  /** Ten bits for each of {@link PARTS}, to tell where a change is; proves nothing by itself. */
  readonly partChecks: bigint;
}

/** A seal with the list of its transactions, by their ids. */
export interface SealWithLeaves {
  readonly bookId: number;
  readonly sealNo: number;
  readonly header: SealHeader;
  readonly salt: Hash;
  readonly leaves: readonly Leaf[];
}

/** What a transaction consists of, in the order of their bits in `partChecks`. */
export const PARTS = [
  'the transaction itself',
  'its postings or their accounts',
  'its earning, hold or rule',
  'its shares',
  'its refund',
  'its conversion',
] as const;

const BITS_PER_PART = 10n;

/** Where the transactions of the book recorded in the time of the seal differ from those it was made of. */
export function checkSeal(seal: SealWithLeaves, present: readonly Leaf[]): readonly SealFinding[] {
  const { bookId, sealNo, header, salt, leaves } = seal;
  const findings: SealFinding[] = [];
  const add = (transactionId: bigint | null, words: string): void => {
    findings.push({ bookId, sealNo, transactionId, words });
  };
  const name = `seal ${sealNo} of book ${bookId}`;
  const isSaltIntact = createHash('sha256').update(salt).digest('hex') === header.saltHash;
  if (!isSaltIntact) add(null, `the salt of ${name} was changed`);
  if (rootOf(present) === header.root && `${present.length}` === header.transactions) {
    if (!isSameList(leaves, present))
      add(null, `the list of ${name} was changed; the transactions are as they were sealed`);
    return findings;
  }
  if (rootOf(leaves) !== header.root || `${leaves.length}` !== header.transactions) {
    add(null, `${name} does not match its list of transactions`);
  }
  const now = new Map(present.map((leaf) => [leaf.transactionId, leaf]));
  for (const leaf of leaves) {
    const found = now.get(leaf.transactionId);
    now.delete(leaf.transactionId);
    const transaction = `transaction ${leaf.transactionId} of book ${bookId}, sealed in seal ${sealNo},`;
    if (found === undefined) add(leaf.transactionId, `${transaction} is not there any more, or was moved in time`);
    else if (!(isSaltIntact ? found.hash.equals(leaf.hash) : found.partChecks === leaf.partChecks)) {
      add(
        leaf.transactionId,
        `${transaction} does not have the content it was sealed with${changedParts(leaf, found)}`,
      );
    }
  }
  for (const { transactionId } of now.values()) add(transactionId, unsealed(bookId, transactionId));
  return findings;
}

/** A transaction recorded in a time that is sealed already. */
export function unsealed(bookId: number, transactionId: bigint): string {
  return `transaction ${transactionId} of book ${bookId} is in no seal, though its time was sealed: it was slipped in`;
}

function rootOf(leaves: readonly Leaf[]): string | null {
  return leaves.length === 0 ? null : merkleRoot(leaves.map(({ hash }) => hash)).toString('hex');
}

function isSameList(one: readonly Leaf[], other: readonly Leaf[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ transactionId, hash }, place) => {
      const there = other[place];
      return there?.transactionId === transactionId && there.hash.equals(hash);
    })
  );
}

function changedParts(sealed: Leaf, present: Leaf): string {
  const differing = sealed.partChecks ^ present.partChecks;
  const parts = PARTS.filter((_, place) => ((differing >> (BITS_PER_PART * BigInt(place))) & 1023n) !== 0n);
  return parts.length === 0 ? '' : `: ${parts.join(', ')} changed`;
}
