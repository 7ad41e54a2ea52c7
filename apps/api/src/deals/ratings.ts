import { type Rating, ReadRatings } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';

type Loader = DataLoader<string, Rating>;

/** Ratings of parties; all that are asked for at the same moment are read at once. */
@Injectable()
export class Ratings {
  // The actor is an object of its own in every request.
  private readonly loaders = new WeakMap<Actor, Loader>();

  constructor(private readonly readRatings: ReadRatings) {}

  of(actor: Actor, partyId: string): Promise<Rating> {
    const loader =
      this.loaders.get(actor) ??
      new DataLoader((partyIds) => this.readRatings.execute({ actor, partyIds }), { cache: false });
    this.loaders.set(actor, loader);
    return loader.load(partyId);
  }
}
