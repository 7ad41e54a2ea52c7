import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { Deal } from '../application/deal';
import { type DueTerm, TermRepository } from '../application/term-repository';
import type { DatedTerm, Period, TermNotice } from '../domain/dated-term';

/** A row of deals.term_notices with something to tell. */
interface DueRow {
  readonly term: DatedTerm;
  readonly from_day: string;
  readonly to_day: string;
  readonly days_left: number;
  readonly due_at: Date;
}

@Injectable()
export class SqlTermRepository extends TermRepository {
  override async insert(
    tx: Transaction,
    deal: Deal,
    term: DatedTerm,
    { from, to }: Period,
    { daysLeft, dueAt }: TermNotice,
  ): Promise<void> {
    await managerOf(tx).query(
      `insert into deals.term_notices (deal_id, term, brand_id, influencer_id, from_day, to_day, days_left, due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [deal.id, term, deal.brandId, deal.influencerId, from, to, daysLeft, dueAt],
    );
  }

  override async dealsWithDueTerm(tx: Transaction, now: Date, limit: number): Promise<readonly string[]> {
    const rows: { deal_id: string }[] = await managerOf(tx).query(
      'select deal_id from deals.term_notices where due_at <= $1 order by due_at, deal_id limit $2',
      [now, limit],
    );
    return [...new Set(rows.map((row) => row.deal_id))];
  }

  override async dueOf(tx: Transaction, dealId: string, now: Date): Promise<readonly DueTerm[]> {
    const rows: DueRow[] = await managerOf(tx).query(
      `select term, from_day::text, to_day::text, days_left, due_at from deals.term_notices
       where deal_id = $1 and due_at <= $2 order by due_at, term`,
      [dealId, now],
    );
    return rows.map(({ term, from_day, to_day, days_left, due_at }) => ({
      term,
      from: from_day,
      to: to_day,
      next: { daysLeft: days_left, dueAt: due_at },
    }));
  }

  override async saveNext(tx: Transaction, dealId: string, term: DatedTerm, next: TermNotice | null): Promise<void> {
    await managerOf(tx).query(
      `update deals.term_notices set days_left = coalesce($3, days_left), due_at = $4 where deal_id = $1 and term = $2`,
      [dealId, term, next?.daysLeft ?? null, next?.dueAt ?? null],
    );
  }
}
