import { Module } from '@nestjs/common';
import { BankReceipts } from './application/bank-receipts';
import { BookDirectory } from './application/book-directory';
import { BooksClock } from './application/books-clock';
import { ByItem } from './application/by-item';
import { CountOpenBalances, OpenBalances } from './application/count-open-balances';
import { ClosePeriod } from './application/close-period';
import { ConfirmPayouts } from './application/confirm-payouts';
import { ConvertBalance } from './application/convert-balance';
import { EarningStore } from './application/earning-store';
import { FreezeEarnings } from './application/freeze-earnings';
import { FreezeShares } from './application/freeze-shares';
import { HoldOffFreezes } from './application/hold-off-freezes';
import { FundEscrow } from './application/fund-escrow';
import { FxRateSource } from './application/fx-rate-source';
import { FxRates } from './application/fx-rates';
import { Holds } from './application/holds';
import { ImportFxRates } from './application/import-fx-rates';
import { GetReceipt } from './application/get-receipt';
import { LedgerQueries } from './application/ledger-queries';
import { LedgerWriter } from './application/ledger-writer';
import { ListPostings } from './application/list-postings';
import { ListSealHeads } from './application/list-seal-heads';
import { OpenBook } from './application/open-book';
import { OpenBookWhenBrandSignedUp } from './application/open-book-when-brand-signed-up.handler';
import { Partitions } from './application/partitions';
import { PastBalances } from './application/past-balances';
import { Periods } from './application/periods';
import { PreparePartitions } from './application/prepare-partitions';
import { GetAccountBalance, GetBookBalances, GetTrialBalance } from './application/read-book';
import { RecordBankCredit } from './application/record-bank-credit';
import { RecordBrandPayment } from './application/record-brand-payment';
import { RecordGiftReceived } from './application/record-gift-received';
import { RecordGiftReturned } from './application/record-gift-returned';
import { RecordGiftValueCorrected } from './application/record-gift-value-corrected';
import { DealEarnings } from './application/deal-earnings';
import { RecordedEarnings } from './application/recorded-earnings';
import { RejectPayouts } from './application/reject-payouts';
import { ReleaseDueHolds } from './application/release-due-holds';
import { ReplayEarnings } from './application/replay-earnings';
import { ReturnEscrow } from './application/return-escrow';
import { ReverseEarnings } from './application/reverse-earnings';
import { ReverseEarningsByItem } from './application/reverse-earnings-by-item';
import { SealTransactions } from './application/seal-transactions';
import { Seals } from './application/seals';
import { SendPayouts } from './application/send-payouts';
import { SettleRecords } from './application/settle-records';
import { SplitEarnings } from './application/split-earnings';
import { SplitEarningsByItem } from './application/split-earnings-by-item';
import { SplitOneEarning } from './application/split-one-earning';
import { UnfreezeEarnings } from './application/unfreeze-earnings';
import { UnfreezeShares } from './application/unfreeze-shares';
import { VerifySeals } from './application/verify-seals';
import { EcbRateSource } from './infrastructure/ecb-rate-source';
import { SqlBooksClock } from './infrastructure/sql-books-clock';
import { SqlPartitions } from './infrastructure/sql-partitions';
import { SqlOpenBalances } from './infrastructure/sql-open-balances';
import { SqlSeals } from './infrastructure/sql-seals';
import { TypeormBookDirectory } from './infrastructure/typeorm-book-directory';
import { TypeormEarningStore } from './infrastructure/typeorm-earning-store';
import { TypeormFxRates } from './infrastructure/typeorm-fx-rates';
import { TypeormHolds } from './infrastructure/typeorm-holds';
import { TypeormLedgerQueries } from './infrastructure/typeorm-ledger-queries';
import { TypeormLedgerWriter } from './infrastructure/typeorm-ledger-writer';
import { TypeormPastBalances } from './infrastructure/typeorm-past-balances';
import { TypeormPeriods } from './infrastructure/typeorm-periods';
import { TypeormDealEarnings } from './infrastructure/typeorm-deal-earnings';
import { TypeormRecordedEarnings } from './infrastructure/typeorm-recorded-earnings';

const USE_CASES = [
  CountOpenBalances,
  OpenBook,
  RecordBankCredit,
  RecordBrandPayment,
  FundEscrow,
  ReturnEscrow,
  SplitEarnings,
  SplitEarningsByItem,
  SplitOneEarning,
  ReverseEarnings,
  ReverseEarningsByItem,
  ReleaseDueHolds,
  FreezeShares,
  FreezeEarnings,
  HoldOffFreezes,
  UnfreezeShares,
  UnfreezeEarnings,
  RecordGiftReceived,
  RecordGiftReturned,
  RecordGiftValueCorrected,
  SendPayouts,
  ConfirmPayouts,
  RejectPayouts,
  ImportFxRates,
  ConvertBalance,
  PreparePartitions,
  SealTransactions,
  VerifySeals,
  ListSealHeads,
  GetReceipt,
  SettleRecords,
  ClosePeriod,
  GetAccountBalance,
  GetBookBalances,
  GetTrialBalance,
  ListPostings,
  ReplayEarnings,
];

/** Needs the platform's providers (unit of work, outbox, clock), which are global. */
@Module({
  providers: [
    ...USE_CASES,
    OpenBookWhenBrandSignedUp,
    BankReceipts,
    ByItem,
    { provide: OpenBalances, useClass: SqlOpenBalances },
    { provide: Seals, useClass: SqlSeals },
    { provide: Partitions, useClass: SqlPartitions },
    { provide: BooksClock, useClass: SqlBooksClock },
    { provide: LedgerWriter, useClass: TypeormLedgerWriter },
    { provide: BookDirectory, useClass: TypeormBookDirectory },
    { provide: EarningStore, useClass: TypeormEarningStore },
    { provide: DealEarnings, useClass: TypeormDealEarnings },
    { provide: RecordedEarnings, useClass: TypeormRecordedEarnings },
    { provide: Holds, useClass: TypeormHolds },
    { provide: PastBalances, useClass: TypeormPastBalances },
    { provide: Periods, useClass: TypeormPeriods },
    { provide: LedgerQueries, useClass: TypeormLedgerQueries },
    { provide: FxRates, useClass: TypeormFxRates },
    { provide: FxRateSource, useClass: EcbRateSource },
  ],
  exports: [...USE_CASES, BookDirectory, LedgerQueries, FxRates, DealEarnings],
})
export class LedgerModule {}
