import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork, systemActor } from '@evenhand/kernel';
import { bidsExpired } from './events';
import { BidRepository } from './repositories';

const CHUNK = 500;

/** Ends the open bids whose latest offer has expired. Several at once share the work; each bid ends once. */
@Injectable()
export class ExpireBids {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bids: BidRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute({ now }: { readonly now: Date }): Promise<{ readonly expired: number }> {
    let expired = 0;
    for (;;) {
      const inChunk = await this.expireChunk(now);
      expired += inChunk;
      if (inChunk < CHUNK) return { expired };
    }
  }

  private expireChunk(now: Date): Promise<number> {
    const actor = systemActor('expire bids');
    return this.uow.run(actor, async (tx) => {
      const expired = await this.bids.expireDue(tx, now, CHUNK);
      await this.outbox.append(tx, bidsExpired(actor, expired, 'offer_expired'));
      return expired.length;
    });
  }
}
