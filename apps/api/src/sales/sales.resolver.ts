import type { Actor } from '@evenhand/kernel';
import { BookNotOpen } from '@evenhand/ledger';
import { ListRefunds, ListSales, RecordRefunds, RecordSales } from '@evenhand/sales';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection } from '../graphql';
import { toRefundEvent, toSaleEvent } from './sale-events.mapper';
import {
  fromSaleFilter,
  RecordRefundsInput,
  RecordSalesInput,
  RefundsArgs,
  SaleFilterInput,
  SalesArgs,
} from './sales.inputs';
import { toRefund, toRefundEventResult, toSale, toSaleEventResult, toSaleTotals } from './sales.mapper';
import { RecordRefundsSuccess, RecordSalesSuccess, RefundConnection, SaleConnection } from './sales.types';

const RecordSalesResult = resultUnion('RecordSalesResult', () => RecordSalesSuccess, [BookNotOpen]);
const RecordRefundsResult = resultUnion('RecordRefundsResult', () => RecordRefundsSuccess, [BookNotOpen]);

@Resolver()
export class SalesResolver {
  constructor(
    private readonly recordSalesOf: RecordSales,
    private readonly recordRefundsOf: RecordRefunds,
    private readonly listSales: ListSales,
    private readonly listRefunds: ListRefunds,
  ) {}

  @Mutation(() => RecordSalesResult.type, {
    description: 'Records orders of a brand, each once however often it is sent; one result per event.',
  })
  recordSales(@CurrentActor() actor: Actor, @Input() input: RecordSalesInput) {
    return RecordSalesResult.of(async () => {
      const brandId = fromGlobalId('party', input.brandId);
      const events = input.events.map(toSaleEvent);
      const results = await this.recordSalesOf.execute({ actor, brandId, events });
      return { results: results.map(toSaleEventResult) };
    });
  }

  @Mutation(() => RecordRefundsResult.type, {
    description: 'Records refunds of a brand’s sales, each once; one that comes before its sale waits for it.',
  })
  recordRefunds(@CurrentActor() actor: Actor, @Input() input: RecordRefundsInput) {
    return RecordRefundsResult.of(async () => {
      const brandId = fromGlobalId('party', input.brandId);
      const events = input.events.map(toRefundEvent);
      const results = await this.recordRefundsOf.execute({ actor, brandId, events });
      return { results: results.map(toRefundEventResult) };
    });
  }

  @Query(() => SaleConnection, {
    description:
      'A brand’s own sales, and those attributed to oneself or to influencers represented now; newest first.',
  })
  async sales(@CurrentActor() actor: Actor, @Args() { filter, ...page }: SalesArgs): Promise<SaleConnection> {
    const wanted = fromSaleFilter(filter ?? new SaleFilterInput());
    const listed = await this.listSales.execute({ actor, filter: wanted, page });
    return { ...toConnection(listed, toSale), totals: listed.totals.map(toSaleTotals) };
  }

  @Query(() => RefundConnection, { description: 'The refunds of a sale, newest first.' })
  async refunds(@CurrentActor() actor: Actor, @Args() { saleId, ...page }: RefundsArgs): Promise<RefundConnection> {
    const filter = { saleId: fromGlobalId('sale', saleId) };
    return toConnection(await this.listRefunds.execute({ actor, filter, page }), toRefund);
  }
}
