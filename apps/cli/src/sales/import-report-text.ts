import type { ImportReport } from '@evenhand/sales';
import { counted } from '../output';

type Outcome = ImportReport['sales'][number] | ImportReport['refunds'][number];

/** The report for a person: what was done in one line, then every row that was not recorded, with its reason. */
export function importReportText(report: ImportReport): readonly string[] {
  const lines = [`${report.dryRun ? 'A dry run: nothing was written. It would be: ' : ''}${summaryOf(report)}`];
  const problems = [
    ...report.badRows.map(({ line, code, message }) => ({ line, text: `bad row, ${code}: ${message}` })),
    ...[...report.sales, ...report.refunds].flatMap(problemOf),
  ];
  for (const { line, text } of problems.sort((left, right) => left.line - right.line)) {
    lines.push(`  line ${line}: ${text}`);
  }
  return lines;
}

/** True where a row was bad or refused; unattributed and parked ones only wait. */
export function hasFailures(report: ImportReport): boolean {
  return report.badRows.length > 0 || [...report.sales, ...report.refunds].some(isRefused);
}

function isRefused({ result }: Outcome): boolean {
  return result.status === 'refused';
}

function summaryOf({ sales, refunds, badRows }: ImportReport): string {
  const parts = [
    `${counted(countOf(sales, 'recorded'), 'sale')} recorded`,
    `${counted(countOf(refunds, 'recorded'), 'refund')} recorded`,
    `${countOf([...sales, ...refunds], 'duplicate')} known before`,
    `${countOf(sales, 'unattributed')} unattributed`,
    `${countOf(refunds, 'parked')} waiting for their sale`,
    `${countOf([...sales, ...refunds], 'refused')} refused`,
    counted(badRows.length, 'bad row'),
  ];
  return `${parts.join(', ')}.`;
}

function countOf(outcomes: readonly Outcome[], status: string): number {
  return outcomes.filter(({ result }) => result.status === status).length;
}

function problemOf({ line, result }: Outcome): { readonly line: number; readonly text: string }[] {
  if (result.status === 'recorded' || result.status === 'duplicate') return [];
  const { code, message } = result.reason ?? { code: '', message: '' };
  return [{ line, text: `${result.externalId} ${result.status}, ${code}: ${message}` }];
}
