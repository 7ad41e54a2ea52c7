import { type Actor, encodeCursor, InvalidInput, pageOf, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import type { Transaction } from '@evenhand/kernel';
import { PartyDirectory, type PartyName } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { ReportFilter, ReportKey, ReportPage, ReportRow } from './report';
import { type GroupedCut, type GroupedRow, ReportQueries } from './report-queries';
import { scopeOf } from './report-scope';

export interface PayoutReportQuery {
  readonly actor: Actor;
  readonly filter: ReportFilter;
  /** At least one; the currency is added where it is not named. */
  readonly groupBy: readonly ReportKey[];
  readonly page: PageRequest;
}

type Names = ReadonlyMap<string, PartyName>;

/**
 * Gross, cuts, shares, and what of them is held, available, in payouts and paid, grouped by the keys asked for, with
 * totals per currency over all filtered rows. Whoever is not of finance sees the rows of its own parties, with the same
 * numbers. Throws `UnknownTimeZone`, `InvalidInput`.
 */
@Injectable()
export class PayoutReport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: ReportQueries,
    private readonly parties: PartyDirectory,
  ) {}

  async execute({ actor, filter, groupBy, page }: PayoutReportQuery): Promise<ReportPage> {
    const scoped = scopeOf(actor, filter);
    const keys = keysOf(groupBy);
    return this.uow.read(actor, async (tx) => {
      const report = await this.queries.report(tx, scoped, keys, page);
      const rows = report.rows.slice(0, page.first);
      const [first, last] = [rows[0], rows.at(-1)];
      const cuts = first && last ? await this.queries.cuts(tx, scoped, keys, first.keys, last.keys) : [];
      const names = await this.namesOf(tx, keys, rows, cuts);
      const cutsByRow = groupCuts(cuts);
      const nodes = report.rows.map((row) => rowOf(row, keys, cutsByRow.get(encodeCursor(row.keys)) ?? [], names));
      const keysByNode = new Map(nodes.map((node, index) => [node, report.rows[index]?.keys ?? []]));
      return {
        ...pageOf(nodes, page, report.totalCount, (node) => keysByNode.get(node) ?? []),
        totals: report.totals,
      };
    });
  }

  private namesOf(
    tx: Transaction,
    keys: readonly ReportKey[],
    rows: readonly GroupedRow[],
    cuts: readonly GroupedCut[],
  ): Promise<Names> {
    const ids = rows.flatMap((row) => keys.flatMap((key, index) => partyIdsOf(key, row.keys[index] ?? '')));
    return this.parties.namesOf(tx, [...ids, ...cuts.map((cut) => cut.partyId)]);
  }
}

function keysOf(groupBy: readonly ReportKey[]): readonly ReportKey[] {
  if (groupBy.length === 0) throw new InvalidInput('groupBy', 'Name at least one key to group by.');
  if (new Set(groupBy).size !== groupBy.length) throw new InvalidInput('groupBy', 'Name each key once.');
  if (groupBy.includes('month') && groupBy.includes('day')) {
    throw new InvalidInput('groupBy', 'Group by month or by day, not by both.');
  }
  return groupBy.includes('currency') ? groupBy : [...groupBy, 'currency'];
}

function partyIdsOf(key: ReportKey, value: string): readonly string[] {
  if (key === 'payee' || key === 'brand') return [value];
  return key === 'agency' && value !== '' ? value.split(',') : [];
}

function groupCuts(cuts: readonly GroupedCut[]): ReadonlyMap<string, readonly GroupedCut[]> {
  const byRow = new Map<string, GroupedCut[]>();
  for (const cut of cuts) {
    const row = encodeCursor(cut.keys);
    byRow.set(row, [...(byRow.get(row) ?? []), cut]);
  }
  return byRow;
}

function rowOf(row: GroupedRow, keys: readonly ReportKey[], cuts: readonly GroupedCut[], names: Names): ReportRow {
  const { keys: values, ...measures } = row;
  const valueOf = (key: ReportKey): string | null => values[keys.indexOf(key)] ?? null;
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id)?.name ?? null));
  const [payeeId, brandId, agency] = [valueOf('payee'), valueOf('brand'), valueOf('agency')];
  return {
    ...measures,
    payeeId,
    payeeName: nameOf(payeeId),
    period: valueOf('month') ?? valueOf('day'),
    brandId,
    brandName: nameOf(brandId),
    campaignId: valueOf('campaign'),
    agencies:
      agency === null ? null : partyIdsOf('agency', agency).map((id) => ({ partyId: id, name: nameOf(id) ?? '' })),
    cuts: cuts.map(({ role, partyId, amountMinor, reversedMinor }) => ({
      role,
      partyId,
      partyName: nameOf(partyId) ?? '',
      amountMinor,
      reversedMinor,
    })),
  };
}
