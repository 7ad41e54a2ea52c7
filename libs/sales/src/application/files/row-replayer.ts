import { InvalidInput, NotFound, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { normalisedName } from '../../domain/file-mapping';
import type { ReplayedProblem } from '../inbox/problem';
import { reasonOf, type Receipt } from '../prepared-event';
import { RefundRecorder } from '../refund-recorder';
import type { RefundResult, SaleResult } from '../results';
import { CustomerTokens } from '../risk/customer-tokens';
import { SaleRecorder } from '../sale-recorder';
import { ImportStore, type RowToMend } from './import-store';
import { protectedCorrection } from './protected-records';
import { type BadRow, type FileChunk, type FileRow, type RowCorrection, SalesFileReader } from './sales-file-reader';

/** Corrects and takes in again rows of files that could not be read. Inside a transaction with the system's rights. */
@Injectable()
export class RowReplayer {
  constructor(
    private readonly imports: ImportStore,
    private readonly reader: SalesFileReader,
    private readonly sales: SaleRecorder,
    private readonly refunds: RefundRecorder,
    private readonly tokens: CustomerTokens,
  ) {}

  /**
   * Answers the corrections as they are kept. Throws `NotFound`, and `InvalidInput` for lines and columns that the problem
   * does not have.
   */
  async correct(
    tx: Transaction,
    brandId: string,
    rowId: string,
    corrections: readonly RowCorrection[],
    at: Date,
  ): Promise<readonly RowCorrection[]> {
    const [row] = await this.imports.rowsToMend(tx, brandId, [rowId]);
    if (!row) throw new NotFound('Problem');
    if (corrections.length === 0) throw new InvalidInput('correction', 'Say what to correct.');
    const before = row.mendedRecords ?? row.records;
    const kept = corrections.map((one) => protectedCorrection(this.tokens, brandId, row.mapping, one));
    const records = kept.reduce((rows, correction) => corrected(row, rows, correction), before);
    await this.imports.saveMendedRecords(tx, brandId, rowId, records, at);
    return kept;
  }

  /** One outcome each, in their order. */
  async replay(tx: Transaction, receipt: Receipt, rowIds: readonly string[]): Promise<readonly ReplayedProblem[]> {
    if (rowIds.length === 0) return [];
    const rows = await this.imports.rowsToMend(tx, receipt.brandId, rowIds);
    const byId = new Map(rows.map((row) => [row.rowId, row]));
    const replayed: ReplayedProblem[] = [];
    for (const rowId of rowIds) {
      const row = byId.get(rowId);
      if (row) replayed.push(await this.replayOne(tx, receipt, row));
    }
    return replayed;
  }

  private async replayOne(tx: Transaction, receipt: Receipt, row: RowToMend): Promise<ReplayedProblem> {
    const { rowId: problemId, mapping, source, importId } = row;
    const records = row.mendedRecords ?? row.records;
    const told = this.read(row, () => this.reader.readRows(mapping, source, records));
    const [bad = null] = told.badRows;
    await this.imports.decideRow(tx, receipt.brandId, problemId, bad, receipt.receivedAt);
    if (bad) return { problemId, outcome: 'unreadable', reason: { code: bad.code, message: bad.message } };
    const ofFile = { ...receipt, via: 'file' as const, importId };
    const sales = await this.sales.record(tx, ofFile, told.sales.map(eventOf));
    const refunds = await this.refunds.record(tx, ofFile, told.refunds.map(eventOf));
    const results: readonly (SaleResult | RefundResult)[] = [...sales, ...refunds];
    // Several where rows were parted by the correction; the one that still waits says most.
    const telling = results.find(({ status }) => status !== 'recorded') ?? results[0];
    return { problemId, outcome: telling?.status ?? 'duplicate', reason: telling?.reason ?? null };
  }

  private read(row: RowToMend, work: () => FileChunk): Pick<FileChunk, 'sales' | 'refunds' | 'badRows'> {
    try {
      return work();
    } catch (error) {
      const bad: BadRow = { ...reasonOf(error), line: row.line, column: null, externalId: null, records: [] };
      return { sales: [], refunds: [], badRows: [bad] };
    }
  }
}

function eventOf<Event>({ event }: { readonly event: Event }): Event {
  return event;
}

function corrected(row: RowToMend, rows: readonly FileRow[], { line, column, value }: RowCorrection) {
  const wanted = normalisedName(column);
  const found = rows.find((candidate) => candidate.line === line);
  if (!found) throw new InvalidInput('line', `The problem has no line ${line}.`);
  const name = Object.keys(found.values).find((known) => normalisedName(known) === wanted);
  const isMapped = Object.values(row.mapping.columns).some((names) => names.map(normalisedName).includes(wanted));
  if (name === undefined && !isMapped) throw new InvalidInput('column', `No field is read from a column "${column}".`);
  const key = name ?? column.trim();
  // A column that the file did not have is one of all its rows.
  return rows.map((other) => {
    const before = other.values[key] ?? '';
    return { ...other, values: { ...other.values, [key]: other.line === line ? value.trim() : before } };
  });
}
