import { systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { managerOf, queryPrepared, SystemCalls } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { LedgerWriter, type PostedTransaction } from '../application/ledger-writer';
import type { TransactionDraft } from '../domain/transaction-draft';
import { POST_BATCH_SQL, postBatchParameters } from './post-batch-parameters';
import { POST_EARNING_CALL, POST_EARNING_SQL, postEarningParameters } from './post-earning-parameters';
import { brokenRuleOf } from './writer-errors';

interface PostedRow {
  readonly transaction_id: string;
  readonly is_duplicate: boolean;
}

interface PostedShortRow {
  readonly transaction_id: string | null;
}

const ALONE = systemActor('ledger writer');

/**
 * Hands drafts as arrays to `ledger.post_batch`, and one that comes alone to `ledger.post_earning` where it is of the kind
 * that is for; with the system's rights: the use case has decided who may.
 */
@Injectable()
export class TypeormLedgerWriter extends LedgerWriter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly calls: SystemCalls,
  ) {
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
        const posted = await postShort(tx, bookId, drafts);
        return posted ? [posted] : postTogether(tx, bookId, drafts);
      });
    } catch (error) {
      throw brokenRuleOf(error, drafts) ?? error;
    }
  }

  override async postAlone(bookId: number, draft: TransactionDraft): Promise<PostedTransaction> {
    const posted = await this.callShort(bookId, draft);
    return posted ?? this.uow.run(ALONE, (tx) => this.postOne(tx, bookId, draft));
  }

  override async haveBookAlone(tx: Transaction, bookId: number): Promise<void> {
    await this.uow.asSystem(tx, () => managerOf(tx).query('select ledger.have_book_alone($1)', [bookId]));
  }

  private async callShort(bookId: number, draft: TransactionDraft): Promise<PostedTransaction | null> {
    const parameters = postEarningParameters(bookId, draft, true);
    if (!parameters) return null;
    try {
      const id = await this.calls.call('ledger.post_earning alone', POST_EARNING_CALL, parameters);
      return recorded(id as PostedShortRow['transaction_id']);
    } catch (error) {
      throw brokenRuleOf(error, [draft]) ?? error;
    }
  }
}

/** Null where the draft has to take the long way. */
async function postShort(
  tx: Transaction,
  bookId: number,
  [draft, ...others]: readonly TransactionDraft[],
): Promise<PostedTransaction | null> {
  const parameters = draft && others.length === 0 ? postEarningParameters(bookId, draft, false) : null;
  if (!parameters) return null;
  const rows = await queryPrepared(tx, 'ledger.post_earning', POST_EARNING_SQL, parameters);
  const [row] = rows as readonly PostedShortRow[];
  return recorded(row?.transaction_id ?? null);
}

function recorded(transactionId: string | null): PostedTransaction | null {
  return transactionId === null ? null : { transactionId: BigInt(transactionId), isDuplicate: false };
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
