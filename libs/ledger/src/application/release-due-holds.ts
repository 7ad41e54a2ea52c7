import { Outbox, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { Holds } from './holds';

export interface ReleaseDueHoldsCommand {
  readonly now: Date;
  /** Most shares to release in this run. */
  readonly limit: number;
}

/** Shares of one book released in one transaction row, so that locks are held shortly. */
const CHUNK = 1000;

/** Makes due shares available, never frozen ones, never twice; safe to run in several workers at once. */
@Injectable()
export class ReleaseDueHolds {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly holds: Holds,
    private readonly outbox: Outbox,
  ) {}

  async execute({ now, limit }: ReleaseDueHoldsCommand): Promise<{ readonly released: number }> {
    const actor = systemActor('release due holds');
    const books = await this.uow.run(actor, (tx) => this.holds.booksWithDue(tx, now, limit));
    let released = 0;
    for (const bookId of books) {
      for (let chunk = CHUNK; chunk === CHUNK && released < limit;) {
        const most = Math.min(CHUNK, limit - released);
        chunk = await this.uow.run(actor, async (tx) => {
          const sharesReleased = await this.holds.releaseDue(tx, bookId, now, most);
          if (sharesReleased > 0) {
            const payload = { bookId, sharesReleased };
            await this.outbox.append(tx, [{ type: 'ledger.holds_released', subjectId: `book:${bookId}`, payload }]);
          }
          return sharesReleased;
        });
        released += chunk;
      }
    }
    return { released };
  }
}
