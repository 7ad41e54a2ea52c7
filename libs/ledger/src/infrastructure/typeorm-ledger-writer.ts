import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { queryPrepared } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { LedgerWriter, type PostedTransaction } from '../application/ledger-writer';
import type { TransactionDraft } from '../domain/transaction-draft';
import { POST_BATCH_SQL, postBatchParameters } from './post-batch-parameters';
import { brokenRuleOf } from './writer-errors';

interface PostedRow {
  readonly transaction_id: string;
  readonly is_duplicate: boolean;
}

/** Hands drafts as arrays to `ledger.post_batch`, with the system's rights: the use case has decided who may. */
@Injectable()
export class TypeormLedgerWriter extends LedgerWriter {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override async post(
    tx: Transaction,
    bookId: number,
    drafts: readonly TransactionDraft[],
  ): Promise<readonly PostedTransaction[]> {
    if (drafts.length === 0) return [];
    const parameters = postBatchParameters(bookId, drafts);
    try {
      const rows = await this.uow.asSystem(tx, () =>
        queryPrepared(tx, 'ledger.post_batch', POST_BATCH_SQL, parameters),
      );
      return (rows as readonly PostedRow[]).map((row) => ({
        transactionId: BigInt(row.transaction_id),
        isDuplicate: row.is_duplicate,
      }));
    } catch (error) {
      throw brokenRuleOf(error, drafts) ?? error;
    }
  }
}
