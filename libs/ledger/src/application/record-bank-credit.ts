import { Injectable } from '@nestjs/common';
import { brandBalance } from '../domain/account';
import { brandFunded } from '../domain/events/brand-funded';
import { type BankReceipt, BankReceipts } from './bank-receipts';

export type RecordBankCreditCommand = BankReceipt;

export interface BankCreditResult {
  readonly bookId: number;
  readonly transactionId: bigint;
  /** The brand's balance in that currency as the credit left it. */
  readonly brandBalanceMinor: bigint;
}

/** Records the brand's money that arrived at the bank; for finance and operators. Idempotent by key within the book. */
@Injectable()
export class RecordBankCredit {
  constructor(private readonly receipts: BankReceipts) {}

  async execute(command: RecordBankCreditCommand): Promise<BankCreditResult> {
    const { balanceMinor, ...recorded } = await this.receipts.record(command, {
      action: 'record bank credits',
      draft: () => brandFunded({ ...command, idempotencyKey: `bank-credit:${command.idempotencyKey}` }),
      event: 'ledger.bank_credit_recorded',
      account: brandBalance(command.currency),
    });
    return { ...recorded, brandBalanceMinor: balanceMinor };
  }
}
