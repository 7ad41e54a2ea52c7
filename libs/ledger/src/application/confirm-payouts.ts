import { Clock, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { payoutConfirmed, type PayoutTransfer } from '../domain/events/payout-moved';
import { LedgerWriter } from './ledger-writer';
import { postTransfers, type TransferResult } from './post-transfers';

/** Transfers the bank has paid. */
@Injectable()
export class ConfirmPayouts {
  constructor(
    private readonly writer: LedgerWriter,
    private readonly clock: Clock,
  ) {}

  execute(tx: Transaction, transfers: readonly PayoutTransfer[]): Promise<readonly TransferResult[]> {
    const at = this.clock.now();
    return postTransfers(this.writer, tx, transfers, (transfer) => payoutConfirmed(transfer, at));
  }
}
