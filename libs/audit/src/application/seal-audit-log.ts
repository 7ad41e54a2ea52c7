import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { AuditLog } from './audit-log';

export interface SealAuditLogCommand {
  readonly now: Date;
  /** How many entries this run seals at most; what is left is sealed by the next. */
  readonly limit: number;
}

const ACTOR = systemActor('seal audit log');

/**
 * Links finished entries into the chain; a periodic job. No writer waits for it: it seals what had been written at the last
 * announcement, once every transaction of that time has ended. Of several runs at once one seals and the others do nothing.
 */
@Injectable()
export class SealAuditLog {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: AuditLog,
  ) {}

  /** How many entries were sealed. */
  async execute({ now, limit }: SealAuditLogCommand): Promise<number> {
    await this.uow.run(ACTOR, (tx) => this.log.announce(tx));
    return this.uow.run(ACTOR, (tx) => this.log.seal(tx, now, limit));
  }
}
