import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { DealRepository } from './deal-repository';
import { type Fulfilment, NO_DUTIES } from './fulfilment';

/** Of each of the influencers, in the order of their ids. It is public, whoever's deals the duties come from. */
@Injectable()
export class ReadFulfilment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
  ) {}

  async execute({ influencerIds }: { readonly influencerIds: readonly string[] }): Promise<readonly Fulfilment[]> {
    return this.uow.read(systemActor('read-fulfilment'), async (tx) => {
      const counted = await this.deals.fulfilmentOf(tx, influencerIds);
      return influencerIds.map((influencerId) => counted.get(influencerId) ?? NO_DUTIES);
    });
  }
}
