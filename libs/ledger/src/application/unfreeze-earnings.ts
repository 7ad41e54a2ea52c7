import { Clock, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { BookDirectory } from './book-directory';
import type { FreezeEarningsCommand } from './freeze-earnings';
import { Holds } from './holds';

/** Lifts the freeze of earnings for one reason; what is due is released by the next run, unless another freeze holds it. */
@Injectable()
export class UnfreezeEarnings {
  constructor(
    private readonly books: BookDirectory,
    private readonly holds: Holds,
    private readonly clock: Clock,
  ) {}

  async execute(
    tx: Transaction,
    { brandId, sources, reason }: Omit<FreezeEarningsCommand, 'includeReleased'>,
  ): Promise<void> {
    if (sources.length === 0) return;
    const bookId = await this.books.bookOf(tx, brandId);
    await this.holds.unfreezeEarnings(tx, { bookId, sources, reason }, this.clock.now());
  }
}
