import {
  type Actor,
  type EarningKind,
  type Page,
  type PageRequest,
  requireLocalDate,
  requirePerson,
  requireTimeZone,
  UnitOfWork,
} from '@evenhand/kernel';
import type { Transaction } from '@evenhand/kernel';
import {
  type EarningFilter,
  type EarningTotal,
  type EarningView,
  LedgerQueries,
  shareKey,
  type ShareView,
} from '@evenhand/ledger';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { ExplainShares } from './explain-shares';
import type { SharePayout } from './report';
import { ReportQueries } from './report-queries';
import { visiblePayees } from './report-scope';

/** All given fields must hold. Days are local to `timeZone`, half-open [from, to), by the day of earning. */
export interface EarningsFilter {
  readonly timeZone: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly brandId?: string | null;
  readonly influencerId?: string | null;
  readonly dealId?: string | null;
  readonly campaignId?: string | null;
  readonly currency?: string | null;
  readonly kind?: EarningKind | null;
  /** The one deliverable or sale behind the earning. */
  readonly source?: EarningFilter['source'] | null;
  /** Recorded or taken back from by this transaction, or with shares that it released. */
  readonly transaction?: EarningFilter['transaction'] | null;
}

/** One link of the chain: who took what of an earning. */
export interface ChainShare extends ShareView {
  readonly partyName: string;
  /** Null where the payee is none of the actor's. */
  readonly payout: SharePayout | null;
}

export interface ReportedEarning extends Omit<EarningView, 'shares'> {
  readonly brandName: string;
  readonly influencerName: string;
  /** The whole chain of cuts, as far as the actor may see it. */
  readonly shares: readonly ChainShare[];
}

export interface EarningsPage extends Page<ReportedEarning> {
  readonly totals: readonly EarningTotal[];
}

/**
 * Earnings, latest first, each with the whole chain of shares; for the actor's own shares also what is held, available,
 * in payouts and paid, and why what is not paid is not. Throws `UnknownTimeZone`, `InvalidInput`, `Unauthenticated`.
 */
@Injectable()
export class EarningsReport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerQueries,
    private readonly queries: ReportQueries,
    private readonly explain: ExplainShares,
    private readonly parties: PartyDirectory,
  ) {}

  async execute(query: {
    readonly actor: Actor;
    readonly filter: EarningsFilter;
    readonly page: PageRequest;
  }): Promise<EarningsPage> {
    const { actor, filter, page } = query;
    if (actor.kind !== 'system') requirePerson(actor);
    requireTimeZone(filter.timeZone);
    return this.uow.read(actor, async (tx) => {
      const found = await this.ledger.earnings(tx, await this.ledgerFilter(tx, filter), page);
      const earnings = found.rows.map((row) => row.node);
      const payouts = await this.payoutsOf(tx, actor, earnings);
      const names = await this.parties.namesOf(
        tx,
        earnings.flatMap((earning) => [
          earning.brandId,
          earning.influencerId,
          ...earning.shares.map((share) => share.partyId),
        ]),
      );
      const nameOf = (id: string): string => names.get(id)?.name ?? '';
      const reported = (earning: EarningView): ReportedEarning => ({
        ...earning,
        brandName: nameOf(earning.brandId),
        influencerName: nameOf(earning.influencerId),
        shares: earning.shares.map((share) => ({
          ...share,
          partyName: nameOf(share.partyId),
          payout: payouts.get(shareKey(share)) ?? null,
        })),
      });
      return { ...found, rows: found.rows.map(({ node, cursor }) => ({ node: reported(node), cursor })) };
    });
  }

  private payoutsOf(
    tx: Transaction,
    actor: Actor,
    earnings: readonly EarningView[],
  ): Promise<ReadonlyMap<string, SharePayout>> {
    const payees = visiblePayees(actor);
    const shares = earnings
      .flatMap((earning) => earning.shares)
      .filter((share) => share.role !== 'platform' && (payees === null || payees.includes(share.partyId)));
    return this.explain.execute(tx, shares);
  }

  private async ledgerFilter(tx: Transaction, filter: EarningsFilter): Promise<EarningFilter> {
    const startOf = (field: string, day: string | null): Promise<Date | undefined> =>
      day === null
        ? Promise.resolve(undefined)
        : this.queries.startOfDay(tx, requireLocalDate(field, day), filter.timeZone);
    return {
      brandId: filter.brandId ?? undefined,
      influencerId: filter.influencerId ?? undefined,
      dealId: filter.dealId ?? undefined,
      campaignId: filter.campaignId ?? undefined,
      currency: filter.currency ?? undefined,
      kind: filter.kind ?? undefined,
      source: filter.source ?? undefined,
      transaction: filter.transaction ?? undefined,
      earnedFrom: await startOf('from', filter.from),
      earnedTo: await startOf('to', filter.to),
    };
  }
}
