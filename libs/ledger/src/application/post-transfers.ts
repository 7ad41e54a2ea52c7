import type { Transaction } from '@evenhand/kernel';
import type { PayoutTransfer } from '../domain/events/payout-moved';
import type { TransactionDraft } from '../domain/transaction-draft';
import type { LedgerWriter, PostedTransaction } from './ledger-writer';

export interface TransferResult extends PostedTransaction {
  readonly bookId: number;
}

/** Posts transfers book by book, in the order of books so that locks are always taken alike; results in item order. */
export async function postTransfers(
  writer: LedgerWriter,
  tx: Transaction,
  transfers: readonly PayoutTransfer[],
  draftOf: (transfer: PayoutTransfer) => TransactionDraft,
): Promise<readonly TransferResult[]> {
  const results = new Map<PayoutTransfer, TransferResult>();
  for (const bookId of [...new Set(transfers.map((transfer) => transfer.bookId))].sort((a, b) => a - b)) {
    const ofBook = transfers.filter((transfer) => transfer.bookId === bookId);
    const posted = await writer.post(tx, bookId, ofBook.map(draftOf));
    posted.forEach((result, index) => {
      const transfer = ofBook[index];
      if (transfer) results.set(transfer, { ...result, bookId });
    });
  }
  return transfers.flatMap((transfer) => results.get(transfer) ?? []);
}
