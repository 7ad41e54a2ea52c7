import { type Actor, authorize, Clock, hasStaffRole, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { checkBankCredit } from '../domain/bank-credit';
import { brandReceivable } from '../domain/account';
import { brandPaid } from '../domain/events/brand-paid';
import { BookDirectory } from './book-directory';
import { LedgerQueries } from './ledger-queries';
import { LedgerWriter } from './ledger-writer';

export interface RecordBrandPaymentCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly bankReference: string;
  readonly receivedAt: Date;
  readonly idempotencyKey: string;
}

export interface BrandPaymentResult {
  readonly bookId: number;
  readonly transactionId: bigint;
  /** What the brand still owed in that currency after the payment; below zero where it paid too much. */
  readonly brandReceivableMinor: bigint;
}

/** Records that the brand paid what it owed for commissions beyond its reserve; for finance and operators. */
@Injectable()
export class RecordBrandPayment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
    private readonly queries: LedgerQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: RecordBrandPaymentCommand): Promise<BrandPaymentResult> {
    const { actor, brandId, currency, amountMinor } = command;
    const allowed = hasStaffRole(actor, 'finance_preparer', 'finance_approver', 'operator');
    authorize(allowed, true, 'Book', 'record payments of brands');
    checkBankCredit(command, this.clock.now());
    return this.uow.run(actor, async (tx) => {
      const bookId = await this.books.bookOf(tx, brandId);
      const draft = brandPaid({ ...command, idempotencyKey: `brand-payment:${command.idempotencyKey}` });
      const { transactionId, isDuplicate } = await this.writer.postOne(tx, bookId, draft);
      if (!isDuplicate) {
        const payload = { brandId, bookId, currency, amountMinor: `${amountMinor}`, transactionId: `${transactionId}` };
        await this.outbox.append(tx, [{ type: 'ledger.brand_payment_recorded', subjectId: brandId, payload }]);
      }
      const account = brandReceivable(currency);
      const brandReceivableMinor = await this.queries.balanceLeftBy(tx, bookId, transactionId, account);
      return { bookId, transactionId, brandReceivableMinor };
    });
  }
}
