import { Outbox, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { runOutVersion } from '../domain/mandate';
import { mandateEvent } from './mandate-event';
import { MandateRepository } from './mandate-repository';

const CHUNK = 200;

/**
 * Marks versions whose time is over, and tells of mandates that ended by it; a periodic job. Nobody's rights wait for it:
 * they end with the period. A version that another one follows was told of when that was accepted. Answers how many.
 */
@Injectable()
export class EndRunOutMandates {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute(command: { now: Date }): Promise<{ ended: number }> {
    let ended = 0;
    for (;;) {
      const chunk = await this.endSome(command.now);
      ended += chunk;
      if (chunk < CHUNK) return { ended };
    }
  }

  private async endSome(now: Date): Promise<number> {
    return this.uow.run(systemActor('end mandates'), async (tx) => {
      const over = await this.mandates.lockRunOut(tx, now, CHUNK);
      const changes = over.map((before) => ({ before, after: runOutVersion(before, now) }));
      for (const { after } of changes) await this.mandates.save(tx, after);
      const goOn = await this.mandates.inForceOf(
        tx,
        over.map(({ mandateId }) => mandateId),
        now,
      );
      const told = changes.filter(({ before }) => !goOn.has(before.mandateId));
      await this.outbox.append(
        tx,
        told.map(({ before, after }) => mandateEvent('parties.mandate_ended', before, after, 'system')),
      );
      return over.length;
    });
  }
}
