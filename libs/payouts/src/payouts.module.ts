import { LedgerModule } from '@evenhand/ledger';
import { PartiesModule } from '@evenhand/parties';
import { Module } from '@nestjs/common';
import { ResealBankFiles, SealedBankFiles } from './application/reseal-bank-files';
import { SqlSealedBankFiles } from './infrastructure/sql-sealed-bank-files';
import { ApprovePayoutBatch } from './application/approve-payout-batch';
import { BankFileFormat, BankFileStore } from './application/bank-file';
import { ReadBatchContent } from './application/batch-content';
import { BatchStep } from './application/batch-step';
import { BatchStore } from './application/batch-store';
import { CancelPayoutBatch, RejectPayoutBatch } from './application/close-payout-batch';
import { ComposeBankFile } from './application/compose-bank-file';
import { EarningsReport } from './application/earnings-report';
import { ExcludePayoutItem } from './application/exclude-payout-item';
import { ExplainShares } from './application/explain-shares';
import { CountUnsettledPayouts } from './application/count-unsettled-payouts';
import { ExportPayoutBatch } from './application/export-payout-batch';
import { ListReportShares } from './application/list-report-shares';
import { MarkItemPaid } from './application/mark-item-paid';
import { MarkItemRejected } from './application/mark-item-rejected';
import { MarkItemUnknown } from './application/mark-item-unknown';
import { OutcomeStore } from './application/outcome-store';
import { PayoutQueries } from './application/payout-queries';
import { PayoutReport } from './application/payout-report';
import { PositionQueries } from './application/position-queries';
import { PreparePayoutBatch } from './application/prepare-payout-batch';
import {
  GetPayoutBatch,
  GetPayoutItem,
  ListPayoutBatches,
  ListPayoutExclusions,
  ListPayoutItems,
  ListPayoutLines,
} from './application/read-payout-batches';
import { RecordOutcome } from './application/record-outcome';
import { ReopenPayoutBatch } from './application/reopen-payout-batch';
import { ReportQueries } from './application/report-queries';
import { SubmitPayoutBatch } from './application/submit-payout-batch';
import { CsvBankFileFormat } from './infrastructure/csv-bank-file-format';
import { SealedBankFileStore } from './infrastructure/sealed-bank-file-store';
import { SqlBatchStore } from './infrastructure/sql-batch-store';
import { SqlOutcomeStore } from './infrastructure/sql-outcome-store';
import { SqlPayoutQueries } from './infrastructure/sql-payout-queries';
import { SqlPositionQueries } from './infrastructure/sql-position-queries';
import { SqlReportQueries } from './infrastructure/sql-report-queries';

const USE_CASES = [
  ResealBankFiles,
  CountUnsettledPayouts,
  PreparePayoutBatch,
  ExcludePayoutItem,
  SubmitPayoutBatch,
  ApprovePayoutBatch,
  RejectPayoutBatch,
  CancelPayoutBatch,
  ReopenPayoutBatch,
  ExportPayoutBatch,
  MarkItemPaid,
  MarkItemRejected,
  MarkItemUnknown,
  GetPayoutBatch,
  ListPayoutBatches,
  GetPayoutItem,
  ListPayoutItems,
  ListPayoutLines,
  ListPayoutExclusions,
  PayoutReport,
  ListReportShares,
  EarningsReport,
];

/** Needs the platform's providers (unit of work, outbox, clock, ids, field cipher), which are global. */
@Module({
  imports: [LedgerModule, PartiesModule],
  providers: [
    ...USE_CASES,
    BatchStep,
    ReadBatchContent,
    ComposeBankFile,
    RecordOutcome,
    ExplainShares,
    { provide: SealedBankFiles, useClass: SqlSealedBankFiles },
    { provide: BatchStore, useClass: SqlBatchStore },
    { provide: OutcomeStore, useClass: SqlOutcomeStore },
    { provide: BankFileStore, useClass: SealedBankFileStore },
    { provide: BankFileFormat, useClass: CsvBankFileFormat },
    { provide: PayoutQueries, useClass: SqlPayoutQueries },
    { provide: PositionQueries, useClass: SqlPositionQueries },
    { provide: ReportQueries, useClass: SqlReportQueries },
  ],
  exports: USE_CASES,
})
export class PayoutsModule {}
