import { type Rating, ReadRatings } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { LoaderPerActor } from '../graphql';

/** Ratings of parties; all that are asked for at the same moment are read at once. */
@Injectable()
export class Ratings {
  private readonly loader = new LoaderPerActor<string, Rating>((actor, partyIds) =>
    this.readRatings.execute({ actor, partyIds }),
  );

  constructor(private readonly readRatings: ReadRatings) {}

  of(actor: Actor, partyId: string): Promise<Rating> {
    return this.loader.load(actor, partyId);
  }
}
