import { NO_SEAL, type SealHeader, sealHash, skippedTo } from './seal';

/** One place where what is stored is not what was sealed. */
export interface SealFinding {
  readonly bookId: number;
  /** Null where no seal is concerned. */
  readonly sealNo: number | null;
  readonly transactionId: bigint | null;
  /** For a person: book, seal, transaction and what is wrong. */
  readonly words: string;
}

export interface StoredSeal {
  readonly bookId: number;
  readonly sealNo: number;
  /** The header as its columns are now. */
  readonly text: string;
  /** As stored, in hexadecimal. */
  readonly hash: string;
}

/** A seal noted outside the database: in a receipt, a log, a notary's file. */
export interface TrustedSeal {
  readonly bookId: number;
  readonly sealNo: number;
  readonly hash: string;
}

/** Walks the seals of one book in their order, from the first. */
export class ChainCheck {
  /** Hash of each seal by its number, as stored. */
  private readonly hashes = new Map([[0, NO_SEAL]]);
  private last = 0;

  constructor(
    private readonly bookId: number,
    private readonly trusted: readonly TrustedSeal[] = [],
  ) {}

  /** What is wrong with the next seal and its links to those before. */
  next(seal: StoredSeal): readonly SealFinding[] {
    const findings: SealFinding[] = [];
    if (seal.sealNo > this.last + 1) findings.push(this.missing(this.last + 1, seal.sealNo - 1));
    const header = JSON.parse(seal.text) as SealHeader;
    if (sealHash(seal.text) !== seal.hash)
      findings.push(this.finding(seal.sealNo, 'was changed: it does not give its hash'));
    const skipped = skippedTo(seal.sealNo);
    if (!this.isLinked(header.previous, seal.sealNo - 1)) {
      findings.push(this.finding(seal.sealNo, `does not follow seal ${seal.sealNo - 1}`));
    } else if (!this.isLinked(header.skipped, skipped)) {
      findings.push(this.finding(seal.sealNo, `does not link to seal ${skipped}`));
    }
    this.hashes.set(seal.sealNo, seal.hash);
    this.last = seal.sealNo;
    return findings;
  }

  /** What is wrong with the chain as a whole, after its last seal. */
  end(): readonly SealFinding[] {
    return this.trusted.flatMap(({ sealNo, hash }) => {
      const stored = this.hashes.get(sealNo);
      if (stored === hash) return [];
      if (stored === undefined) return [this.finding(sealNo, 'is missing, and it is trusted')];
      return [this.finding(sealNo, 'is not the one that is trusted: the chain was written anew')];
    });
  }

  /** To a seal that is gone no link can be checked. */
  private isLinked(hash: string, earlier: number): boolean {
    const stored = this.hashes.get(earlier);
    return stored === undefined || stored === hash;
  }

  private missing(first: number, last: number): SealFinding {
    if (first === last) return this.finding(first, 'is missing');
    const { bookId } = this;
    return {
      bookId,
      sealNo: first,
      transactionId: null,
      words: `seals ${first} to ${last} of book ${bookId} are missing`,
    };
  }

  private finding(sealNo: number, what: string): SealFinding {
    const { bookId } = this;
    return { bookId, sealNo, transactionId: null, words: `seal ${sealNo} of book ${bookId} ${what}` };
  }
}
