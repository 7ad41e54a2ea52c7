import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type BatchChange,
  BatchStore,
  type Candidate,
  type ItemChange,
  type ItemPart,
  type NewBatch,
  type PayeeCurrency,
  type StoredBatch,
  type StoredItem,
} from '../application/batch-store';
import type { BatchState } from '../domain/batch-state';
import type { ContentItem } from '../domain/content';
import type { ItemState } from '../domain/item-state';
import type { PlannedTransfer } from '../domain/send-check';
import { changeOf } from './batch-change.sql';
import { SELECT_INTO_BATCH } from './selection.sql';

/** Preparations take this lock until their transaction ends. */
const PREPARATION_LOCK = 7_207_185_470;

interface BatchRow {
  readonly batchId: string;
  readonly number: string;
  readonly state: BatchState;
  readonly cutOff: Date;
  readonly timeZone: string;
  readonly requestHash: string;
  readonly preparedBy: string | null;
  readonly submittedHash: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly approvedHash: string | null;
  readonly approvalExpiresAt: Date | null;
}

const BATCH = `
  select id as "batchId", number, state, cut_off as "cutOff", time_zone as "timeZone",
         encode(request_hash, 'hex') as "requestHash", prepared_by as "preparedBy",
         encode(submitted_hash, 'hex') as "submittedHash", approved_by as "approvedBy", approved_at as "approvedAt",
         encode(approved_hash, 'hex') as "approvedHash", approval_expires_at as "approvalExpiresAt"
  from payouts.batches`;

@Injectable()
export class SqlBatchStore extends BatchStore {
  override async lockPreparation(tx: Transaction): Promise<void> {
    await managerOf(tx).query('select pg_advisory_xact_lock($1)', [PREPARATION_LOCK]);
  }

  override async findByKey(tx: Transaction, idempotencyKey: string): Promise<StoredBatch | null> {
    const [row] = await managerOf(tx).query<BatchRow[]>(`${BATCH} where idempotency_key = $1`, [idempotencyKey]);
    return row ? storedBatchOf(row) : null;
  }

  override unpaidPayees(tx: Transaction, currencies: readonly string[] | null): Promise<readonly PayeeCurrency[]> {
    return managerOf(tx).query<PayeeCurrency[]>(
      `select distinct party_id as "partyId", currency from payouts.payable_balances
       where payable_minor <> 0 and ($1::text[] is null or currency = any ($1::text[]))
       order by 1, 2`,
      [currencies],
    );
  }

  override async addBatch(tx: Transaction, batch: NewBatch): Promise<void> {
    await managerOf(tx).query(
      `insert into payouts.batches (id, cut_off, time_zone, currencies, idempotency_key, request_hash, prepared_by,
         prepared_at)
       values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8)`,
      [
        batch.batchId,
        batch.cutOff,
        batch.timeZone,
        batch.currencies,
        batch.idempotencyKey,
        batch.requestHash,
        batch.preparedBy,
        batch.preparedAt,
      ],
    );
    await managerOf(tx).query(
      `insert into payouts.minimums (batch_id, currency, minimum_minor)
       select $1, * from unnest($2::text[], $3::bigint[])`,
      [
        batch.batchId,
        batch.minimums.map((minimum) => minimum.currency),
        batch.minimums.map((minimum) => minimum.minimumMinor.toString()),
      ],
    );
  }

  override async select(tx: Transaction, batch: NewBatch, candidates: readonly Candidate[]): Promise<void> {
    await managerOf(tx).query(SELECT_INTO_BATCH, [
      batch.batchId,
      batch.cutOff,
      batch.preparedAt,
      batch.currencies,
      candidates.map((candidate) => candidate.partyId),
      candidates.map((candidate) => candidate.currency),
      candidates.map((candidate) => candidate.itemId),
      candidates.map((candidate) => candidate.endToEndId),
      candidates.map((candidate) => candidate.hasAccount),
    ]);
  }

  override async lock(tx: Transaction, batchId: string): Promise<StoredBatch | null> {
    const [row] = await managerOf(tx).query<BatchRow[]>(`${BATCH} where id = $1 for no key update`, [batchId]);
    return row ? storedBatchOf(row) : null;
  }

  override async change(tx: Transaction, batchId: string, change: BatchChange): Promise<void> {
    const { assignments, values } = changeOf(change);
    await managerOf(tx).query(`update payouts.batches set state = $2, ${assignments} where id = $1`, [
      batchId,
      change.state,
      ...values,
    ]);
  }

  override async plannedContent(tx: Transaction, batchId: string): Promise<readonly Omit<ContentItem, 'account'>[]> {
    const rows = await managerOf(tx).query<
      (Omit<ContentItem, 'account' | 'amountMinor' | 'linesMinor'> & { amountMinor: string; linesMinor: string })[]
    >(
      `select i.id as "itemId", i.end_to_end_id as "endToEndId", i.party_id as "partyId", i.currency,
              i.amount_minor as "amountMinor", coalesce(sum(l.amount_minor), 0)::bigint as "linesMinor",
              encode(sha256(convert_to(coalesce(
                string_agg(l.book_id || ':' || l.posting_id || ':' || l.share_id || ':' || l.amount_minor, E'\\n'
                           order by l.book_id, l.posting_id, l.share_id), ''), 'UTF8')), 'hex') as "linesDigest"
       from payouts.items i left join payouts.lines l on l.item_id = i.id
       where i.batch_id = $1 and i.state = 'planned'
       group by i.id order by i.ordinal`,
      [batchId],
    );
    return rows.map((row) => ({
      ...row,
      amountMinor: BigInt(row.amountMinor),
      linesMinor: BigInt(row.linesMinor),
    }));
  }

