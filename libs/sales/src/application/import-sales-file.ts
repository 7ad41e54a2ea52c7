import { Clock, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type ImportReport, type ImportSalesFileCommand, MAX_EVENTS } from './commands';
import { authorizeIntake } from './intake-rights';
import type { Receipt } from './prepared-event';
import { RefundRecorder } from './refund-recorder';
import { SaleRecorder } from './sale-recorder';
import { SalesFileReader } from './sales-file-reader';

/** Runs `work` in a transaction with the system's rights: for an import one per part, for a dry run one that is undone. */
type Runner = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

class DryRunUndone extends Error {}

/**
 * Records the sales and then the refunds of a file, in parts of {@link MAX_EVENTS}; a part is recorded whole or not at
 * all, and the same file twice changes nothing. A dry run does the same work and undoes it.
 * Throws `UnreadableSalesFile`, `NotFound`, `Forbidden`, `BookNotOpen`.
 */
@Injectable()
export class ImportSalesFile {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly reader: SalesFileReader,
    private readonly sales: SaleRecorder,
    private readonly refunds: RefundRecorder,
  ) {}

  async execute(command: ImportSalesFileCommand): Promise<ImportReport> {
    const { actor, brandId } = command;
    authorizeIntake(actor, brandId);
    const receivedFrom = actor.kind === 'person' ? actor.userId : null;
    const receipt = { brandId, receivedAt: this.clock.now(), receivedFrom };
    if (command.dryRun) return this.undone(command, receipt);
    return this.record(command, receipt, (work) => this.uow.run(actor, (tx) => this.uow.asSystem(tx, () => work(tx))));
  }

  private async undone(command: ImportSalesFileCommand, receipt: Receipt): Promise<ImportReport> {
    const reports: ImportReport[] = [];
    try {
      await this.uow.run(command.actor, async (tx) => {
        reports.push(await this.record(command, receipt, (work) => this.uow.asSystem(tx, () => work(tx))));
        throw new DryRunUndone();
      });
    } catch (error) {
      if (!(error instanceof DryRunUndone)) throw error;
    }
    const report = reports.at(-1);
    if (!report) throw new DryRunUndone();
    return report;
  }

  private async record(command: ImportSalesFileCommand, receipt: Receipt, run: Runner): Promise<ImportReport> {
    const content = this.reader.read(command.format, command.content, command.source ?? command.format);
    const sales = await inParts(content.sales, (events) => run((tx) => this.sales.record(tx, receipt, events)));
    const refunds = await inParts(content.refunds, (events) => run((tx) => this.refunds.record(tx, receipt, events)));
    return { sales, refunds, badRows: content.badRows, dryRun: command.dryRun };
  }
}

async function inParts<Event, Result>(
  rows: readonly { readonly line: number; readonly event: Event }[],
  record: (events: readonly Event[]) => Promise<readonly Result[]>,
): Promise<readonly { readonly line: number; readonly result: Result }[]> {
  const all: { line: number; result: Result }[] = [];
  for (let start = 0; start < rows.length; start += MAX_EVENTS) {
    const part = rows.slice(start, start + MAX_EVENTS);
    const results = await record(part.map((row) => row.event));
    results.forEach((result, index) => all.push({ line: part[index]?.line ?? 0, result }));
  }
  return all;
}
