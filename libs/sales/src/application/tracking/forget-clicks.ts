import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { ClickRepository } from './click-repository';

const ACTOR = systemActor('forget clicks');

/** Deletes the clicks that no sale can need any more: those older than their deal's window, and a month to tell of a sale. */
@Injectable()
export class ForgetClicks {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clicks: ClickRepository,
  ) {}

  /** How many it were; each transaction deletes up to `limit`. */
  async execute({ now, limit }: { readonly now: Date; readonly limit: number }): Promise<number> {
    let forgotten = 0;
    for (;;) {
      const some = await this.uow.run(ACTOR, (tx) => this.clicks.forget(tx, now, limit));
      forgotten += some;
      if (some < limit) return forgotten;
    }
  }
}
