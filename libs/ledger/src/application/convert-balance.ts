import { type Actor, authorize, Clock, isFinance, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { balanceConverted, type Conversion } from '../domain/events/balance-converted';
import { BookDirectory } from './book-directory';
import { FxRates } from './fx-rates';
import { LedgerWriter } from './ledger-writer';

export interface ConvertBalanceCommand extends Conversion {
  readonly actor: Actor;
  readonly brandId: string;
}

export interface ConversionResult {
  readonly bookId: number;
  readonly transactionId: bigint;
  readonly isDuplicate: boolean;
}

/**
 * Changes the currency of a brand's balance, or of its cash, at the published rate of a day; for finance.
 * Throws `RateMissing`, `InsufficientBrandBalance`, `InsufficientClientCash`, `InvalidPosting` where nothing would be left
 * after rounding, `IdempotencyConflict`, `BookNotOpen`, `PeriodClosed`.
 */
@Injectable()
export class ConvertBalance {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly books: BookDirectory,
    private readonly rates: FxRates,
    private readonly writer: LedgerWriter,
    private readonly clock: Clock,
  ) {}

  async execute(command: ConvertBalanceCommand): Promise<ConversionResult> {
    authorize(isFinance(command.actor), true, 'Book', 'convert balances');
    return this.uow.run(command.actor, async (tx) => {
      const bookId = await this.books.bookOf(tx, command.brandId);
      const rate = await this.rates.rateOn(tx, command.fromCurrency, command.toCurrency, command.date);
      const posted = await this.writer.postOne(tx, bookId, balanceConverted(command, rate, this.clock.now()));
      return { bookId, ...posted };
    });
  }
}
