import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type PartCounts, type PresentLeaf, type Sealed, Seals } from '../application/seals';
import type { StoredSeal, TrustedSeal } from '../domain/seal/check-chain';
import type { Leaf, SealWithLeaves } from '../domain/seal/check-seal';
import type { Hash } from '../domain/seal/merkle';
import type { SealHeader } from '../domain/seal/seal';

const HASH_BYTES = 32;

interface LeafRow {
  readonly transaction_id: string;
  readonly seal_no: number;
  readonly leaf_hash: Buffer;
  readonly part_checks: string;
}

interface ListRow {
  readonly seal_no: number;
  readonly header: string;
  readonly salt: Buffer;
  readonly transaction_ids: readonly string[];
  readonly leaf_hashes: Buffer;
  readonly part_checks: readonly string[];
}

interface SealedRow extends Pick<ListRow, 'transaction_ids' | 'leaf_hashes' | 'salt'> {
  readonly content: string;
  readonly seal_no: number | null;
}

const TEXT = `ledger.seal_text(s.book_id, s.brand_id, s.seal_no, s.sealed_through, s.transactions, s.root, s.salt_hash,
  s.previous_hash, s.skipped_hash, s.sealed_at)`;

/** Rows of the transaction that row-level security shows; parameters: book, transaction. */
const VISIBLE_SQL = `
  with t as (select * from ledger.transactions where book_id = $1 and transaction_id = $2)
  select (select count(*) from t)::integer as transaction,
    (select count(*) from t join ledger.postings p on p.book_id = t.book_id and p.recorded_at = t.recorded_at
       and p.posting_id between t.transaction_id << 12 and (t.transaction_id << 12) + 4095)::integer as posting,
    (select count(*) from ledger.earnings where book_id = $1 and earning_id = $2)::integer as earning,
    (select count(*) from ledger.shares where book_id = $1
       and share_id between $2::bigint << 6 and ($2::bigint << 6) + 63)::integer as share,
    (select count(*) from ledger.reversals where book_id = $1 and transaction_id = $2)::integer as reversal,
    (select count(*) from ledger.conversions where book_id = $1 and transaction_id = $2)::integer as conversion`;

/** Seals live where what they seal lives: the functions of the ledger make and read them. */
@Injectable()
export class SqlSeals extends Seals {
  override async seal(tx: Transaction, now: Date, limit: number): Promise<Sealed> {
    const [row] = await rowsOf<Sealed>(tx, 'select * from ledger.seal_transactions($1, $2)', [now, limit]);
    return row ?? { seals: 0, transactions: 0 };
  }

  override async bookIds(tx: Transaction): Promise<readonly number[]> {
    const rows = await rowsOf<{ book_id: number }>(tx, 'select book_id from ledger.books order by book_id', []);
    return rows.map((row) => row.book_id);
  }

  override async brandIdOf(tx: Transaction, bookId: number): Promise<string> {
    const sql = 'select brand_id from ledger.books where book_id = $1';
    const [row] = await rowsOf<{ brand_id: string }>(tx, sql, [bookId]);
    return row?.brand_id ?? '';
  }

  override async sealsAfter(
    tx: Transaction,
    bookId: number,
    sealNo: number,
    limit: number,
  ): Promise<readonly StoredSeal[]> {
    const sql = `select s.seal_no, encode(s.hash, 'hex') as hash, ${TEXT} as text from ledger.seals s
                 where s.book_id = $1 and s.seal_no > $2 order by s.seal_no limit $3`;
    const rows = await rowsOf<{ seal_no: number; hash: string; text: string }>(tx, sql, [bookId, sealNo, limit]);
    return rows.map((row) => ({ bookId, sealNo: row.seal_no, hash: row.hash, text: row.text }));
  }

  override async withLists(
    tx: Transaction,
    bookId: number,
    first: number,
    last: number,
  ): Promise<readonly SealWithLeaves[]> {
    const sql = 'select * from ledger.seals_with_lists($1, $2, $3)';
    return (await rowsOf<ListRow>(tx, sql, [bookId, first, last])).map((row) => ({
      bookId,
      sealNo: row.seal_no,
      header: JSON.parse(row.header) as SealHeader,
      salt: row.salt,
      leaves: leavesOf(row),
    }));
  }