  override async plannedBooks(tx: Transaction, batchId: string): Promise<readonly number[]> {
    const rows = await managerOf(tx).query<{ bookId: number }[]>(
      `select distinct l.book_id as "bookId" from payouts.items i join payouts.lines l on l.item_id = i.id
       where i.batch_id = $1 and i.state = 'planned'`,
      [batchId],
    );
    return rows.map((row) => row.bookId);
  }

  override async plannedTransfers(tx: Transaction, batchId: string): Promise<readonly PlannedTransfer[]> {
    type Row = Record<'amountMinor' | 'payableMinor' | 'cashMinor', string> &
      Omit<PlannedTransfer, 'amountMinor' | 'payableMinor' | 'cashMinor'>;
    const rows = await managerOf(tx).query<Row[]>(
      `with parts as materialized (
         select i.id, i.ordinal, i.party_id, i.currency::text as currency, l.book_id,
                sum(l.amount_minor)::bigint as amount_minor
         from payouts.items i join payouts.lines l on l.item_id = i.id
         where i.batch_id = $1 and i.state = 'planned'
         group by i.id, l.book_id
       ), disputed as materialized (
         select l.item_id, l.book_id
         from payouts.items i join payouts.lines l on l.item_id = i.id
         join ledger.share_details d on d.book_id = l.book_id and d.share_id = l.share_id
         where i.batch_id = $1 and i.state = 'planned'
           and (d.deal_id in (select f.deal_id from ledger.freezes f where f.lifted_at is null)
                or exists (select 1 from ledger.earning_freezes f where f.book_id = l.book_id
                           and f.earning_id = l.earning_id and f.lifted_at is null))
         group by l.item_id, l.book_id, l.share_id having sum(l.amount_minor) > 0
       )
       select p.id as "itemId", p.ordinal, p.book_id as "bookId", p.party_id as "partyId", p.currency,
              p.amount_minor as "amountMinor", coalesce(b.payable_minor, 0) as "payableMinor",
              coalesce(c.cash_minor, 0) as "cashMinor",
              exists (select 1 from disputed d where d.item_id = p.id and d.book_id = p.book_id) as "isDisputed"
       from parts p
       left join payouts.payable_balances b
         on b.book_id = p.book_id and b.party_id = p.party_id and b.currency = p.currency
       left join payouts.book_cash c on c.book_id = p.book_id and c.currency = p.currency
       order by p.ordinal, p.book_id`,
      [batchId],
    );
    return rows.map((row) => ({
      ...row,
      amountMinor: BigInt(row.amountMinor),
      payableMinor: BigInt(row.payableMinor),
      cashMinor: BigInt(row.cashMinor),
    }));
  }

  override async item(tx: Transaction, itemId: string): Promise<StoredItem | null> {
    const [row] = await managerOf(tx).query<(Omit<StoredItem, 'amountMinor'> & { amountMinor: string })[]>(
      `select id as "itemId", batch_id as "batchId", party_id as "partyId", currency, amount_minor as "amountMinor", state
       from payouts.items where id = $1`,
      [itemId],
    );
    return row ? { ...row, amountMinor: BigInt(row.amountMinor) } : null;
  }

  override async changeItems(tx: Transaction, changes: readonly ItemChange[]): Promise<void> {
    await managerOf(tx).query(
      `update payouts.items i
       set state = c.state, state_reason = c.reason, state_since = c.at, paid_at = c.paid_at,
           bank_reference = c.bank_reference
       from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[])
         c (id, state, reason, at, paid_at, bank_reference)
       where i.id = c.id`,
      [
        changes.map((change) => change.itemId),
        changes.map((change) => change.state),
        changes.map((change) => change.reason),
        changes.map((change) => change.at),
        changes.map((change) => change.paid?.paidAt ?? null),
        changes.map((change) => change.paid?.bankReference ?? null),
      ],
    );
  }

  override async cancelPlannedItems(tx: Transaction, batchId: string, reason: string, at: Date): Promise<void> {
    await managerOf(tx).query(
      `update payouts.items set state = 'cancelled', state_reason = $2, state_since = $3
       where batch_id = $1 and state = 'planned'`,
      [batchId, reason, at],
    );
  }

  override async partsOf(tx: Transaction, itemId: string): Promise<readonly ItemPart[]> {
    const rows = await managerOf(tx).query<{ bookId: number; amountMinor: string }[]>(
      `select book_id as "bookId", sum(amount_minor)::bigint as "amountMinor"
       from payouts.lines where item_id = $1 group by book_id order by book_id`,
      [itemId],
    );
    return rows.map((row) => ({ bookId: row.bookId, amountMinor: BigInt(row.amountMinor) }));
  }

  override async statesOf(tx: Transaction, batchId: string): Promise<readonly ItemState[]> {
    const rows = await managerOf(tx).query<{ state: ItemState }[]>(
      'select distinct state from payouts.items where batch_id = $1',
      [batchId],
    );
    return rows.map((row) => row.state);
  }
}

function storedBatchOf(row: BatchRow): StoredBatch {
  const { approvedBy, approvedAt, approvedHash, approvalExpiresAt, number, ...rest } = row;
  const isApproved = approvedBy !== null && approvedAt !== null && approvedHash !== null && approvalExpiresAt !== null;
  return {
    ...rest,
    number: BigInt(number),
    approval: isApproved ? { approvedBy, approvedAt, contentHash: approvedHash, expiresAt: approvalExpiresAt } : null,
  };
}
