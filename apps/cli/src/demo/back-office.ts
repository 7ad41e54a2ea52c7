import { MAX_PAGE_SIZE } from '@evenhand/kernel';
import { ReleaseDueHolds } from '@evenhand/ledger';
import {
  ApprovePayoutBatch,
  ExportPayoutBatch,
  ListPayoutItems,
  MarkItemPaid,
  PreparePayoutBatch,
  SubmitPayoutBatch,
} from '@evenhand/payouts';
import type { INestApplicationContext } from '@nestjs/common';
import type { Cast } from './cast';
import { UseCases } from './use-cases';

/** Key of the batch with which the story ends. */
export const LAST_BATCH_KEY = 'demo-second';
const RELEASE_LIMIT = 10_000;

/** What finance does: holds that end, and batches by two people. */
export class BackOffice extends UseCases {
  constructor(
    app: INestApplicationContext,
    private readonly cast: Cast,
  ) {
    super(app);
  }

  async releaseHolds(now: Date): Promise<void> {
    await this.get(ReleaseDueHolds).execute({ now, limit: RELEASE_LIMIT });
  }

  /** Drafts and submits a batch of everything that is available; answers its id and the hash of its content. */
  async submitBatch(idempotencyKey: string): Promise<{ readonly batchId: string; readonly contentHash: string }> {
    const actor = await this.cast.actor('noor');
    const { batchId } = await this.get(PreparePayoutBatch).execute({
      actor,
      cutOff: new Date(),
      timeZone: 'Europe/Paris',
      currencies: null,
      minimums: [{ currency: 'EUR', minimumMinor: 2_500n }],
      idempotencyKey,
    });
    return { batchId, ...(await this.get(SubmitPayoutBatch).execute({ actor, batchId })) };
  }

  /** The second person approves; the file goes to the bank and every item is paid. */
  async payBatch({ batchId, contentHash }: { batchId: string; contentHash: string }): Promise<void> {
    await this.get(ApprovePayoutBatch).execute({ actor: await this.cast.actor('emil'), batchId, contentHash });
    const actor = await this.cast.actor('noor');
    await this.get(ExportPayoutBatch).execute({ actor, batchId });
    const page = { first: MAX_PAGE_SIZE, after: null };
    const items = await this.get(ListPayoutItems).execute({ actor, filter: { batchId, states: ['sent'] }, page });
    for (const { itemId } of items.rows.map((row) => row.node)) {
      const idempotencyKey = `paid-${itemId}`;
      await this.get(MarkItemPaid).execute({
        actor,
        itemId,
        bankReference: idempotencyKey,
        paidAt: new Date(),
        idempotencyKey,
      });
    }
  }
}
