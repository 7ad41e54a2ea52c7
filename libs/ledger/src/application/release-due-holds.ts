import { eachAlone, Outbox, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { Holds } from './holds';

export interface ReleaseDueHoldsCommand {
  readonly now: Date;
  /** Most holds to release in this run; one holds all shares of its earning. */
  readonly limit: number;
}

const ACTOR = systemActor('release due holds');

/** Holds of one book released in one database transaction, so that locks are held shortly. */
const CHUNK = 1000;

/**
 * Makes the shares of due holds available, never frozen ones, never twice; safe to run in several workers at once.
 * Answers how many holds;
 * throws an `AggregateError` of the books that failed after all others were tried.
 */
@Injectable()
export class ReleaseDueHolds {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly holds: Holds,
    private readonly outbox: Outbox,
  ) {}

  async execute({ now, limit }: ReleaseDueHoldsCommand): Promise<{ readonly released: number }> {
    const books = await this.uow.run(ACTOR, (tx) => this.holds.booksWithDue(tx, now, limit));
    let released = 0;
    await eachAlone(books, async (bookId) => {
      // Until nothing is left: a chunk may be smaller than was asked for.
      for (let chunk = CHUNK; chunk > 0 && released < limit;) {
        chunk = await this.releaseChunk(bookId, now, Math.min(CHUNK, limit - released));
        released += chunk;
      }
    });
    return { released };
  }

  private releaseChunk(bookId: number, now: Date, limit: number): Promise<number> {
    return this.uow.run(ACTOR, async (tx) => {
      const holdsReleased = await this.holds.releaseDue(tx, bookId, now, limit);
      if (holdsReleased > 0) {
        const payload = { bookId, holdsReleased };
        await this.outbox.append(tx, [{ type: 'ledger.holds_released', subjectId: `book:${bookId}`, payload }]);
      }
      return holdsReleased;
    });
  }
}
