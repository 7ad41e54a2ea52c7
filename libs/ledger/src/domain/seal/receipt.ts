import { SealBroken } from './errors';
import { auditPath, type Hash, leafHash, merkleRoot, rootOfPath } from './merkle';
import { type SealHeader, sealHash } from './seal';

/** One part of a transaction: itself, a posting, an earning, a share… Every value is a string, or null. */
export type ContentPart = Readonly<Record<string, string | null>> & { readonly part: string };

/** Proof that a transaction is in the chain of its book's seals. Written in libs/ledger/docs/seals.md. */
export interface Receipt {
  readonly format: 'evenhand/receipt/1';
  /** `JSON.stringify` of it is the text that was sealed. */
  readonly content: readonly ContentPart[];
  readonly salt: string;
  /** Place of the transaction among those of its seal, from 0. */
  readonly index: number;
  /** Siblings on the way to the root, lowest first. */
  readonly path: readonly string[];
  /** From the seal of the transaction to the head: each is the previous or the skipped one of the next. */
  readonly seals: readonly SealHeader[];
  /** Hash of the last of the seals: what is compared with a hash that was kept elsewhere. */
  readonly head: string;
}

/** What is stored about a sealed transaction. */
export interface SealedTransaction {
  readonly bookId: number;
  readonly transactionId: bigint;
  /** As it is now. */
  readonly content: string;
  readonly salt: Hash;
  /** Of the seal, in their order. */
  readonly leaves: readonly Hash[];
  readonly index: number;
  /** Texts of the headers from the transaction's seal to the head. */
  readonly seals: readonly string[];
}

/** The receipt, checked before it is handed out. Throws {@link SealBroken} where it would not convince. */
export function receiptOf(sealed: SealedTransaction): Receipt {
  const { content, salt, leaves, index, seals } = sealed;
  const headers = seals.map((text) => JSON.parse(text) as SealHeader);
  const broken = (message: string) => new SealBroken(sealed.bookId, sealed.transactionId, message);
  if (leaves[index] === undefined) throw broken('The seal of its time does not hold this transaction.');
  const path = auditPath(leaves, index);
  if (merkleRoot(leaves).toString('hex') !== headers[0]?.root)
    throw broken('The seal of this transaction was changed.');
  if (rootOfPath(leafHash(salt, content), index, leaves.length, path)?.toString('hex') !== headers[0].root) {
    throw broken('This transaction does not have the content it was sealed with.');
  }
  const hashes = seals.map(sealHash);
  const isLinked = headers.every((header, place) => {
    const before = hashes[place - 1];
    return before === undefined || header.previous === before || header.skipped === before;
  });
  if (!isLinked) throw broken('The chain of seals after this transaction is broken.');
  return {
    format: 'evenhand/receipt/1',
    content: JSON.parse(content) as ContentPart[],
    salt: salt.toString('hex'),
    index,
    path: path.map((hash) => hash.toString('hex')),
    seals: headers,
    head: hashes.at(-1) ?? '',
  };
}
