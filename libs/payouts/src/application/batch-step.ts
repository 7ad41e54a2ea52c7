import { type Actor, Clock, NotFound, Outbox, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { BatchStore, type StoredBatch } from './batch-store';

/** What every step of a batch has in common: one transaction, the batch locked, the fact told. */
@Injectable()
export class BatchStep {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchStore,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** Runs `work` on the locked batch; throws `NotFound`. */
  run<T>(
    actor: Actor,
    batchId: string,
    work: (tx: Transaction, batch: StoredBatch, now: Date) => Promise<T>,
  ): Promise<T> {
    return this.uow.run(actor, async (tx) => {
      const batch = await this.batches.lock(tx, batchId);
      if (batch === null) throw new NotFound('Payout batch');
      return work(tx, batch, this.clock.now());
    });
  }

  tell(tx: Transaction, fact: string, batchId: string, payload: Readonly<Record<string, unknown>> = {}): Promise<void> {
    return this.outbox.append(tx, [{ type: `payouts.${fact}`, subjectId: batchId, payload }]);
  }
}
