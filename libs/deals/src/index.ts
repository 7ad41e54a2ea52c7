export { AcceptOffer, type AcceptOfferCommand } from './application/accept-offer';
export { ApproveDeliverable } from './application/approve-deliverable';
export { AutoApproveDeliverables } from './application/auto-approve-deliverables';
export { CancelDeal } from './application/cancel-deal';
export { ChooseTrackingCode } from './application/choose-tracking-code';
export type { CommentView, VersionKey } from './application/comments/comment';
export { CommentOnVersion } from './application/comments/comment-on-version';
export { ListComments } from './application/comments/list-comments';
export { ResolveComment } from './application/comments/resolve-comment';
export { CompleteDeal } from './application/complete-deal';
export { AnswerGiftCorrection, ProposeGiftCorrection, WithdrawGiftCorrection } from './application/correct-gift-value';
export type {
  Deal,
  DealTerms,
  Deliverable,
  DeliverableVersion,
  Milestone,
  PinnedMandate,
  TrackingCode,
} from './application/deal';
export {
  COMMISSION_KINDS,
  type CommissionDeal,
  type CommissionKind,
  DealDirectory,
  type DealSummary,
  type TrackedCommissionDeal,
} from './application/deal-directory';
export type { CurrencyTotal, DealFilter, DealList } from './application/deal-list';
export type { DealView, PlanCutView, PlanShareView, SplitPlanView } from './application/deal-view';
export { DiscardFile } from './application/files/discard-file';
export type { StoredFile } from './application/files/file';
export { OpenFile } from './application/files/open-file';
export { RemoveUnattachedFiles } from './application/files/remove-unattached-files';
export { StoreFile } from './application/files/store-file';
export { DecideDispute } from './application/disputes/decide-dispute';
export {
  DISPUTE_ENTRY_KINDS,
  type Dispute,
  type DisputeEntry,
  type DisputeItem,
  type DisputeView,
} from './application/disputes/dispute';
export { GetDispute } from './application/disputes/get-dispute';
export { OpenDispute } from './application/disputes/open-dispute';
export { ReadDisputes } from './application/disputes/read-disputes';
export { WithdrawDispute } from './application/disputes/withdraw-dispute';
export { WriteToDispute } from './application/disputes/write-to-dispute';
export type { Fulfilment } from './application/fulfilment';
export { FundDeal } from './application/fund-deal';
export { GetDeal } from './application/get-deal';
export { GetMarketplacePolicy } from './application/get-marketplace-policy';
export { type Gift, GIFT_EVENTS, type GiftChange, type GiftEvent } from './application/gift';
export { AppealOverdueGift, DecideGiftAppeal, ExtendPostingDuty } from './application/gift-posting-duty';
export { idOfName } from './application/id-of-name';
export { ListDeals } from './application/list-deals';
export { ListReviews } from './application/list-reviews';
export { MarkGiftsOverdue } from './application/mark-gifts-overdue';
export { type CommissionCost, commissionCostOf, type FixedCost, fixedCostOf } from './application/offer-cost';
export { type OpenBidOffer, OpenBidTerms } from './application/open-bid-terms';
export {
  PreviewSplit,
  type PreviewSplitCommand,
  type SplitPreview,
  type SplitSubject,
} from './application/preview-split';
export type { LatestMetrics, MetricReading, PostResults, ResultsBy } from './application/metrics/metrics';
export { ReadMetrics } from './application/metrics/read-metrics';
export { RecordMetrics } from './application/metrics/record-metrics';
export { AcceptShortLivestream } from './application/publication/accept-short-livestream';
export { ConfirmPublication } from './application/publication/confirm-publication';
export { PlanLivestream } from './application/publication/plan-livestream';
export { PublishDeliverable } from './application/publication/publish-deliverable';
export { ReadDealReviews } from './application/read-deal-reviews';
export { ReadExclusivityClashes } from './application/read-exclusivity-clashes';
export { ReadFulfilment } from './application/read-fulfilment';
export { ReadGiftAddress } from './application/read-gift-address';
export { ReadRatings } from './application/read-ratings';
export { NoteGiftProblem, ReceiveGift } from './application/receive-gift';
export { RemindOfGiftReceipts } from './application/remind-of-gift-receipts';
export { ForgoGift, ReportGiftLost } from './application/report-gift-lost';
export { RequestChanges } from './application/request-changes';
export { RequestGift } from './application/request-gift';
export { AnswerGiftReturn, ProposeGiftReturn, ReturnGift, SendGiftBack } from './application/return-gift';
export type { Rating, ReviewList, ReviewView } from './application/review';
export { SetLinkDestination } from './application/set-link-destination';
export { type SettledDeal, SettledDeals } from './application/settled-deals';
export { ShipGift } from './application/ship-gift';
export type { BonusQuote, GiftQuote, QuotedPart, QuotedRelease, SplitQuote } from './application/split-quote';
export { SubmitDeliverable } from './application/submit-deliverable';
export type { CodeWishes } from './application/tracking-code-issuer';
export { TellTermEnds } from './application/tell-term-ends';
export { UpdateMarketplacePolicy } from './application/update-marketplace-policy';
export { WriteReview } from './application/write-review';
export { DealsModule } from './deals.module';
export { MAX_COMMENT_LENGTH } from './domain/comment';
export { DATED_TERM_STATES, type DatedTermState } from './domain/dated-term';
export { DEAL_STATES, type DealState, type EscrowNeed } from './domain/deal';
export { DELIVERABLE_STATES, type DeliverableState } from './domain/deliverable';
export {
  DISPUTE_OUTCOMES,
  DISPUTE_PLACES,
  DISPUTE_REASONS,
  DISPUTE_SCOPES,
  DISPUTE_SIDES,
  DISPUTE_STATES,
  MAX_DISPUTE_TEXT_LENGTH,
  MAX_FILES_OF_ENTRY,
} from './domain/dispute';
export * from './domain/dispute-errors';
export * from './domain/errors';
export { CLASH_DIRECTIONS, type ClashDirection, type ExclusivityClash } from './domain/exclusivity';
export { isDisclosed } from './domain/publication/disclosure';
export type { DayGrowth } from './domain/metrics/daily';
export { COUNTERS, type Counts, METRIC_SOURCES, type MetricSource } from './domain/metrics/reading';
export * from './domain/publication/errors';
export { minutesOf } from './domain/publication/livestream';
export { POST_DOUBTS, type PostDoubt } from './domain/publication/live-post';
export { PUBLICATION_CHECKS, type Publication, type PublicationCheck } from './domain/publication/publication';
export { CLICK_PARAMETER, destinationWithClick } from './domain/link-destination';
export { FILE_KINDS, type FileKind, MAX_FILES_OF_VERSION } from './domain/file';
export * from './domain/gift-errors';
export {
  APPEAL_DECIDERS,
  APPEAL_DECISIONS,
  type AppealDecider,
  type AppealDecision,
  GIFT_RETURN_STATES,
  GIFT_STATES,
  type GiftAppeal,
  type GiftChoice,
  type GiftReturn,
  type GiftReturnState,
  type GiftState,
} from './domain/gift-progress';
export { CORRECTION_STATES, type CorrectionState, type GiftCorrection } from './domain/gift-value';
export { DEAL_SIDES, type DealSide } from './domain/deal-side';
export { appealUntil, brandDecidesUntil } from './domain/posting-duty';
export type { MarketplacePolicy, PlatformFees, PolicyTerms } from './domain/marketplace-policy';
export type { CutBounds, PlatformFee } from './domain/platform-fee';
export { REVIEW_SIDES, type ReviewSide } from './domain/review';
export { VERSION_OUTCOMES, type VersionOutcome } from './domain/version';
export { normaliseCode } from './domain/tracking-code';
export { EraseDealTexts } from './application/erase-deal-texts';
