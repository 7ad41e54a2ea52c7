import { type Actor, Clock, NotFound, Outbox, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { endToEndIdOf } from '../domain/end-to-end-id';
import { BatchStore, type StoredBatch, type StoredItem } from './batch-store';

/** What became of an item: for its payee too. */
export interface ItemFact {
  readonly item: Omit<StoredItem, 'batchId' | 'state'>;
  readonly state: StoredItem['state'];
  readonly reason: string | null;
  readonly at: Date;
  readonly paid?: { readonly paidAt: Date; readonly bankReference: string };
}

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

  tellItems(tx: Transaction, batchId: string, facts: readonly ItemFact[]): Promise<void> {
    return this.outbox.append(
      tx,
      facts.map((fact) => ({
        type: `payouts.item_${fact.state}`,
        subjectId: batchId,
        payload: payloadOf(batchId, fact),
      })),
    );
  }
}

function payloadOf(batchId: string, { item, state, reason, at, paid }: ItemFact): Readonly<Record<string, unknown>> {
  const { itemId, partyId, currency, amountMinor } = item;
  return {
    batchId,
    itemId,
    partyId,
    currency,
    amountMinor: amountMinor.toString(),
    endToEndId: endToEndIdOf(itemId),
    state,
    reason,
    paidAt: paid?.paidAt.toISOString() ?? null,
    bankReference: paid?.bankReference ?? null,
    occurredAt: at.toISOString(),
  };
}
