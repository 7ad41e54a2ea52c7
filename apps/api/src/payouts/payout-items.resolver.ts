import type { Actor } from '@evenhand/kernel';
import {
  GetPayoutItem,
  ListPayoutExclusions,
  ListPayoutItems,
  ListPayoutLines,
  MarkItemPaid,
  MarkItemRejected,
  MarkItemUnknown,
} from '@evenhand/payouts';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, PageArgs, toConnection } from '../graphql';
import { toExclusion, toItem, toLine, toMoneys } from './batch.mapper';
import {
  PayoutBatchType,
  PayoutExclusionConnection,
  PayoutItemConnection,
  PayoutItemType,
  PayoutLineConnection,
} from './batch.types';
import { OrdersBehind } from './orders-behind';
import { PayoutItemsArgs } from './payouts.args';
import { MarkPayoutItemPaidInput, MarkPayoutItemRejectedInput, MarkPayoutItemUnknownInput } from './payouts.inputs';
import { MarkPayoutItemPaidResult, MarkPayoutItemRejectedResult, MarkPayoutItemUnknownResult } from './payouts.results';

@Resolver(() => PayoutItemType)
export class PayoutItemsResolver {
  constructor(
    private readonly getItem: GetPayoutItem,
    private readonly listItems: ListPayoutItems,
    private readonly listLines: ListPayoutLines,
    private readonly paid: MarkItemPaid,
    private readonly rejected: MarkItemRejected,
    private readonly unknown: MarkItemUnknown,
    private readonly orders: OrdersBehind,
  ) {}

  @Query(() => PayoutItemType)
  payoutItem(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<PayoutItemType> {
    return this.shown(actor, fromGlobalId('payout', id));
  }

  @Query(() => PayoutItemConnection, {
    description: 'Transfers to the viewer, or to anybody for finance; latest first.',
  })
  async payoutItems(
    @CurrentActor() actor: Actor,
    @Args() { payeeId, states, ...page }: PayoutItemsArgs,
  ): Promise<PayoutItemConnection> {
    const filter = { payeeId: payeeId ? fromGlobalId('party', payeeId) : null, states: states ?? null };
    const found = await this.listItems.execute({ actor, filter, page });
    return { ...toConnection(found, toItem), totals: toMoneys(found.totals) };
  }

  @ResolveField(() => PayoutLineConnection, { description: 'The postings it pays, each with what is behind it.' })
  async lines(
    @CurrentActor() actor: Actor,
    @Parent() item: PayoutItemType,
    @Args() page: PageArgs,
  ): Promise<PayoutLineConnection> {
    const found = await this.listLines.execute({ actor, itemId: fromGlobalId('payout', item.id), page });
    const orders = await this.orders.of(
      actor,
      found.rows.map((row) => row.node),
    );
    return { ...toConnection(found, (line) => toLine(line, orders)), totals: toMoneys(found.totals) };
  }

  @Mutation(() => MarkPayoutItemPaidResult.type)
  markPayoutItemPaid(@CurrentActor() actor: Actor, @Input() input: MarkPayoutItemPaidInput) {
    return MarkPayoutItemPaidResult.of(async () => {
      const itemId = fromGlobalId('payout', input.itemId);
      const { bankReference, paidAt, idempotencyKey } = input;
      await this.paid.execute({ actor, itemId, bankReference, paidAt, idempotencyKey });
      return this.shown(actor, itemId);
    });
  }

  @Mutation(() => MarkPayoutItemRejectedResult.type)
  markPayoutItemRejected(@CurrentActor() actor: Actor, @Input() input: MarkPayoutItemRejectedInput) {
    return MarkPayoutItemRejectedResult.of(async () => {
      const itemId = fromGlobalId('payout', input.itemId);
      await this.rejected.execute({ actor, itemId, reason: input.reason, idempotencyKey: input.idempotencyKey });
      return this.shown(actor, itemId);
    });
  }

  @Mutation(() => MarkPayoutItemUnknownResult.type)
  markPayoutItemUnknown(@CurrentActor() actor: Actor, @Input() input: MarkPayoutItemUnknownInput) {
    return MarkPayoutItemUnknownResult.of(async () => {
      const itemId = fromGlobalId('payout', input.itemId);
      await this.unknown.execute({ actor, itemId, reason: input.reason, idempotencyKey: input.idempotencyKey });
      return this.shown(actor, itemId);
    });
  }

  private async shown(actor: Actor, itemId: string): Promise<PayoutItemType> {
    return toItem(await this.getItem.execute({ actor, itemId }));
  }
}

@Resolver(() => PayoutBatchType)
export class PayoutBatchContentsResolver {
  constructor(
    private readonly listItems: ListPayoutItems,
    private readonly listExclusions: ListPayoutExclusions,
  ) {}

  @ResolveField(() => PayoutItemConnection)
  async items(
    @CurrentActor() actor: Actor,
    @Parent() batch: PayoutBatchType,
    @Args() page: PageArgs,
  ): Promise<PayoutItemConnection> {
    const filter = { batchId: fromGlobalId('batch', batch.id) };
    const found = await this.listItems.execute({ actor, filter, page });
    return { ...toConnection(found, toItem), totals: toMoneys(found.totals) };
  }

  @ResolveField(() => PayoutExclusionConnection, { description: 'What it does not pay, and why.' })
  async exclusions(
    @CurrentActor() actor: Actor,
    @Parent() batch: PayoutBatchType,
    @Args() page: PageArgs,
  ): Promise<PayoutExclusionConnection> {
    const filter = { batchId: fromGlobalId('batch', batch.id) };
    const found = await this.listExclusions.execute({ actor, filter, page });
    return { ...toConnection(found, toExclusion), totals: toMoneys(found.totals) };
  }
}
