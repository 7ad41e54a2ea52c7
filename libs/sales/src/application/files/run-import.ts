import { Clock, DomainError, IdGenerator, systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { MAX_EVENTS } from '../commands';
import { IntakeRepository } from '../intake-repository';
import { reasonOf, type Receipt } from '../prepared-event';
import { RefundRecorder } from '../refund-recorder';
import type { IntakeReason, RefundResult, SaleResult } from '../results';
import { CustomerTokens } from '../risk/customer-tokens';
import { SaleRecorder } from '../sale-recorder';
import { type ImportRow, ImportStore, type SalesImport } from './import-store';
import { protectedRecords } from './protected-records';
import { type FileChunk, type ReadRow, SalesFileReader } from './sales-file-reader';

export interface RunImportCommand {
  readonly brandId: string;
  readonly importId: string;
}

const ACTOR = systemActor('run import');

type Outcome = { readonly line: number; readonly result: SaleResult | RefundResult };

/** Then it fails, some two hours after the first: what is our fault should be mended by then. */
const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 2_000;
const OURS: IntakeReason = { code: 'INTERNAL_ERROR', message: 'The file could not be read to its end.' };

class DryRunUndone extends Error {}

/**
 * Reads a stored file to its end: a chunk of rows, what became of them and how far it came in one transaction, so that one
 * that is killed goes on where it was, and two at once do nothing twice. A dry run does the same work and undoes it, chunk
 * by chunk. A file that makes no sense fails with its reason; anything else is
 * thrown, to be tried again with growing pauses.
 */
@Injectable()
export class RunImport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly imports: ImportStore,
    private readonly reader: SalesFileReader,
    private readonly intake: IntakeRepository,
    private readonly sales: SaleRecorder,
    private readonly refunds: RefundRecorder,
    private readonly tokens: CustomerTokens,
  ) {}

  /** What the import is afterwards; null where there is none. */
  async execute({ brandId, importId }: RunImportCommand): Promise<SalesImport | null> {
    const begun = await this.uow.run(ACTOR, (tx) => this.imports.find(tx, importId));
    if (!begun || begun.brandId !== brandId || !isDue(begun)) return begun;
    try {
      const isRead = await this.readAll(begun);
      if (!isRead) return await this.uow.run(ACTOR, (tx) => this.imports.find(tx, importId));
      await this.change(begun, (_before, now) => ({ state: 'done', finishedAt: now }));
    } catch (error) {
      if (!(error instanceof DomainError)) {
        await this.change(begun, afterFailure);
        throw error;
      }
      const reason = reasonOf(error);
      await this.change(begun, (_before, now) => ({ state: 'failed', finishedAt: now, reason }));
    }
    // Nothing of a dry run is to be read again.
    if (begun.dryRun) await this.uow.run(ACTOR, (tx) => this.imports.remove(tx, brandId, importId, false));
    return this.uow.run(ACTOR, (tx) => this.imports.find(tx, importId));
  }

  /** False where somebody else reads the same file, and is further. */
  private async readAll(begun: SalesImport): Promise<boolean> {
    const { brandId, importId, mapping, source } = begun;
    const survey = await this.reader.survey(mapping, source, this.imports.bytesOf(brandId, importId));
    await this.change(begun, () => ({ state: 'running', rowsTotal: survey.rows }));
    let { rowsRead } = begun;
    const bytes = this.imports.bytesOf(brandId, importId);
    for await (const chunk of this.reader.chunks(mapping, source, bytes, survey, rowsRead)) {
      const isOurs = await this.take(begun, rowsRead, chunk);
      if (!isOurs) return false;
      ({ rowsRead } = chunk);
    }
    return true;
  }

  private take(begun: SalesImport, rowsBefore: number, chunk: FileChunk): Promise<boolean> {
    return this.uow.run(ACTOR, async (tx) => {
      const locked = await this.imports.lock(tx, begun.brandId, begun.importId);
      if (!locked || !isDue(locked) || locked.rowsRead !== rowsBefore) return false;
      await this.intake.enter(tx, begun.brandId, 'alone');
      const now = this.clock.now();
      const receipt: Receipt = {
        brandId: begun.brandId,
        receivedAt: now,
        receivedFrom: begun.createdBy,
        via: 'file',
        importId: begun.importId,
      };
      const outcomes = begun.dryRun ? await this.undone(tx, receipt, chunk) : await this.record(tx, receipt, chunk);
      await this.imports.addRows(tx, begun, this.rowsOf(begun, chunk, outcomes), now);
      await this.imports.save(tx, counted(locked, chunk, outcomes));
      return true;
    });
  }

  private async undone(tx: Transaction, receipt: Receipt, chunk: FileChunk): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    try {
      await this.uow.savepoint(tx, async () => {
        outcomes.push(...(await this.record(tx, receipt, chunk)));
        throw new DryRunUndone();
      });
    } catch (error) {
      if (!(error instanceof DryRunUndone)) throw error;
    }
    return outcomes;
  }

  private async record(tx: Transaction, receipt: Receipt, { sales, refunds }: FileChunk): Promise<readonly Outcome[]> {
    return [
      ...(await inParts(sales, (events) => this.sales.record(tx, receipt, events))),
      ...(await inParts(refunds, (events) => this.refunds.record(tx, receipt, events))),
    ];
  }

  private rowsOf(begun: SalesImport, chunk: FileChunk, outcomes: readonly Outcome[]): readonly ImportRow[] {
    const { brandId, importId, source, mapping } = begun;
    const unreadable = chunk.badRows.map((bad): ImportRow => {
      const { line, column, code, message, externalId } = bad;
      const records = protectedRecords(this.tokens, brandId, mapping, bad.records);
      const row = { rowId: this.ids.next(), importId, line, column, source, externalId, records };
      return { ...row, outcome: 'unreadable', reason: { code, message } };
    });
    const events = outcomes.flatMap(({ line, result }): ImportRow[] => {
      const { externalId, source: own, reason } = result;
      const outcome = waitsAs(result);
      if (outcome === null || reason === null) return [];
      const row = { rowId: this.ids.next(), importId, line, column: null, source: own, externalId, records: [] };
      return [{ ...row, outcome, reason }];
    });
    return [...unreadable, ...events];
  }

  private change(
    { brandId, importId }: SalesImport,
    change: (before: SalesImport, now: Date) => Partial<SalesImport>,
  ): Promise<void> {
    return this.uow.run(ACTOR, async (tx) => {
      const locked = await this.imports.lock(tx, brandId, importId);
      if (!locked || !isDue(locked)) return;
      await this.imports.save(tx, { ...locked, ...change(locked, this.clock.now()) });
    });
  }
}