  override async presentLeaves(
    tx: Transaction,
    bookId: number,
    after: string | null,
    through: string,
  ): Promise<readonly PresentLeaf[]> {
    const sql = 'select * from ledger.present_leaves($1, $2, $3)';
    return (await rowsOf<LeafRow>(tx, sql, [bookId, after ?? '-infinity', through])).map((row) => ({
      transactionId: BigInt(row.transaction_id),
      sealNo: row.seal_no,
      hash: row.leaf_hash,
      partChecks: BigInt(row.part_checks),
    }));
  }

  override async rowsOfNoTransaction(
    tx: Transaction,
    limit: number,
  ): Promise<readonly { readonly bookId: number; readonly words: string }[]> {
    const sql = 'select * from ledger.rows_of_no_transaction($1)';
    const rows = await rowsOf<{ book_id: number; words: string }>(tx, sql, [limit]);
    return rows.map((row) => ({ bookId: row.book_id, words: row.words }));
  }

  override async heads(tx: Transaction): Promise<readonly TrustedSeal[]> {
    const sql = `select s.book_id, s.seal_no, encode(s.hash, 'hex') as hash from ledger.books b
                 cross join lateral (select s.book_id, s.seal_no, s.hash from ledger.seals s where s.book_id = b.book_id
                                     order by s.seal_no desc limit 1) s
                 order by s.book_id`;
    const rows = await rowsOf<{ book_id: number; seal_no: number; hash: string }>(tx, sql, []);
    return rows.map((row) => ({ bookId: row.book_id, sealNo: row.seal_no, hash: row.hash }));
  }

  override async visibleParts(tx: Transaction, bookId: number, transactionId: bigint): Promise<PartCounts> {
    const [row] = await rowsOf<PartCounts>(tx, VISIBLE_SQL, [bookId, transactionId]);
    if (row === undefined) throw new TypeError('The counts of a transaction are one row.');
    return row;
  }

  override async sealedTransaction(tx: Transaction, bookId: number, transactionId: bigint) {
    const sql = 'select * from ledger.sealed_transaction($1, $2)';
    const [row] = await rowsOf<SealedRow>(tx, sql, [bookId, transactionId]);
    if (row === undefined) return null;
    const leaves = row.seal_no === null ? [] : hashesIn(row.leaf_hashes);
    const index = row.seal_no === null ? -1 : row.transaction_ids.indexOf(`${transactionId}`);
    return { bookId, transactionId, content: row.content, salt: row.salt, sealNo: row.seal_no, leaves, index };
  }

  override async headOf(tx: Transaction, bookId: number): Promise<number> {
    const sql = 'select max(seal_no) as seal_no from ledger.seals where book_id = $1';
    const [row] = await rowsOf<{ seal_no: number | null }>(tx, sql, [bookId]);
    return row?.seal_no ?? 0;
  }

  override async headersOf(tx: Transaction, bookId: number, sealNos: readonly number[]): Promise<readonly string[]> {
    const sql = `select ${TEXT} as text from ledger.seals s where s.book_id = $1 and s.seal_no = any ($2) order by s.seal_no`;
    return (await rowsOf<{ text: string }>(tx, sql, [bookId, sealNos])).map((row) => row.text);
  }
}

function rowsOf<Row>(tx: Transaction, sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
  return managerOf(tx).query<readonly Row[]>(sql, [...parameters]);
}

function hashesIn(bytes: Buffer): readonly Hash[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, place) =>
    bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
  );
}

function leavesOf({ transaction_ids: ids, leaf_hashes: hashes, part_checks: checks }: ListRow): readonly Leaf[] {
  return hashesIn(hashes).map((hash, place) => ({
    transactionId: BigInt(ids[place] ?? 0),
    hash,
    partChecks: BigInt(checks[place] ?? 0),
  }));
}
