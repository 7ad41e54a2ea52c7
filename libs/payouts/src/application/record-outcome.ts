import { createHash } from 'node:crypto';
import { type Actor, IdempotencyConflict, InvalidInput, nextState, NotFound, UnitOfWork } from '@evenhand/kernel';
import type { Transaction } from '@evenhand/kernel';
import { ConfirmPayouts, type PayoutTransfer, RejectPayouts } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import { batchStateAfter } from '../domain/batch';
import { isFinalItemState, type ItemCommand, ITEM_TRANSITIONS } from '../domain/item-state';
import { authorizePaying, userIdOf } from './access';
import { BatchStep } from './batch-step';
import { BatchStore, type StoredBatch, type StoredItem } from './batch-store';
import { type Outcome, OutcomeStore } from './outcome-store';

export interface RecordedOutcome {
  readonly itemId: string;
  readonly batchId: string;
}

export interface OutcomeRequest {
  readonly actor: Actor;
  readonly itemId: string;
  readonly idempotencyKey: string;
  readonly outcome: Outcome;
  readonly bankReference: string | null;
  readonly reason: string | null;
  /** When it happened at the bank. */
  readonly occurredAt: Date | null;
}

const COMMANDS: Readonly<Record<Outcome, ItemCommand>> = {
  paid: 'mark_paid',
  rejected: 'mark_rejected',
  unknown: 'mark_unknown',
};
const MAX_KEY = 200;

/** What the three outcomes have in common: once per key, the ledger in the same transaction, the batch settled at the end. */
@Injectable()
export class RecordOutcome {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly step: BatchStep,
    private readonly batches: BatchStore,
    private readonly outcomes: OutcomeStore,
    private readonly confirmPayouts: ConfirmPayouts,
    private readonly rejectPayouts: RejectPayouts,
  ) {}

  async execute(request: OutcomeRequest): Promise<RecordedOutcome> {
    const { actor, itemId, idempotencyKey } = request;
    authorizePaying(actor);
    if (idempotencyKey.length === 0 || idempotencyKey.length > MAX_KEY) {
      throw new InvalidInput('idempotencyKey', `Give a key of 1 to ${MAX_KEY} characters.`);
    }
    const found = await this.uow.read(actor, (tx) => this.batches.item(tx, itemId));
    if (found === null) throw new NotFound('Payout item');
    const { batchId } = found;
    return this.step.run(actor, batchId, async (tx, batch, now) => {
      if (!(await this.isKnown(tx, request))) {
        const item = (await this.batches.item(tx, itemId)) ?? found;
        await this.record(tx, batch, item, request, now);
      }
      return { itemId, batchId };
    });
  }

  private async isKnown(tx: Transaction, request: OutcomeRequest): Promise<boolean> {
    const first = await this.outcomes.find(tx, request.idempotencyKey);
    if (first === null) return false;
    if (first.requestHash !== requestHashOf(request)) throw new IdempotencyConflict(request.idempotencyKey);
    return true;
  }

  private async record(
    tx: Transaction,
    batch: StoredBatch,
    item: StoredItem,
    request: OutcomeRequest,
    now: Date,
  ): Promise<void> {
    const { outcome, bankReference, reason, idempotencyKey } = request;
    const { itemId } = item;
    const state = nextState('The payout item', ITEM_TRANSITIONS, item.state, COMMANDS[outcome]);
    const occurredAt = request.occurredAt ?? now;
    if (occurredAt > now) throw new InvalidInput('paidAt', 'A payment cannot be recorded before it happened.');
    await this.outcomes.add(tx, {
      idempotencyKey,
      requestHash: requestHashOf(request),
      itemId,
      outcome,
      bankReference,
      reason,
      occurredAt,
      recordedBy: userIdOf(request.actor),
      recordedAt: now,
    });
    await this.moveMoney(tx, item, outcome);
    const paid = outcome === 'paid' && bankReference !== null ? { paidAt: occurredAt, bankReference } : undefined;
    await this.batches.changeItems(tx, [{ itemId, state, reason, at: now, paid }]);
    await this.step.tellItems(tx, batch.batchId, [{ item, state, reason, at: now, paid }]);
    await this.settle(tx, batch, now);
  }

  private async moveMoney(tx: Transaction, item: StoredItem, outcome: Outcome): Promise<void> {
    if (outcome === 'unknown') return;
    const parts = await this.batches.partsOf(tx, item.itemId);
    const transfers = parts.map(({ bookId, amountMinor }): PayoutTransfer => ({
      idempotencyKey: `payout-${outcome}:${item.itemId}`,
      bookId,
      partyId: item.partyId,
      currency: item.currency,
      amountMinor,
      payoutItemId: item.itemId,
    }));
    const useCase = outcome === 'paid' ? this.confirmPayouts : this.rejectPayouts;
    await useCase.execute(tx, transfers);
  }

  private async settle(tx: Transaction, batch: StoredBatch, at: Date): Promise<void> {
    if (!(await this.batches.statesOf(tx, batch.batchId)).every(isFinalItemState)) return;
    batchStateAfter(batch, 'settle');
    await this.batches.change(tx, batch.batchId, { state: 'settled', at });
    await this.step.tell(tx, 'batch_settled', batch.batchId);
  }
}

function requestHashOf({ itemId, outcome, bankReference, reason, occurredAt }: OutcomeRequest): string {
  const request = [itemId, outcome, bankReference, reason, occurredAt?.toISOString() ?? null];
  return createHash('sha256').update(JSON.stringify(request), 'utf8').digest('hex');
}
