import { Clock, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { payoutSent, type PayoutTransfer } from '../domain/events/payout-moved';
import { LedgerWriter } from './ledger-writer';
import { postTransfers, type TransferResult } from './post-transfers';

/** Transfers handed to the bank. Throws `InsufficientPayable`, `InsufficientClientCash`: nobody is paid with another brand's money. */
@Injectable()
export class SendPayouts {
  constructor(
    private readonly writer: LedgerWriter,
    private readonly clock: Clock,
  ) {}

  execute(tx: Transaction, transfers: readonly PayoutTransfer[]): Promise<readonly TransferResult[]> {
    const at = this.clock.now();
    return postTransfers(this.writer, tx, transfers, (transfer) => payoutSent(transfer, at));
  }
}
