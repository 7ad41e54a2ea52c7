import { groupBy, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { ChainCheck, type SealFinding, type StoredSeal, type TrustedSeal } from '../domain/seal/check-chain';
import { checkSeal, unsealed } from '../domain/seal/check-seal';
import type { SealHeader } from '../domain/seal/seal';
import { Seals } from './seals';

export interface VerifySealsQuery {
  /** Seals noted outside the database, which the chains have to hold. */
  readonly trusted?: readonly TrustedSeal[];
  /** Told after every few thousand transactions how many there were. */
  readonly onProgress?: (transactions: number) => void;
}

export interface SealsVerified {
  readonly books: number;
  readonly seals: number;
  readonly transactions: number;
  /** Every place where what is stored is not what was sealed, by book and seal; empty where all is as it was. */
  readonly findings: readonly SealFinding[];
}

const ACTOR = systemActor('verify seals');
/** Headers read at once. */
const PAGE = 1_000;
/** Transactions compared at once; a seal is never parted. */
const TRANSACTIONS_AT_ONCE = 20_000;
/** Rows told of each table that belong nowhere. */
const MOST_ROWS = 100;

interface SealInChain extends StoredSeal {
  readonly header: SealHeader;
}

/**
 * Recomputes everything that was ever sealed from the tables as they are now: each transaction, tree, link and seal. Made
 * for an administrator: it reads all books, in many short transactions.
 */
@Injectable()
export class VerifySeals {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: Seals,
  ) {}

  async execute({ trusted = [], onProgress }: VerifySealsQuery = {}): Promise<SealsVerified> {
    const books = await this.uow.read(ACTOR, (tx) => this.seals.bookIds(tx));
    const findings: SealFinding[] = [];
    const counts = { seals: 0, transactions: 0 };
    for (const bookId of books) {
      const check = new ChainCheck(
        bookId,
        trusted.filter((seal) => seal.bookId === bookId),
      );
      const [ofBook, before] = [[] as SealFinding[], { through: null as string | null }];
      for await (const seals of this.groupsOf(bookId, check, ofBook)) {
        counts.seals += seals.length;
        counts.transactions += await this.compare(bookId, seals, before.through, ofBook);
        before.through = seals.at(-1)?.header.through ?? before.through;
        onProgress?.(counts.transactions);
      }
      findings.push(...ofBook.sort(bySeal), ...check.end());
    }
    const stray = await this.uow.read(ACTOR, (tx) => this.seals.rowsOfNoTransaction(tx, MOST_ROWS));
    findings.push(...stray.map((row) => ({ ...row, sealNo: null, transactionId: null })));
    return { books: books.length, ...counts, findings };
  }

  /** The seals of a book in groups of about as many transactions as are compared at once, their chain checked. */
  private async *groupsOf(
    bookId: number,
    check: ChainCheck,
    findings: SealFinding[],
  ): AsyncGenerator<readonly SealInChain[]> {
    const brandId = await this.uow.read(ACTOR, (tx) => this.seals.brandIdOf(tx, bookId));
    let group: SealInChain[] = [];
    let [size, last] = [0, 0];
    for (let page = PAGE; page === PAGE;) {
      const seals = await this.uow.read(ACTOR, (tx) => this.seals.sealsAfter(tx, bookId, last, PAGE));
      for (const seal of seals) {
        findings.push(...check.next(seal));
        const header = JSON.parse(seal.text) as SealHeader;
        if (header.brand !== brandId) findings.push(otherBrand(seal, header.brand, brandId));
        group.push({ ...seal, header });
        size += Number(header.transactions);
        last = seal.sealNo;
        if (size < TRANSACTIONS_AT_ONCE) continue;
        yield group;
        [group, size] = [[], 0];
      }
      page = seals.length;
    }
    if (group.length > 0) yield group;
  }

  /** Compares the transactions of consecutive seals with what they are now; answers how many were sealed. */
  private async compare(
    bookId: number,
    seals: readonly SealInChain[],
    after: string | null,
    findings: SealFinding[],
  ): Promise<number> {
    const [first, last] = [seals[0], seals.at(-1)];
    if (first === undefined || last === undefined) return 0;
    return this.uow.read(ACTOR, async (tx) => {
      const sealed = await this.seals.withLists(tx, bookId, first.sealNo, last.sealNo);
      const present = await this.seals.presentLeaves(tx, bookId, after, last.header.through);
      const bySealNo = new Map(groupBy(present, ({ sealNo }) => sealNo));
      for (const seal of sealed) {
        findings.push(...checkSeal(seal, bySealNo.get(seal.sealNo) ?? []));
        bySealNo.delete(seal.sealNo);
      }
      for (const [sealNo, leaves] of bySealNo) {
        findings.push(
          ...leaves.map(({ transactionId }) => ({
            bookId,
            sealNo,
            transactionId,
            words: unsealed(bookId, transactionId),
          })),
        );
      }
      return sealed.reduce((sum, { leaves }) => sum + leaves.length, 0);
    });
  }
}

function bySeal(one: SealFinding, other: SealFinding): number {
  return (one.sealNo ?? 0) - (other.sealNo ?? 0);
}

function otherBrand({ bookId, sealNo }: StoredSeal, sealed: string, brandId: string): SealFinding {
  const words = `seal ${sealNo} of book ${bookId} is of brand ${sealed}, the book is of brand ${brandId} now`;
  return { bookId, sealNo, transactionId: null, words };
}
