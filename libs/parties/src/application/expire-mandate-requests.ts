import { Outbox, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { lapseVersion } from '../domain/mandate';
import { mandateEvent } from './mandate-event';
import { MandateRepository } from './mandate-repository';

const CHUNK = 200;

/** Marks requests that nobody answered within seven days; a periodic job. Answers how many. */
@Injectable()
export class ExpireMandateRequests {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute(command: { now: Date }): Promise<{ expired: number }> {
    let expired = 0;
    for (;;) {
      const chunk = await this.expireSome(command.now);
      expired += chunk;
      if (chunk < CHUNK) return { expired };
    }
  }

  private async expireSome(now: Date): Promise<number> {
    return this.uow.run(systemActor('expire mandate requests'), async (tx) => {
      const open = await this.mandates.lockLapsed(tx, now, CHUNK);
      const lapsed = open.map((before) => ({ before, after: lapseVersion(before, now) }));
      for (const { after } of lapsed) await this.mandates.save(tx, after);
      await this.outbox.append(
        tx,
        lapsed.map(({ before, after }) => mandateEvent('parties.mandate_expired', before, after, 'system')),
      );
      return lapsed.length;
    });
  }
}
