import { type Actor, pageOf, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { shareKey } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import { ExplainShares } from './explain-shares';
import type { ReportFilter, ReportShare, ReportSharePage } from './report';
import { type FoundShare, ReportQueries } from './report-queries';
import { scopeOf } from './report-scope';

export interface ReportSharesQuery {
  readonly actor: Actor;
  readonly filter: ReportFilter;
  readonly page: PageRequest;
}

/**
 * The shares behind a figure of the payout report, in the order of earning: each with its source and what became of it.
 * Throws `UnknownTimeZone`, `InvalidInput`.
 */
@Injectable()
export class ListReportShares {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: ReportQueries,
    private readonly explain: ExplainShares,
    private readonly parties: PartyDirectory,
  ) {}

  async execute({ actor, filter, page }: ReportSharesQuery): Promise<ReportSharePage> {
    const scoped = scopeOf(actor, filter);
    return this.uow.read(actor, async (tx) => {
      const found = await this.queries.shares(tx, scoped, page);
      const names = await this.parties.namesOf(
        tx,
        found.rows.map((share) => share.partyId),
      );
      const payees = found.rows.filter((share) => share.role !== 'platform');
      const payouts = await this.explain.execute(tx, payees);
      const shares = found.rows.map((share): ReportShare => ({
        ...share,
        partyName: names.get(share.partyId)?.name ?? '',
        payout: payouts.get(shareKey(share)) ?? null,
      }));
      return { ...pageOf(shares, page, found.totalCount, cursorKeyOf), totals: found.totals };
    });
  }
}

function cursorKeyOf(share: Pick<FoundShare, 'earnedAt' | 'bookId' | 'shareId'>): readonly string[] {
  return [share.earnedAt.toISOString(), `${share.bookId}`, `${share.shareId}`];
}
