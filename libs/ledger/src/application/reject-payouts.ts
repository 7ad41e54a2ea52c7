import { Clock, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { payoutRejected, type PayoutTransfer } from '../domain/events/payout-moved';
import { LedgerWriter } from './ledger-writer';
import { postTransfers, type TransferResult } from './post-transfers';

/** Transfers the bank has refused: the money is available to the payee again. */
@Injectable()
export class RejectPayouts {
  constructor(
    private readonly writer: LedgerWriter,
    private readonly clock: Clock,
  ) {}

  execute(tx: Transaction, transfers: readonly PayoutTransfer[]): Promise<readonly TransferResult[]> {
    const at = this.clock.now();
    return postTransfers(this.writer, tx, transfers, (transfer) => payoutRejected(transfer, at));
  }
}
