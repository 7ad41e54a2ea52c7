import type { ImportRow, SalesImport } from '@evenhand/sales';
import { counted } from '../output';

/** What became of a file, in one line. */
export function importSummary(read: SalesImport): string {
  const parts = [
    `${counted(read.salesRecorded, 'sale')} recorded`,
    `${counted(read.refundsRecorded, 'refund')} recorded`,
    `${read.knownBefore} known before`,
    `${read.unattributed} unattributed`,
    `${read.parked} waiting for their sale`,
    `${read.refused} refused`,
    counted(read.badRows, 'bad row'),
    ...(read.ignored > 0 ? [`${counted(read.ignored, 'row')} left out by status`] : []),
  ];
  return `${read.dryRun ? 'A dry run: nothing was recorded. It would be: ' : ''}${parts.join(', ')}.`;
}

/** A row that was not recorded, with its reason. */
export function importRowText({ line, column, outcome, externalId, reason }: ImportRow): string {
  const place = column === null ? `line ${line}` : `line ${line}, ${column}`;
  const what = outcome === 'unreadable' ? 'bad row' : `${externalId ?? ''} ${outcome}`;
  return `  ${place}: ${what}, ${reason.code}: ${reason.message}`;
}

/** True where a row was bad or refused; unattributed and parked ones only wait. */
export function hasFailures({ badRows, refused }: SalesImport): boolean {
  return badRows + refused > 0;
}
