import { createHash } from 'node:crypto';
import { PayoutAccountDirectory } from '@evenhand/parties';
import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { canonicalContent, type ContentItem } from '../domain/content';
import { BatchStore, type StoredBatch } from './batch-store';

export interface BatchContent {
  readonly items: readonly ContentItem[];
  /** sha256 of the canonical content, hex. */
  readonly hash: string;
}

/** What a batch would pay at this moment, and its hash. */
@Injectable()
export class ReadBatchContent {
  constructor(
    private readonly batches: BatchStore,
    private readonly accounts: PayoutAccountDirectory,
  ) {}

  async execute(tx: Transaction, batch: Pick<StoredBatch, 'batchId' | 'cutOff' | 'timeZone'>): Promise<BatchContent> {
    const planned = await this.batches.plannedContent(tx, batch.batchId);
    const accounts = await this.accounts.versionsOf(tx, planned);
    const items = planned.map((item) => ({
      ...item,
      account: accounts.get(`${item.partyId}:${item.currency}`) ?? null,
    }));
    return { items, hash: createHash('sha256').update(canonicalContent(batch, items), 'utf8').digest('hex') };
  }
}
