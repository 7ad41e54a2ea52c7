import { Clock, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { EarningNotHeld } from '../domain/errors';
import { BookDirectory } from './book-directory';
import type { EarningSource } from './earning-store';
import { Holds } from './holds';

export interface FreezeEarningsCommand {
  readonly brandId: string;
  /** Each once. */
  readonly sources: readonly EarningSource[];
  /** Machine-readable, e.g. "risk"; an earning may be frozen for several reasons at once, beside its deal. */
  readonly reason: string;
  /** Also what is released already: it is not paid out. Left out, that is refused. */
  readonly includeReleased?: boolean;
}

/**
 * Stops the release of single earnings until lifted, and the payout of released ones where those are included: all of
 * them, or none. A freeze never expires; refunds still take back what it holds. Throws `EarningNotHeld` where one is
 * released already or was never recorded, `BookNotOpen`.
 */
@Injectable()
export class FreezeEarnings {
  constructor(
    private readonly books: BookDirectory,
    private readonly holds: Holds,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, command: FreezeEarningsCommand): Promise<void> {
    const { brandId, sources, reason, includeReleased = false } = command;
    if (sources.length === 0) return;
    const bookId = await this.books.bookOf(tx, brandId);
    const frozen = await this.holds.freezeEarnings(tx, { bookId, sources, reason, includeReleased }, this.clock.now());
    if (frozen < sources.length) throw new EarningNotHeld(sources.length - frozen);
  }
}
