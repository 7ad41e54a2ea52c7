import type { Actor } from '@evenhand/kernel';
import { type ClickCounts, CountClicks } from '@evenhand/sales';
import { Injectable } from '@nestjs/common';
import { LoaderPerActor } from '../graphql';

/** Clicks on the links of a deal; all that are asked for at the same moment are counted at once. */
@Injectable()
export class ClicksOfDeal {
  private readonly loader = new LoaderPerActor<string, ClickCounts>((actor, dealIds) =>
    this.countClicks.execute({ actor, dealIds }),
  );

  constructor(private readonly countClicks: CountClicks) {}

  of(actor: Actor, dealId: string): Promise<ClickCounts> {
    return this.loader.load(actor, dealId);
  }
}