/** Our own failure: tried again with growing pauses, and left to a person in the end, who may send the file again. */
function afterFailure({ attempts }: SalesImport, now: Date): Partial<SalesImport> {
  if (attempts + 1 >= MAX_ATTEMPTS) return { state: 'failed', finishedAt: now, reason: OURS };
  return { attempts: attempts + 1, dueAt: new Date(now.getTime() + FIRST_PAUSE_MS * 2 ** attempts) };
}

function isDue({ state }: SalesImport): boolean {
  return state === 'waiting' || state === 'running';
}

/** How it waits for a person or its sale; null where it does not. */
function waitsAs({ status, firstStatus }: SaleResult | RefundResult): 'refused' | 'unattributed' | 'parked' | null {
  if (status === 'refused' || status === 'unattributed' || status === 'parked') return status;
  return firstStatus === 'unattributed' || firstStatus === 'parked' ? firstStatus : null;
}

function counted(before: SalesImport, chunk: FileChunk, outcomes: readonly Outcome[]): SalesImport {
  const results = outcomes.map(({ result }) => result);
  const count = (counts: (result: SaleResult | RefundResult) => boolean) => results.filter(counts).length;
  const isRepeated = ({ status, firstStatus }: SaleResult | RefundResult) =>
    status === 'duplicate' && firstStatus === 'recorded';
  return {
    ...before,
    attempts: 0,
    rowsRead: chunk.rowsRead,
    salesRecorded: before.salesRecorded + recordedIn(results, (result) => ('sales' in result ? result.sales : [])),
    refundsRecorded:
      before.refundsRecorded + recordedIn(results, (result) => ('refunds' in result ? result.refunds : [])),
    knownBefore: before.knownBefore + count(isRepeated),
    unattributed: before.unattributed + count((result) => waitsAs(result) === 'unattributed'),
    parked: before.parked + count((result) => waitsAs(result) === 'parked'),
    refused: before.refused + count(({ status }) => status === 'refused'),
    badRows: before.badRows + chunk.badRows.length,
    ignored: before.ignored + chunk.ignored,
  };
}

/** One row group may become several: one for each deal of an order. */
function recordedIn(
  results: readonly (SaleResult | RefundResult)[],
  recorded: (result: SaleResult | RefundResult) => readonly unknown[],
): number {
  return results
    .filter(({ status }) => status === 'recorded')
    .reduce((sum, result) => sum + recorded(result).length, 0);
}

async function inParts<Event>(
  rows: readonly ReadRow<Event>[],
  record: (events: readonly Event[]) => Promise<readonly (SaleResult | RefundResult)[]>,
): Promise<readonly Outcome[]> {
  const all: Outcome[] = [];
  for (let start = 0; start < rows.length; start += MAX_EVENTS) {
    const part = rows.slice(start, start + MAX_EVENTS);
    const results = await record(part.map((row) => row.event));
    results.forEach((result, index) => all.push({ line: part[index]?.line ?? 0, result }));
  }
  return all;
}
