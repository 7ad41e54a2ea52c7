import { decodeCursor, pageOf, type PageRequest, type Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { InboxRepository } from '../../application/inbox/inbox-repository';
import type { IntakeProblem, IntakeProblemFilter, Mend, ProblemPage } from '../../application/inbox/problem';
import { type MendRow, mendOf, type ProblemRow, problemOf } from './problem-rows';

const FILTERED = `from sales.inbox
  where brand_id = $1 and status = $2 and ($3::text is null or state = $3) and ($4::text is null or kind = $4)
    and ($5::text is null or via = $5) and ($6::text is null or source = $6)
    and ($7::text is null or reason_code = $7) and ($8::uuid is null or import_id = $8)
    and ($9::timestamptz is null or received_at >= $9) and ($10::timestamptz is null or received_at < $10)`;

@Injectable()
export class TypeormInboxRepository extends InboxRepository {
  override async page(tx: Transaction, filter: IntakeProblemFilter, page: PageRequest): Promise<ProblemPage> {
    const parameters = [
      filter.brandId,
      filter.status ?? 'open',
      filter.state ?? null,
      filter.kind ?? null,
      filter.via ?? null,
      filter.source ?? null,
      filter.reasonCode ?? null,
      filter.importId ?? null,
      filter.from ?? null,
      filter.to ?? null,
    ];
    const [receivedAt = null, problemId = null] = page.after === null ? [] : decodeCursor(page.after, 2);
    const rows = await managerOf(tx).query<ProblemRow[]>(
      `select * ${FILTERED} and ($11::timestamptz is null or (received_at, problem_id) < ($11, $12::uuid))
       order by received_at desc, problem_id desc limit $13`,
      [...parameters, receivedAt, problemId, page.first + 1],
    );
    const [count] = await managerOf(tx).query<{ count: number }[]>(
      `select count(*)::integer as count ${FILTERED}`,
      parameters,
    );
    const mends = await this.mendsOf(tx, filter.brandId, rows);
    const problems = rows.map((row) => ({ ...problemOf(row), mends: mends.get(row.problem_id) ?? [] }));
    return pageOf(problems, page, count?.count ?? 0, (problem) => [
      problem.receivedAt.toISOString(),
      problem.problemId,
    ]);
  }

  override async find(
    tx: Transaction,
    brandId: string,
    problemIds: readonly string[],
  ): Promise<readonly IntakeProblem[]> {
    if (problemIds.length === 0) return [];
    const rows = await managerOf(tx).query<ProblemRow[]>(
      'select * from sales.inbox where brand_id = $1 and problem_id = any ($2::uuid[])',
      [brandId, problemIds],
    );
    return rows.map(problemOf);
  }

  override async brandsWithOpen(tx: Transaction, reasonCode: string): Promise<readonly string[]> {
    const rows = await managerOf(tx).query<{ brand_id: string }[]>(
      `select distinct brand_id from sales.inbox where status = 'open' and reason_code = $1 order by brand_id`,
      [reasonCode],
    );
    return rows.map((row) => row.brand_id);
  }

  override async mendEvent(
    tx: Transaction,
    brandId: string,
    eventId: string,
    mended: { readonly content: string; readonly saleExternalId: string | null },
    at: Date,
  ): Promise<void> {
    await managerOf(tx).query(
      `update sales.intake_events set mended_content = $3, sale_external_id = $4, mended_at = $5, dismissed_at = null
       where brand_id = $1 and event_id = $2`,
      [brandId, eventId, mended.content, mended.saleExternalId, at],
    );
  }

  override async markReplayed(
    tx: Transaction,
    brandId: string,
    problemIds: readonly string[],
    at: Date,
  ): Promise<void> {
    if (problemIds.length === 0) return;
    const parameters = [brandId, problemIds, at];
    await managerOf(tx).query(
      `update sales.intake_events
       set dismissed_at = null, mended_at = case when state = 'recorded' then $3 else mended_at end
       where brand_id = $1 and event_id = any ($2::uuid[])`,
      parameters,
    );
    await managerOf(tx).query(
      `update sales.deliveries set dismissed_at = null, mended_at = $3
       where brand_id = $1 and delivery_id = any ($2::uuid[])`,
      parameters,
    );
  }

  override async dismiss(tx: Transaction, brandId: string, problemIds: readonly string[], at: Date): Promise<void> {
    for (const [table, id, set] of DISMISSIBLE) {
      await managerOf(tx).query(`update sales.${table} set ${set} where brand_id = $1 and ${id} = any ($2::uuid[])`, [
        brandId,
        problemIds,
        at,
      ]);
    }
  }

  override async addMends(tx: Transaction, brandId: string, mends: readonly Mend[]): Promise<void> {
    if (mends.length === 0) return;
    await managerOf(tx).query(
      `insert into sales.mends (brand_id, mend_id, problem_id, action, changes, note, outcome, made_by, made_at)
       select $1, "mendId", "problemId", action, changes, note, outcome, "madeBy", "madeAt"
       from jsonb_to_recordset($2::jsonb) as mend ("mendId" uuid, "problemId" uuid, action text, changes text,
         note text, outcome text, "madeBy" uuid, "madeAt" timestamptz)`,
      [brandId, JSON.stringify(mends)],
    );
  }

  private async mendsOf(
    tx: Transaction,
    brandId: string,
    problems: readonly ProblemRow[],
  ): Promise<ReadonlyMap<string, readonly Mend[]>> {
    const mends = new Map<string, Mend[]>();
    if (problems.length === 0) return mends;
    const rows = await managerOf(tx).query<MendRow[]>(
      'select * from sales.mends where brand_id = $1 and problem_id = any ($2::uuid[]) order by mend_id',
      [brandId, problems.map((problem) => problem.problem_id)],
    );
    for (const row of rows) mends.set(row.problem_id, [...(mends.get(row.problem_id) ?? []), mendOf(row)]);
    return mends;
  }
}

const DISMISSIBLE = [
  ['intake_events', 'event_id', 'dismissed_at = $3'],
  ['deliveries', 'delivery_id', 'dismissed_at = $3'],
  ['import_rows', 'row_id', `state = 'dismissed', decided_at = $3`],
] as const;
