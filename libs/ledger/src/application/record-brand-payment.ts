import { Injectable } from '@nestjs/common';
import { brandReceivable } from '../domain/account';
import { brandPaid } from '../domain/events/brand-paid';
import { type BankReceipt, BankReceipts } from './bank-receipts';

export type RecordBrandPaymentCommand = BankReceipt;

export interface BrandPaymentResult {
  readonly bookId: number;
  readonly transactionId: bigint;
  /** What the brand still owed in that currency after the payment; below zero where it paid too much. */
  readonly brandReceivableMinor: bigint;
}

/** Records that the brand paid what it owed for commissions beyond its reserve; for finance and operators. */
@Injectable()
export class RecordBrandPayment {
  constructor(private readonly receipts: BankReceipts) {}

  async execute(command: RecordBrandPaymentCommand): Promise<BrandPaymentResult> {
    const { balanceMinor, ...recorded } = await this.receipts.record(command, {
      action: 'record payments of brands',
      draft: () => brandPaid({ ...command, idempotencyKey: `brand-payment:${command.idempotencyKey}` }),
      event: 'ledger.brand_payment_recorded',
      account: brandReceivable(command.currency),
    });
    return { ...recorded, brandReceivableMinor: balanceMinor };
  }
}
