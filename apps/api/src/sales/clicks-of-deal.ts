import type { Actor } from '@evenhand/kernel';
import { type ClickCounts, CountClicks } from '@evenhand/sales';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';

type Loader = DataLoader<string, ClickCounts>;

/** Clicks on the links of a deal; all that are asked for at the same moment are counted at once. */
@Injectable()
export class ClicksOfDeal {
  // The actor is an object of its own in every request.
  private readonly loaders = new WeakMap<Actor, Loader>();

  constructor(private readonly countClicks: CountClicks) {}

  of(actor: Actor, dealId: string): Promise<ClickCounts> {
    const loader =
      this.loaders.get(actor) ??
      new DataLoader((dealIds) => this.countClicks.execute({ actor, dealIds }), { cache: false });
    this.loaders.set(actor, loader);
    return loader.load(dealId);
  }
}
