import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { BooksClock } from './books-clock';

const ACTOR = systemActor('settle records');

/** An instant is announced, then fenced off, then settled: each in a transaction of its own. */
const STEPS = 3;

/**
 * Settles what was recorded so far: everything recorded up to the instant answered has ended, and nothing will be
 * recorded at or before it, whatever the machines' clocks say. Sums and seals start from settled instants. A periodic job;
 * where a transaction is still under way, the next run goes on from there.
 */
@Injectable()
export class SettleRecords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: BooksClock,
  ) {}

  async execute(): Promise<Date | null> {
    let settled: Date | null = null;
    for (let step = 0; step < STEPS; step += 1) {
      settled = await this.uow.run(ACTOR, (tx) => this.clock.tick(tx));
    }
    return settled;
  }
}
