import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { LedgerQueries } from '@evenhand/ledger';
import { EarningsReport, ListReportShares, PayoutReport } from '@evenhand/payouts';
import { Injectable } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromLedgerId, toConnection, toMoney } from '../graphql';
import { toPosting } from '../ledger/ledger.mapper';
import { PostingType } from '../ledger/posting.types';
import { OrderNumbers } from './order-numbers';
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

/** A share moves a handful of times: split, released, and once or twice per refund. */
const MAX_POSTINGS = 100;

@Resolver()
export class PayoutReportResolver {
  constructor(
    private readonly report: PayoutReport,
    private readonly reportShares: ListReportShares,
    private readonly earningsReport: EarningsReport,
    private readonly orders: OrderNumbers,
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

/** The postings of one share, with the rights of whoever asks. */
@Injectable()
abstract class PostingsOfShare {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerQueries,
  ) {}

  protected async of(actor: Actor, shareGlobalId: string): Promise<PostingType[]> {
    const { bookId, id } = fromLedgerId('share', shareGlobalId);
    const page = { first: MAX_POSTINGS, after: null };
    const found = await this.uow.read(actor, (tx) => this.ledger.postings(tx, { bookId, shareId: id }, page));
    return found.rows.map((row) => toPosting(row.node));
  }
}

@Resolver(() => EarningShareType)
export class EarningSharePostingsResolver extends PostingsOfShare {
  @ResolveField(() => [PostingType], { description: 'The movements of the share, in their order.' })
  postings(@CurrentActor() actor: Actor, @Parent() share: EarningShareType): Promise<PostingType[]> {
    return this.of(actor, share.id);
  }
}

@Resolver(() => PayoutReportShareType)
export class ReportSharePostingsResolver extends PostingsOfShare {
  @ResolveField(() => [PostingType], { description: 'The movements of the share, in their order.' })
  postings(@CurrentActor() actor: Actor, @Parent() share: PayoutReportShareType): Promise<PostingType[]> {
    return this.of(actor, share.id);
  }
}
