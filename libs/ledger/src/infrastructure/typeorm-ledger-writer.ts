import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { managerOf, queryPrepared } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { LedgerWriter, type PostedTransaction } from '../application/ledger-writer';
import type { TransactionDraft } from '../domain/transaction-draft';
import { POST_BATCH_SQL, postBatchParameters } from './post-batch-parameters';
import { POST_EARNING_SQL, postEarningParameters } from './post-earning-parameters';
import { brokenRuleOf } from './writer-errors';

interface PostedRow {
  readonly transaction_id: string;
  readonly is_duplicate: boolean;
}

interface PostedAloneRow {
  readonly transaction_id: string | null;
}

/**
 * Hands drafts as arrays to `ledger.post_batch`, and one that comes alone to `ledger.post_earning` where it is of the kind
 * that is for; with the system's rights: the use case has decided who may.
 */
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
    try {
      return await this.uow.asSystem(tx, async () => {
        const posted = await postAlone(tx, bookId, drafts);
        return posted ? [posted] : postTogether(tx, bookId, drafts);
      });
    } catch (error) {
      throw brokenRuleOf(error, drafts) ?? error;
    }
  }

  override async haveBookAlone(tx: Transaction, bookId: number): Promise<void> {
    await this.uow.asSystem(tx, () => managerOf(tx).query('select ledger.have_book_alone($1)', [bookId]));
  }
}

/** Null where the draft has to take the long way. */
async function postAlone(
  tx: Transaction,
  bookId: number,
  [draft, ...others]: readonly TransactionDraft[],
): Promise<PostedTransaction | null> {
  const parameters = draft && others.length === 0 ? postEarningParameters(bookId, draft) : null;
  if (!parameters) return null;
  const rows = await queryPrepared(tx, 'ledger.post_earning', POST_EARNING_SQL, parameters);
  const [row] = rows as readonly PostedAloneRow[];
  return row?.transaction_id ? { transactionId: BigInt(row.transaction_id), isDuplicate: false } : null;
}

async function postTogether(
  tx: Transaction,
  bookId: number,
  drafts: readonly TransactionDraft[],
): Promise<readonly PostedTransaction[]> {
  const rows = await queryPrepared(tx, 'ledger.post_batch', POST_BATCH_SQL, postBatchParameters(bookId, drafts));
  return (rows as readonly PostedRow[]).map((row) => ({
    transactionId: BigInt(row.transaction_id),
    isDuplicate: row.is_duplicate,
  }));
}
