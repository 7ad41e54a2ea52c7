import { type Actor, authorize, Clock, hasStaffRole, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { checkBankCredit } from '../domain/bank-credit';
import { brandBalance } from '../domain/account';
import { brandFunded } from '../domain/events/brand-funded';
import { BookDirectory } from './book-directory';
import { LedgerQueries } from './ledger-queries';
import { LedgerWriter } from './ledger-writer';

export interface RecordBankCreditCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly bankReference: string;
  readonly receivedAt: Date;
  readonly idempotencyKey: string;
}

export interface BankCreditResult {
  readonly bookId: number;
  readonly transactionId: bigint;
  /** The brand's balance in that currency as the credit left it. */
  readonly brandBalanceMinor: bigint;
}

/** Records the brand's money that arrived at the bank; for finance and operators. Idempotent by key within the book. */
@Injectable()
export class RecordBankCredit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
    private readonly queries: LedgerQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: RecordBankCreditCommand): Promise<BankCreditResult> {
    const { actor, brandId, currency, amountMinor } = command;
    const allowed = hasStaffRole(actor, 'finance_preparer', 'finance_approver', 'operator');
    authorize(allowed, true, 'Book', 'record bank credits');
    checkBankCredit(command, this.clock.now());
    return this.uow.run(actor, async (tx) => {
      const bookId = await this.books.bookOf(tx, brandId);
      const draft = brandFunded({ ...command, idempotencyKey: `bank-credit:${command.idempotencyKey}` });
      const { transactionId, isDuplicate } = await this.writer.postOne(tx, bookId, draft);
      if (!isDuplicate) {
        const payload = { brandId, bookId, currency, amountMinor: `${amountMinor}`, transactionId: `${transactionId}` };
        await this.outbox.append(tx, [{ type: 'ledger.bank_credit_recorded', subjectId: brandId, payload }]);
      }
      const account = brandBalance(currency);
      const brandBalanceMinor = await this.queries.balanceLeftBy(tx, bookId, transactionId, account);
      return { bookId, transactionId, brandBalanceMinor };
    });
  }
}
