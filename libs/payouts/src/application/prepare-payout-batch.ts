import { createHash } from 'node:crypto';
import {
  type Actor,
  Clock,
  IdempotencyConflict,
  IdGenerator,
  InvalidInput,
  Outbox,
  requireTimeZone,
  UnitOfWork,
} from '@evenhand/kernel';
import type { Transaction } from '@evenhand/kernel';
import { currencyOf } from '@evenhand/money';
import { PayoutAccountDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { endToEndIdOf } from '../domain/end-to-end-id';
import { authorizePreparing, userIdOf } from './access';
import { BatchStore, type NewBatch } from './batch-store';

export interface PreparePayoutBatchCommand {
  readonly actor: Actor;
  /** What became available up to here is paid; not in the future. */
  readonly cutOff: Date;
  /** IANA name: the zone in which people read the cut-off. */
  readonly timeZone: string;
  /** Null for every currency. */
  readonly currencies: readonly string[] | null;
  /** Least amount of an item, minor units; currencies that are not named have none. */
  readonly minimums: readonly { readonly currency: string; readonly minimumMinor: bigint }[];
  readonly idempotencyKey: string;
}

/**
 * Drafts a batch: one item per payee and currency over all books, and for everything that stays out the reason.
 * Preparations wait for one another, so that no posting and no brand's money is planned twice.
 * Throws `UnknownTimeZone`, `UnknownCurrency`, `IdempotencyConflict`.
 */
@Injectable()
export class PreparePayoutBatch {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchStore,
    private readonly accounts: PayoutAccountDirectory,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  async execute(command: PreparePayoutBatchCommand): Promise<{ readonly batchId: string }> {
    authorizePreparing(command.actor);
    const batch = this.newBatch(command);
    return this.uow.run(command.actor, async (tx) => {
      await this.batches.lockPreparation(tx);
      const first = await this.batches.findByKey(tx, batch.idempotencyKey);
      if (first !== null) {
        if (first.requestHash !== batch.requestHash) throw new IdempotencyConflict(batch.idempotencyKey);
        return { batchId: first.batchId };
      }
      await this.prepare(tx, batch);
      return { batchId: batch.batchId };
    });
  }

  private async prepare(tx: Transaction, batch: NewBatch): Promise<void> {
    const payees = await this.batches.unpaidPayees(tx, batch.currencies);
    const accounts = await this.accounts.versionsOf(tx, payees);
    const candidates = payees.map((payee) => {
      const itemId = this.ids.next();
      const hasAccount = accounts.has(`${payee.partyId}:${payee.currency}`);
      return { ...payee, itemId, endToEndId: endToEndIdOf(itemId), hasAccount };
    });
    await this.batches.addBatch(tx, batch);
    await this.batches.select(tx, batch, candidates);
    const payload = { cutOff: batch.cutOff.toISOString(), timeZone: batch.timeZone };
    await this.outbox.append(tx, [{ type: 'payouts.batch_prepared', subjectId: batch.batchId, payload }]);
  }

  private newBatch(command: PreparePayoutBatchCommand): NewBatch {
    const { actor, cutOff, idempotencyKey } = command;
    const now = this.clock.now();
    if (Number.isNaN(cutOff.getTime()) || cutOff > now) {
      throw new InvalidInput('cutOff', 'The cut-off must be an instant that has passed.');
    }
    const currencies = command.currencies?.map((code) => currencyOf(code).code).sort() ?? null;
    if (currencies?.length === 0) throw new InvalidInput('currencies', 'Name at least one currency, or none for all.');
    const minimums = minimumsOf(command);
    const timeZone = requireTimeZone(command.timeZone);
    const request = [
      cutOff.toISOString(),
      timeZone,
      currencies,
      minimums.map((m) => [m.currency, `${m.minimumMinor}`]),
    ];
    return {
      batchId: this.ids.next(),
      cutOff,
      timeZone,
      currencies,
      minimums,
      idempotencyKey,
      requestHash: createHash('sha256').update(JSON.stringify(request), 'utf8').digest('hex'),
      preparedBy: userIdOf(actor),
      preparedAt: now,
    };
  }
}

function minimumsOf({ minimums }: PreparePayoutBatchCommand): NewBatch['minimums'] {
  const byCurrency = new Map(minimums.map((m) => [currencyOf(m.currency).code as string, m.minimumMinor]));
  if (byCurrency.size !== minimums.length) throw new InvalidInput('minimums', 'Name each currency once.');
  if (minimums.some((m) => m.minimumMinor < 0n)) throw new InvalidInput('minimums', 'A minimum is zero or more.');
  return [...byCurrency]
    .map(([currency, minimumMinor]) => ({ currency, minimumMinor }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
