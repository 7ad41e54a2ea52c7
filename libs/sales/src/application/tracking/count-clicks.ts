import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type ClickCounts, ClickRepository } from './click-repository';

const NONE: ClickCounts = { total: 0, filtered: 0 };

/** How often the links of deals were followed, of those deals that the actor may see; zero for any other. */
@Injectable()
export class CountClicks {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clicks: ClickRepository,
  ) {}

  /** In the order of `dealIds`. */
  async execute(query: {
    readonly actor: Actor;
    readonly dealIds: readonly string[];
  }): Promise<readonly ClickCounts[]> {
    const { actor, dealIds } = query;
    const counts = await this.uow.read(actor, (tx) => this.clicks.countsOf(tx, dealIds));
    return dealIds.map((dealId) => counts.get(dealId) ?? NONE);
  }
}
