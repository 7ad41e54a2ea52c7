import { type Actor, authorize, Clock, hasStaffRole, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { Account } from '../domain/account';
import { checkBankCredit } from '../domain/bank-credit';
import type { TransactionDraft } from '../domain/transaction-draft';
import { BookDirectory } from './book-directory';
import { LedgerQueries } from './ledger-queries';
import { LedgerWriter } from './ledger-writer';

/** A brand's money as the bank statement shows it. */
export interface BankReceipt {
  readonly actor: Actor;
  readonly brandId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly bankReference: string;
  readonly receivedAt: Date;
  readonly idempotencyKey: string;
}

/** What a receipt is for: how it is posted, told, and which balance it leaves. */
export interface ReceiptPurpose {
  /** Completes "your role does not allow you to". */
  readonly action: string;
  /** Made only for who may record and what is sound. */
  readonly draft: () => TransactionDraft;
  readonly event: string;
  readonly account: Account;
}

export interface RecordedReceipt {
  readonly bookId: number;
  readonly transactionId: bigint;
  readonly balanceMinor: bigint;
}

/** Records a brand's money that arrived at the bank; for finance and operators, idempotent by the draft's key within the book. */
@Injectable()
export class BankReceipts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
    private readonly queries: LedgerQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async record(receipt: BankReceipt, purpose: ReceiptPurpose): Promise<RecordedReceipt> {
    const { actor, brandId, currency, amountMinor } = receipt;
    const allowed = hasStaffRole(actor, 'finance_preparer', 'finance_approver', 'operator');
    authorize(allowed, true, 'Book', purpose.action);
    checkBankCredit(receipt, this.clock.now());
    return this.uow.run(actor, async (tx) => {
      const bookId = await this.books.bookOf(tx, brandId);
      const { transactionId, isDuplicate } = await this.writer.postOne(tx, bookId, purpose.draft());
      if (!isDuplicate) {
        const payload = { brandId, bookId, currency, amountMinor: `${amountMinor}`, transactionId: `${transactionId}` };
        await this.outbox.append(tx, [{ type: purpose.event, subjectId: brandId, payload }]);
      }
      const balanceMinor = await this.queries.balanceLeftBy(tx, bookId, transactionId, purpose.account);
      return { bookId, transactionId, balanceMinor };
    });
  }
}
