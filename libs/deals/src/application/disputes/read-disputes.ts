import { type Actor, groupBy, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { DisputeView } from './dispute';
import { DisputeRepository } from './dispute-repository';
import { disputeViewsOf } from './dispute-view';

/**
 * The disputes of each of the deals, in the order of their ids and the first opened first, that the actor may read: those
 * of their own deals, for operators and finance of all.
 */
@Injectable()
export class ReadDisputes {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly disputes: DisputeRepository,
    private readonly parties: PartyDirectory,
  ) {}

  async execute({
    actor,
    dealIds,
  }: {
    readonly actor: Actor;
    readonly dealIds: readonly string[];
  }): Promise<readonly (readonly DisputeView[])[]> {
    return this.uow.read(actor, async (tx) => {
      const views = await disputeViewsOf(tx, this.parties, await this.disputes.ofDeals(tx, dealIds));
      const byDeal = groupBy(views, ({ dispute }) => dispute.dealId);
      return dealIds.map((dealId) => byDeal.get(dealId) ?? []);
    });
  }
}
