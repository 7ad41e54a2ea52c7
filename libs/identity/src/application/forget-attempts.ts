import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { AttemptCounter } from './attempt-counter';

const CHUNK = 1_000;

/** Deletes counters whose window is over; a periodic job. Answers how many. */
@Injectable()
export class ForgetAttempts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly counter: AttemptCounter,
  ) {}

  async execute(command: { now: Date }): Promise<number> {
    let forgotten = 0;
    for (;;) {
      const chunk = await this.uow.run(systemActor('forget attempts'), (tx) =>
        this.counter.forgetEnded(tx, command.now, CHUNK),
      );
      forgotten += chunk;
      if (chunk < CHUNK) return forgotten;
    }
  }
}
