import type { Actor } from '@evenhand/kernel';
import { EarningsReport, ListReportShares, PayoutReport } from '@evenhand/payouts';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, toConnection, toMoney } from '../graphql';
import { PostingType } from '../ledger/posting.types';
import { OrdersBehind } from './orders-behind';
import { PostingsOfShare } from './postings-of-share';
import { EarningsArgs, PayoutReportArgs, PayoutReportSharesArgs } from './payouts.args';
import { toEarningsFilter, toReportFilter } from './payouts.filters';
import { EarningsFilterInput, PayoutReportFilterInput } from './payouts.inputs';
import { toEarning, toFigures, toReportRow, toReportShare } from './report.mapper';
import {
  EarningConnection,
  EarningShareType,
  PayoutReportConnection,
  PayoutReportShareConnection,
  PayoutReportShareType,
} from './report.types';

@Resolver()
export class PayoutReportResolver {
  constructor(
    private readonly report: PayoutReport,
    private readonly reportShares: ListReportShares,
    private readonly earningsReport: EarningsReport,
    private readonly orders: OrdersBehind,
  ) {}

  @Query(() => PayoutReportConnection, {
    description: 'Whoever is not of finance sees the rows of its own parties, with the same numbers.',
  })
  async payoutReport(
    @CurrentActor() actor: Actor,
    @Args() { groupBy, filter: input, ...page }: PayoutReportArgs,
  ): Promise<PayoutReportConnection> {
    const filter = toReportFilter(input ?? new PayoutReportFilterInput());
    const found = await this.report.execute({ actor, filter, groupBy, page });
    return {
      ...toConnection(found, toReportRow),
      totals: found.totals.map(toFigures),
      timeZone: filter.timeZone,
    };
  }

  @Query(() => PayoutReportShareConnection, { description: 'The shares behind a figure, in the order of earning.' })
  async payoutReportShares(
    @CurrentActor() actor: Actor,
    @Args() { filter: input, ...page }: PayoutReportSharesArgs,
  ): Promise<PayoutReportShareConnection> {
    const filter = toReportFilter(input ?? new PayoutReportFilterInput());
    const found = await this.reportShares.execute({ actor, filter, page });
    const orders = await this.orders.of(
      actor,
      found.rows.map((row) => row.node),
    );
    return {
      ...toConnection(found, (share) => toReportShare(share, orders)),
      totals: found.totals.map(({ currency, amountMinor, netMinor }) => ({
        amount: toMoney(amountMinor, currency),
        net: toMoney(netMinor, currency),
      })),
    };
  }

  @Query(() => EarningConnection, {
    description: 'Latest first, each with the whole chain of shares and why what is not paid is not.',
  })
  async earnings(
    @CurrentActor() actor: Actor,
    @Args() { filter: input, ...page }: EarningsArgs,
  ): Promise<EarningConnection> {
    const filter = toEarningsFilter(input ?? new EarningsFilterInput());
    const found = await this.earningsReport.execute({ actor, filter, page });
    const orders = await this.orders.of(
      actor,
      found.rows.map((row) => row.node),
    );
    return {
      ...toConnection(found, (earning) => toEarning(earning, orders)),
      totals: found.totals.map(({ currency, grossMinor, grossReversedMinor }) => ({
        gross: toMoney(grossMinor, currency),
        grossReversed: toMoney(grossReversedMinor, currency),
      })),
    };
  }
}

@Resolver(() => EarningShareType)
export class EarningSharePostingsResolver {
  constructor(private readonly postingsOfShare: PostingsOfShare) {}

  @ResolveField(() => [PostingType], { description: 'The movements of the share, in their order.' })
  postings(@CurrentActor() actor: Actor, @Parent() share: EarningShareType): Promise<PostingType[]> {
    return this.postingsOfShare.of(actor, share.id);
  }
}

@Resolver(() => PayoutReportShareType)
export class ReportSharePostingsResolver {
  constructor(private readonly postingsOfShare: PostingsOfShare) {}

  @ResolveField(() => [PostingType], { description: 'The movements of the share, in their order.' })
  postings(@CurrentActor() actor: Actor, @Parent() share: PayoutReportShareType): Promise<PostingType[]> {
    return this.postingsOfShare.of(actor, share.id);
  }
}
