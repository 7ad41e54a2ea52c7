export {
  type Account,
  type AccountClass,
  type AccountKind,
  CHART_OF_ACCOUNTS,
  ESCROW_PURPOSES,
  type EscrowPurpose,
  type NormalSide,
} from './domain/account';
export { allotRefund } from './domain/allot-refund';
export {
  type BonusChanges,
  bonusChanges,
  type BonusMetric,
  type BonusRule,
  type PerformanceFigures,
  type StandingBonus,
} from './domain/bonus';
export {
  type CommissionFacts,
  commissionOfSale,
  type CommissionTerms,
  commissionPool,
  type CommissionTier,
} from './domain/commission-pool';
export { convertAmount } from './domain/convert-amount';
export {
  BookNotOpen,
  CutsExceedWhole,
  InsufficientBrandBalance,
  InsufficientClientCash,
  InsufficientEscrow,
  InsufficientPayable,
  PeriodAlreadyClosed,
  PeriodClosed,
  PeriodNotOver,
  RateMissing,
  RATES_NOT_LOADED,
} from './domain/errors';
export type { EarningDraft } from './domain/events/earning-split';
export type { Reversal } from './domain/events/earning-reversed';
export type { PayoutTransfer } from './domain/events/payout-moved';
export { rateDateOf } from './domain/rate-date';
export { type EarningFacts, type ReplayedEarning, replayEarning } from './domain/replay-earning';
export {
  compileSplitPlan,
  type Cut,
  type PlanShare,
  SHARE_ROLES,
  type ShareRole,
  type SplitPlan,
} from './domain/split-plan';
export { feeOnTopMinor, type PoolSplit, type SharedAmount, splitPool } from './domain/split-pool';
export type { SplitRule } from './domain/split-rule';
export { SOURCE_TYPES, type SourceType, TRANSACTION_KINDS, type TransactionKind } from './domain/transaction-draft';

export type { Refused } from './application/by-item';
export { ClosePeriod, type ClosePeriodCommand, type PeriodClosedResult } from './application/close-period';
export { type DealEarning, DealEarnings, type DealShare } from './application/deal-earnings';
export { CountOpenBalances } from './application/count-open-balances';
export { ConfirmPayouts } from './application/confirm-payouts';
export { FreezeEarnings } from './application/freeze-earnings';
export { FreezeShares } from './application/freeze-shares';
export { HoldOffFreezes } from './application/hold-off-freezes';
export { type EscrowCommand, FundEscrow } from './application/fund-escrow';
export { type FxRate, FxRates, type RateWanted } from './application/fx-rates';
export { GetReceipt, type ReceiptQuery } from './application/get-receipt';
export { ImportFxRates } from './application/import-fx-rates';
export * from './application/ledger-queries';
export type { BooksAsOf } from './application/past-balances';
export type { ClosedPeriod } from './application/periods';
export { PreparePartitions } from './application/prepare-partitions';
export type { PostedTransaction } from './application/ledger-writer';
export { ListPostings, type ListPostingsQuery } from './application/list-postings';
export { OpenBook } from './application/open-book';
export type { TransferResult } from './application/post-transfers';
export { type BookBalances, GetAccountBalance, GetBookBalances, GetTrialBalance } from './application/read-book';
export {
  type BankCreditResult,
  RecordBankCredit,
  type RecordBankCreditCommand,
} from './application/record-bank-credit';
export {
  type BrandPaymentResult,
  RecordBrandPayment,
  type RecordBrandPaymentCommand,
} from './application/record-brand-payment';
export { RecordGiftReceived, type RecordGiftReceivedCommand } from './application/record-gift-received';
export { RecordGiftReturned, type RecordGiftReturnedCommand } from './application/record-gift-returned';
export {
  RecordGiftValueCorrected,
  type RecordGiftValueCorrectedCommand,
} from './application/record-gift-value-corrected';
export { RejectPayouts } from './application/reject-payouts';
export { ReleaseDueHolds, type ReleaseDueHoldsCommand } from './application/release-due-holds';
export { type ReplayDifference, type ReplayedEarnings, ReplayEarnings } from './application/replay-earnings';
export { ReturnEscrow } from './application/return-escrow';
export { type ReversalResult, ReverseEarnings } from './application/reverse-earnings';
export { ReverseEarningsByItem } from './application/reverse-earnings-by-item';
export { SealTransactions } from './application/seal-transactions';
export { SendPayouts } from './application/send-payouts';
export { SettleRecords } from './application/settle-records';
export { type EarningResult, type RecordedShare, SplitEarnings } from './application/split-earnings';
export { type EarningOutcome, SplitEarningsByItem } from './application/split-earnings-by-item';
export { UnfreezeEarnings } from './application/unfreeze-earnings';
export { UnfreezeShares } from './application/unfreeze-shares';
export type { TrustedSeal } from './domain/seal/check-chain';
export type { Receipt } from './domain/seal/receipt';
export { ListSealHeads } from './application/list-seal-heads';
export { VerifySeals } from './application/verify-seals';
export { LedgerModule } from './ledger.module';
export {
  checkInvariants,
  inOneSnapshot,
  INVARIANT_NAMES,
  type InvariantFinding,
  type Queryable,
} from './infrastructure/check-invariants';
