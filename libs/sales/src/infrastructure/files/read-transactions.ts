import { createHash } from 'node:crypto';
import { InvalidInput } from '@evenhand/kernel';
import type { FileRow } from '../../application/files/sales-file-reader';
import type { TransactionField } from '../../domain/file-mapping';
import type { RefundEvent, SaleEvent } from '../../domain/sale-event';
import { amountOf, clickIdsIn, inField, instantIn } from './cells';
import type { FileColumns } from './file-columns';

export type ReadTransaction =
  | { readonly as: 'sale'; readonly event: SaleEvent }
  | { readonly as: 'refund'; readonly event: RefundEvent }
  | { readonly as: 'ignored' };

interface Transaction {
  readonly id: string;
  readonly correctionOf: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly occurredAt: Date;
  readonly correctedAt: Date | null;
}

/**
 * What a row of a network's report tells: a sale, whatever its status is until it is declined; then all of it is taken
 * back. A negative row takes back so much of the transaction it names. Throws `CellProblem`.
 */
export function readTransaction(columns: FileColumns, row: FileRow, source: string): ReadTransaction {
  const { mapping } = columns;
  const status = columns.valueOf(row, 'status').toLowerCase();
  if (mapping.ignored.includes(status)) return { as: 'ignored' };
  const transaction = transactionOf(columns, row);
  const { correctionOf, amountMinor } = transaction;
  if (correctionOf !== null || amountMinor < 0n) {
    return { as: 'refund', event: correctionIn(transaction, source) };
  }
  if (mapping.declined.includes(status)) return { as: 'refund', event: declined(transaction, source) };
  return { as: 'sale', event: saleIn(columns, row, transaction, source) };
}

function transactionOf(columns: FileColumns, row: FileRow): Transaction {
  const { mapping } = columns;
  const text = (field: TransactionField) => columns.valueOf(row, field);
  const id = text('external_id');
  if (id === '') inField('external_id', () => missing('external_id'));
  const of = text('correction_of');
  const currency = columns.currencyOf(row);
  const correctedAt = text('corrected_at');
  return {
    id,
    correctionOf: of === '' || of === id ? null : of,
    currency,
    amountMinor: inField('amount', () => amountOf(mapping, text('amount'), currency, true)),
    occurredAt: inField('occurred_at', () => instantIn(mapping, 'occurred_at', text('occurred_at'))),
    correctedAt:
      correctedAt === '' ? null : inField('corrected_at', () => instantIn(mapping, 'corrected_at', correctedAt)),
  };
}

function saleIn(columns: FileColumns, row: FileRow, transaction: Transaction, source: string): SaleEvent {
  const clickedAt = columns.valueOf(row, 'clicked_at');
  return {
    source,
    externalId: transaction.id,
    orderNumber: columns.valueOf(row, 'order_number') || transaction.id,
    code: columns.valueOf(row, 'code') || null,
    clickIds: clickIdsIn(columns.valueOf(row, 'click_ids')),
    linkSlug: columns.valueOf(row, 'link') || null,
    clickedAt:
      clickedAt === '' ? null : inField('clicked_at', () => instantIn(columns.mapping, 'clicked_at', clickedAt)),
    customer: columns.valueOf(row, 'customer_email') || null,
    currency: transaction.currency,
    baseMinor: transaction.amountMinor,
    occurredAt: transaction.occurredAt,
  };
}

function correctionIn(transaction: Transaction, source: string): RefundEvent {
  const { id, correctionOf, currency, amountMinor } = transaction;
  if (amountMinor > 0n) inField('amount', upwards);
  return {
    source,
    externalId: correctionOf === null ? `${id}:${fingerprintOf(transaction)}` : id,
    saleExternalId: correctionOf ?? id,
    currency,
    // Some networks take a sale back whole by a row that states no sale at all.
    ...(amountMinor === 0n ? { full: true } : { amountMinor: -amountMinor }),
    occurredAt: transaction.correctedAt ?? transaction.occurredAt,
  };
}

/** A transaction is declined once, however often a report says so. */
function declined({ id, currency, occurredAt, correctedAt }: Transaction, source: string): RefundEvent {
  const occurred = { occurredAt: correctedAt ?? occurredAt };
  return { source, externalId: `${id}:declined`, saleExternalId: id, currency, full: true, ...occurred };
}

/**
 * Tells corrections of one transaction apart where the report gives them no ids: by amount and instants. The same row
 * again has the same one, whatever has become of its status.
 */
function fingerprintOf({ id, currency, amountMinor, occurredAt, correctedAt }: Transaction): string {
  const parts = [id, currency, amountMinor.toString(), occurredAt.toISOString(), correctedAt?.toISOString() ?? null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

function missing(field: string): never {
  throw new InvalidInput(field, 'This must not be empty.');
}

function upwards(): never {
  throw new InvalidInput('amount', 'A correction may only take something back: a recorded sale never grows.');
}
