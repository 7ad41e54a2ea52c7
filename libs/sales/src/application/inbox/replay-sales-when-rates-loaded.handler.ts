import { OutboxHandler, systemActor, UnitOfWork } from '@evenhand/kernel';
import { RATES_NOT_LOADED } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import { InboxRepository } from './inbox-repository';
import { ReplayProblems } from './replay-problems';

const CLERK = systemActor('replay sales when rates loaded');

/** Sales that waited for exchange rates are taken in again; what is still without one waits on. */
@Injectable()
export class ReplaySalesWhenRatesLoaded extends OutboxHandler {
  readonly name = 'replay-sales-when-rates-loaded';
  readonly eventType = 'ledger.fx_rates_loaded';

  constructor(
    private readonly uow: UnitOfWork,
    private readonly inbox: InboxRepository,
    private readonly problems: ReplayProblems,
  ) {
    super();
  }

  /** Called again it finds what is left. A brand that fails keeps no other one waiting; its error is thrown at the end. */
  override async handle(): Promise<void> {
    const brandIds = await this.uow.read(CLERK, (tx) => this.inbox.brandsWithOpen(tx, RATES_NOT_LOADED));
    const errors: unknown[] = [];
    for (const brandId of brandIds) await this.replayAll(brandId).catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }

  private async replayAll(brandId: string): Promise<void> {
    const filter = { brandId, reasonCode: RATES_NOT_LOADED };
    let after: string | null = null;
    do {
      const part: Awaited<ReturnType<ReplayProblems['matching']>> = await this.problems.matching({
        actor: CLERK,
        filter,
        after,
      });
      after = part.endCursor;
    } while (after !== null);
  }
}
