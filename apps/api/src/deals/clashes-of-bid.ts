import { type ExclusivityClash, ReadExclusivityClashes } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { LoaderPerActor } from '../graphql';

/** What bids clash with; all that are asked for at the same moment are read at once. */
@Injectable()
export class ClashesOfBid {
  private readonly loader = new LoaderPerActor<string, readonly ExclusivityClash[]>((actor, bidIds) =>
    this.readClashes.execute({ actor, bidIds }),
  );

  constructor(private readonly readClashes: ReadExclusivityClashes) {}

  of(actor: Actor, bidId: string): Promise<readonly ExclusivityClash[]> {
    return this.loader.load(actor, bidId);
  }
}
