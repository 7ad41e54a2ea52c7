import { type DisputeView, ReadDisputes } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { LoaderPerActor } from '../graphql';

/** Disputes of a deal; all that are asked for at the same moment are read at once. */
@Injectable()
export class DisputesOfDeal {
  private readonly loader = new LoaderPerActor<string, readonly DisputeView[]>((actor, dealIds) =>
    this.readDisputes.execute({ actor, dealIds }),
  );

  constructor(private readonly readDisputes: ReadDisputes) {}

  of(actor: Actor, dealId: string): Promise<readonly DisputeView[]> {
    return this.loader.load(actor, dealId);
  }
}
