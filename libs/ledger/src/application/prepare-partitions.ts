import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { Partitions } from './partitions';

/** Whoever sums a balance up to now looks into each that is ahead. */
const MONTHS_AHEAD = 1;

/** Keeps the partitions of this month and the next in place; a periodic job. Answers how many it made. */
@Injectable()
export class PreparePartitions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly partitions: Partitions,
  ) {}

  execute(): Promise<number> {
    return this.uow.run(systemActor('prepare partitions'), (tx) => this.partitions.ensure(tx, MONTHS_AHEAD));
  }
}
