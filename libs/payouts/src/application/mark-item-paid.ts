import { type Actor, InvalidInput } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type RecordedOutcome, RecordOutcome } from './record-outcome';

export interface MarkItemPaidCommand {
  readonly actor: Actor;
  readonly itemId: string;
  /** The bank's own reference, 1 to 140 characters. */
  readonly bankReference: string;
  readonly paidAt: Date;
  readonly idempotencyKey: string;
}

const MAX_REFERENCE = 140;

/** The bank has paid an item. Throws `NotFound`, `InvalidTransition`, `IdempotencyConflict`. */
@Injectable()
export class MarkItemPaid {
  constructor(private readonly record: RecordOutcome) {}

  async execute({ actor, itemId, paidAt, idempotencyKey, ...rest }: MarkItemPaidCommand): Promise<RecordedOutcome> {
    const bankReference = rest.bankReference.trim();
    if (bankReference.length === 0 || bankReference.length > MAX_REFERENCE) {
      throw new InvalidInput('bankReference', `Give the bank's reference, 1 to ${MAX_REFERENCE} characters.`);
    }
    return this.record.execute({
      actor,
      itemId,
      idempotencyKey,
      outcome: 'paid',
      bankReference,
      reason: null,
      occurredAt: paidAt,
    });
  }
}
