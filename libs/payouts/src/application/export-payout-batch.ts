import { type Actor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import {
  HoldOffFreezes,
  InsufficientClientCash,
  InsufficientPayable,
  type PayoutTransfer,
  SendPayouts,
} from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import { decideExport } from '../domain/batch';
import type { ContentItem } from '../domain/content';
import { isFinalItemState } from '../domain/item-state';
import { decideSending, type HeldBackReason, type PlannedTransfer } from '../domain/send-check';
import { authorizePaying, userIdOf } from './access';
import { type BankFile, BankFileStore, type NewBankFile } from './bank-file';
import { ReadBatchContent } from './batch-content';
import { BatchStep } from './batch-step';
import { BatchStore, type StoredBatch } from './batch-store';
import { ComposeBankFile } from './compose-bank-file';

export interface ExportedBatch extends BankFile {
  /** True where the batch had been exported before: the file is the same, nothing was sent. */
  readonly isRepeated: boolean;
}

interface Sending {
  readonly sent: readonly PlannedTransfer[];
  readonly heldBack: ReadonlyMap<string, HeldBackReason>;
}

/** The ledger's key of an item's transfer: the same at every attempt, so money leaves once. */
export function sendKeyOf(itemId: string): string {
  return `payout-sent:${itemId}`;
}

/**
 * Sends an approved batch: the ledger moves the money in transit and the bank's file is written, in one transaction.
 * Items that cannot be paid any more are held back with the reason. A repeated export answers with the same bytes.
 * Throws `NotFound`, `InvalidTransition`, `ApprovalExpired`, `ApprovalVoid`.
 */
@Injectable()
export class ExportPayoutBatch {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly step: BatchStep,
    private readonly batches: BatchStore,
    private readonly content: ReadBatchContent,
    private readonly files: BankFileStore,
    private readonly compose: ComposeBankFile,
    private readonly sendPayouts: SendPayouts,
    private readonly holdOffFreezes: HoldOffFreezes,
  ) {}

  async execute({ actor, batchId }: { readonly actor: Actor; readonly batchId: string }): Promise<ExportedBatch> {
    authorizePaying(actor);
    return this.step.run(actor, batchId, async (tx, batch, now) => {
      const first = await this.files.find(tx, batchId);
      if (first !== null) return { ...first, isRepeated: true };
      const { items, hash } = await this.content.execute(tx, batch);
      decideExport(batch, hash, now);
      const withoutAccount = items.filter((item) => item.account === null).map((item) => item.itemId);
      const sending = await this.send(tx, batch, withoutAccount);
      const { file, accounts } = await this.compose.execute(tx, batch, sending.sent);
      const stored: NewBankFile = { ...file, batchId, exportedBy: userIdOf(actor), exportedAt: now };
      await this.files.add(tx, stored, accounts);
      await this.record(tx, batch, items, sending, now);
      return { ...file, isRepeated: false };
    });
  }

  /** Asks the ledger for all that looks payable; whom it refuses, because a refund came in between, is held back.
   * No deal becomes disputed while its money is being sent. */
  private async send(tx: Transaction, batch: StoredBatch, withoutAccount: readonly string[]): Promise<Sending> {
    await this.holdOffFreezes.execute(tx, await this.batches.plannedBooks(tx, batch.batchId));
    const planned = await this.batches.plannedTransfers(tx, batch.batchId);
    const heldBack = new Map<string, HeldBackReason>(withoutAccount.map((id) => [id, 'no_payout_account']));
    for (;;) {
      const decision = decideSending(planned.filter((transfer) => !heldBack.has(transfer.itemId)));
      decision.heldBack.forEach((reason, itemId) => heldBack.set(itemId, reason));
      const refused = await this.trySending(tx, decision.sent);
      if (refused === null) return { sent: decision.sent, heldBack };
      heldBack.set(refused.itemId, refused.reason);
    }
  }

  private async trySending(
    tx: Transaction,
    sent: readonly PlannedTransfer[],
  ): Promise<{ readonly itemId: string; readonly reason: HeldBackReason } | null> {
    try {
      await this.uow.savepoint(tx, () => this.sendPayouts.execute(tx, sent.map(transferOf)));
      return null;
    } catch (error) {
      const isShort = error instanceof InsufficientPayable || error instanceof InsufficientClientCash;
      const refused = isShort && sent.find((transfer) => sendKeyOf(transfer.itemId) === error.details['key']);
      if (!refused) throw error;
      const reason = error instanceof InsufficientPayable ? 'negative_balance' : 'waiting_for_brand_money';
      return { itemId: refused.itemId, reason };
    }
  }

  private async record(
    tx: Transaction,
    { batchId }: StoredBatch,
    items: readonly ContentItem[],
    { sent, heldBack }: Sending,
    at: Date,
  ): Promise<void> {
    const sentIds = new Set(sent.map((transfer) => transfer.itemId));
    const changes = [
      ...[...sentIds].map((itemId) => ({ itemId, state: 'sent' as const, reason: null, at })),
      ...[...heldBack].map(([itemId, reason]) => ({ itemId, state: 'held_back' as const, reason, at })),
    ];
    await this.batches.changeItems(tx, changes);
    const byId = new Map(changes.map((change) => [change.itemId, change]));
    const facts = items.flatMap((item) => {
      const change = byId.get(item.itemId);
      return change ? [{ ...change, item }] : [];
    });
    await this.step.tellItems(tx, batchId, facts);
    await this.batches.change(tx, batchId, { state: 'exported', at });
    await this.step.tell(tx, 'batch_exported', batchId, { items: sentIds.size, heldBack: [...heldBack.keys()] });
    if ((await this.batches.statesOf(tx, batchId)).every(isFinalItemState)) {
      await this.batches.change(tx, batchId, { state: 'settled', at });
      await this.step.tell(tx, 'batch_settled', batchId);
    }
  }
}

function transferOf({ itemId, bookId, partyId, currency, amountMinor }: PlannedTransfer): PayoutTransfer {
  return { idempotencyKey: sendKeyOf(itemId), bookId, partyId, currency, amountMinor, payoutItemId: itemId };
}
