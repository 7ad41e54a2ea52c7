export { ApprovePayoutBatch, type ApprovePayoutBatchCommand } from './application/approve-payout-batch';
export type { BankFile } from './application/bank-file';
export { CancelPayoutBatch, type ClosePayoutBatchCommand, RejectPayoutBatch } from './application/close-payout-batch';
export { CountUnsettledPayouts } from './application/count-unsettled-payouts';
export {
  type ChainShare,
  type EarningsFilter,
  type EarningsPage,
  EarningsReport,
  type ReportedEarning,
} from './application/earnings-report';
export { ExcludePayoutItem, type ExcludePayoutItemCommand } from './application/exclude-payout-item';
export { type ExportedBatch, ExportPayoutBatch } from './application/export-payout-batch';
export { ListReportShares, type ReportSharesQuery } from './application/list-report-shares';
export { MarkItemPaid, type MarkItemPaidCommand } from './application/mark-item-paid';
export { type MarkItemFailedCommand, MarkItemRejected } from './application/mark-item-rejected';
export { MarkItemUnknown } from './application/mark-item-unknown';
export type { ExclusionFilter, ItemFilter, WithTotals } from './application/payout-queries';
export { PayoutReport, type PayoutReportQuery } from './application/payout-report';
export { PreparePayoutBatch, type PreparePayoutBatchCommand } from './application/prepare-payout-batch';
export {
  GetPayoutBatch,
  GetPayoutItem,
  ListPayoutBatches,
  ListPayoutExclusions,
  ListPayoutItems,
  ListPayoutLines,
} from './application/read-payout-batches';
export type { RecordedOutcome } from './application/record-outcome';
export { ReopenPayoutBatch } from './application/reopen-payout-batch';
export * from './application/report';
export { SubmitPayoutBatch } from './application/submit-payout-batch';
export * from './application/views';
export { BATCH_STATES, type BatchState } from './domain/batch-state';
export { ApprovalExpired, ApprovalVoid, BatchContentChanged, EmptyBatch, PreparerCannotApprove } from './domain/errors';
export { ITEM_STATES, type ItemState } from './domain/item-state';
export type { NotPaidPart } from './domain/not-paid-because';
export { type ExclusionReason, NOT_PAID_REASONS, type NotPaidReason, type WhoMustAct } from './domain/not-paid-reason';
export { PayoutsModule } from './payouts.module';
export { ResealBankFiles } from './application/reseal-bank-files';
