export * from './application/bid-comparison';
export * from './application/commands';
export { CompareBids } from './application/compare-bids';
export { ListFileMappings, RemoveFileMapping, SaveFileMapping } from './application/files/change-mappings';
export type { ImportRow, ImportState, SalesImport } from './application/files/import-store';
export { GetImport, ListImports, WatchImports } from './application/files/list-imports';
export type { RowCorrection } from './application/files/sales-file-reader';
export { RunImport } from './application/files/run-import';
export { MAX_FILE_BYTES, StartImport, type StartedImport } from './application/files/start-import';
export { DismissProblems } from './application/inbox/dismiss-problems';
export { ListIntakeProblems } from './application/inbox/list-intake-problems';
export { type AssignedDeal, MendProblem } from './application/inbox/mend-problem';
export * from './application/inbox/problem';
export { MAX_PROBLEMS, ReplayProblems } from './application/inbox/replay-problems';
export { ListRefunds } from './application/list-refunds';
export { ListSales } from './application/list-sales';
export * from './application/listings';
export { type LedgerDifference, ReplayLedger } from './application/rebuild/replay-ledger';
export { RecordRefunds } from './application/record-refunds';
export { RecordSales } from './application/record-sales';
export * from './application/results';
export { ChangeRiskRules, GetRiskRules } from './application/risk/change-risk-rules';
export { DecideRiskHold } from './application/risk/decide-risk-hold';
export { ListRiskHolds } from './application/risk/list-risk-holds';
export {
  type HeldSale,
  RISK_REASONS,
  type RiskHold,
  type RiskHoldFilter,
  type RiskHoldState,
  type RiskReason,
} from './application/risk/risk-hold';
export { type Performance, ReadPerformance } from './application/read-performance';
export { ClickLog } from './application/tracking/click-log';
export type { ClickCounts } from './application/tracking/click-repository';
export { CountClicks } from './application/tracking/count-clicks';
export { FollowLink } from './application/tracking/follow-link';
export { ForgetClicks } from './application/tracking/forget-clicks';
export { CloseSource, RotateSourceSecret } from './application/webhooks/change-source';
export type { FailedDelivery, IntakeBacklog } from './application/webhooks/delivery-store';
export { ListFailedDeliveries, RetryDeliveries } from './application/webhooks/failed-deliveries';
export { ListSources } from './application/webhooks/list-sources';
export { OpenSource, type SourceWithNewSecret } from './application/webhooks/open-source';
export { ReceiveWebhook } from './application/webhooks/receive-webhook';
export { TakeInDeliveries } from './application/webhooks/take-in-deliveries';
export { WatchIntake } from './application/webhooks/watch-intake';
export { SaleDirectory } from './application/sale-directory';
export type { AttributionCandidate, AttributionRule, CandidateOutcome } from './domain/attribution';
export type { AttributionBasis } from './domain/attribution-candidates';
export type { Claims, RefundEvent, RefundLine, SaleEvent, SaleLine } from './domain/sale-event';
export * from './domain/errors';
export { FORECAST_BASES, type ForecastBasis } from './domain/forecast';
export type { MoneyPerformance } from './domain/performance';
export type { FileField, FileMapping, FileStyle } from './domain/file-mapping';
export type { RefundCorrection, SaleCorrection } from './domain/mend';
export type { RiskRules, RiskTerms } from './domain/risk-rules';
export type { SalesSource, SourceFormat } from './domain/sales-source';
export { SalesModule } from './sales.module';
export { ResealIntake } from './application/reseal-intake';
