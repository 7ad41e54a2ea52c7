import { CampaignsModule } from '@evenhand/campaigns';
import { LedgerModule } from '@evenhand/ledger';
import { PartiesModule } from '@evenhand/parties';
import { Module } from '@nestjs/common';
import { EraseDealTexts, DealTextEraser } from './application/erase-deal-texts';
import { SqlDealTextEraser } from './infrastructure/sql-deal-text-eraser';
import { AcceptOffer } from './application/accept-offer';
import { ApproveDeliverable } from './application/approve-deliverable';
import { AutoApproveDeliverables } from './application/auto-approve-deliverables';
import { CancelDeal } from './application/cancel-deal';
import { ChooseTrackingCode } from './application/choose-tracking-code';
import { CommentOnVersion } from './application/comments/comment-on-version';
import { CommentRepository } from './application/comments/comment-repository';
import { ListComments } from './application/comments/list-comments';
import { ResolveComment } from './application/comments/resolve-comment';
import { CompleteDeal } from './application/complete-deal';
import {
  AnswerGiftCorrection,
  CorrectionStep,
  ProposeGiftCorrection,
  WithdrawGiftCorrection,
} from './application/correct-gift-value';
import { DealDirectory } from './application/deal-directory';
import { DealJournal } from './application/deal-journal';
import { DealMoney } from './application/deal-money';
import { DealRepository } from './application/deal-repository';
import { DeliverableApproval } from './application/deliverable-approval';
import { DiscardFile } from './application/files/discard-file';
import { FileRemoval } from './application/files/file-removal';
import { FileRepository } from './application/files/file-repository';
import { FileSniffer } from './application/files/file-sniffer';
import { OpenFile } from './application/files/open-file';
import { RemoveUnattachedFiles } from './application/files/remove-unattached-files';
import { StoreFile } from './application/files/store-file';
import { VersionFiles } from './application/files/version-files';
import { ExclusivityRepository } from './application/exclusivity-repository';
import { ExclusivityWatch } from './application/exclusivity-watch';
import { DecideDispute } from './application/disputes/decide-dispute';
import { DisputeEnd } from './application/disputes/dispute-end';
import { DisputeJournal } from './application/disputes/dispute-journal';
import { DisputeMoney } from './application/disputes/dispute-money';
import { DisputeRepository } from './application/disputes/dispute-repository';
import { GetDispute } from './application/disputes/get-dispute';
import { OpenDispute } from './application/disputes/open-dispute';
import { ReadDisputes } from './application/disputes/read-disputes';
import { WithdrawDispute } from './application/disputes/withdraw-dispute';
import { WriteToDispute } from './application/disputes/write-to-dispute';
import { FundDeal } from './application/fund-deal';
import { AppealOverdueGift, DecideGiftAppeal, ExtendPostingDuty } from './application/gift-posting-duty';
import { GiftStep } from './application/gift-step';
import { GetDeal } from './application/get-deal';
import { GetMarketplacePolicy } from './application/get-marketplace-policy';
import { ListDeals } from './application/list-deals';
import { ListReviews } from './application/list-reviews';
import { MarkGiftsOverdue } from './application/mark-gifts-overdue';
import { MarketplacePolicyRepository } from './application/marketplace-policy-repository';
import { OpenBidTerms } from './application/open-bid-terms';
import { MetricsRepository } from './application/metrics/metrics-repository';
import { ReadMetrics } from './application/metrics/read-metrics';
import { RecordMetrics } from './application/metrics/record-metrics';
import { PreviewSplit } from './application/preview-split';
import { AcceptShortLivestream } from './application/publication/accept-short-livestream';
import { ConfirmPublication } from './application/publication/confirm-publication';
import { PlanLivestream } from './application/publication/plan-livestream';
import { PostCheck } from './application/publication/post-check';
import { PublicationRepository } from './application/publication/publication-repository';
import { PublishDeliverable } from './application/publication/publish-deliverable';
import { ReadDealReviews } from './application/read-deal-reviews';
import { ReadExclusivityClashes } from './application/read-exclusivity-clashes';
import { ReadFulfilment } from './application/read-fulfilment';
import { ReadGiftAddress } from './application/read-gift-address';
import { ReadRatings } from './application/read-ratings';
import { NoteGiftProblem, ReceiveGift } from './application/receive-gift';
import { RemindOfGiftReceipts } from './application/remind-of-gift-receipts';
import { ForgoGift, ReportGiftLost } from './application/report-gift-lost';
import { RequestChanges } from './application/request-changes';
import { RequestGift } from './application/request-gift';
import { ReturnEscrowWhenRefundsRecorded } from './application/return-escrow-when-refunds-recorded.handler';
import { AnswerGiftReturn, ProposeGiftReturn, ReturnGift, SendGiftBack } from './application/return-gift';
import { ReviewRepository } from './application/review-repository';
import { SetLinkDestination } from './application/set-link-destination';
import { SettledDeals } from './application/settled-deals';
import { ShipGift } from './application/ship-gift';
import { SubmitDeliverable } from './application/submit-deliverable';
import { TellTermEnds } from './application/tell-term-ends';
import { TermRepository } from './application/term-repository';
import { TermsCompiler } from './application/terms-compiler';
import { TrackingCodeIssuer } from './application/tracking-code-issuer';
import { UpdateMarketplacePolicy } from './application/update-marketplace-policy';
import { WriteReview } from './application/write-review';
import { FileTypeSniffer } from './infrastructure/file-type-sniffer';
import { LedgerDealMoney } from './infrastructure/ledger-deal-money';
import { LedgerDisputeMoney } from './infrastructure/ledger-dispute-money';
import { SqlCommentRepository } from './infrastructure/sql-comment-repository';
import { SqlDisputeRepository } from './infrastructure/sql-dispute-repository';
import { SqlFileRepository } from './infrastructure/sql-file-repository';
import { SqlExclusivityRepository } from './infrastructure/sql-exclusivity-repository';
import { SqlMetricsRepository } from './infrastructure/sql-metrics-repository';
import { SqlPublicationRepository } from './infrastructure/sql-publication-repository';
import { SqlReviewRepository } from './infrastructure/sql-review-repository';
import { SqlSettledDeals } from './infrastructure/sql-settled-deals';
import { SqlTermRepository } from './infrastructure/sql-term-repository';
import { TypeormDealDirectory } from './infrastructure/typeorm-deal-directory';
import { TypeormDealRepository } from './infrastructure/typeorm-deal-repository';
import { TypeormMarketplacePolicyRepository } from './infrastructure/typeorm-marketplace-policy-repository';

const USE_CASES = [
  EraseDealTexts,
  AcceptOffer,
  PreviewSplit,
  FundDeal,
  StoreFile,
  OpenFile,
  DiscardFile,
  RemoveUnattachedFiles,
  CommentOnVersion,
  ResolveComment,
  ListComments,
  SubmitDeliverable,
  RequestChanges,
  ApproveDeliverable,
  AutoApproveDeliverables,
  PublishDeliverable,
  ConfirmPublication,
  PlanLivestream,
  AcceptShortLivestream,
  RecordMetrics,
  ReadMetrics,
  RequestGift,
  ReadGiftAddress,
  ShipGift,
  RemindOfGiftReceipts,
  ReportGiftLost,
  ForgoGift,
  ReceiveGift,
  NoteGiftProblem,
  ExtendPostingDuty,
  MarkGiftsOverdue,
  AppealOverdueGift,
  DecideGiftAppeal,
  ProposeGiftReturn,
  AnswerGiftReturn,
  SendGiftBack,
  ReturnGift,
  ProposeGiftCorrection,
  AnswerGiftCorrection,
  WithdrawGiftCorrection,
  ReadFulfilment,
  CompleteDeal,
  CancelDeal,
  ChooseTrackingCode,
  SetLinkDestination,
  OpenDispute,
  WriteToDispute,
  WithdrawDispute,
  DecideDispute,
  GetDispute,
  ReadDisputes,
  GetDeal,
  ListDeals,
  GetMarketplacePolicy,
  UpdateMarketplacePolicy,
  WriteReview,
  ReadDealReviews,
  ListReviews,
  ReadRatings,
  ReadExclusivityClashes,
  TellTermEnds,
];

/** Needs the platform's providers (unit of work, outbox, ids, clock, file storage), which are global. */
@Module({
  imports: [CampaignsModule, PartiesModule, LedgerModule],
  providers: [
    ...USE_CASES,
    DealJournal,
    GiftStep,
    CorrectionStep,
    DisputeEnd,
    DisputeJournal,
    DeliverableApproval,
    ExclusivityWatch,
    OpenBidTerms,
    TermsCompiler,
    TrackingCodeIssuer,
    VersionFiles,
    PostCheck,
    FileRemoval,
    ReturnEscrowWhenRefundsRecorded,
    { provide: DealTextEraser, useClass: SqlDealTextEraser },
    { provide: DealRepository, useClass: TypeormDealRepository },
    { provide: DealDirectory, useClass: TypeormDealDirectory },
    { provide: MarketplacePolicyRepository, useClass: TypeormMarketplacePolicyRepository },
    { provide: ExclusivityRepository, useClass: SqlExclusivityRepository },
    { provide: SettledDeals, useClass: SqlSettledDeals },
    { provide: TermRepository, useClass: SqlTermRepository },
    { provide: ReviewRepository, useClass: SqlReviewRepository },
    { provide: DealMoney, useClass: LedgerDealMoney },
    { provide: DisputeMoney, useClass: LedgerDisputeMoney },
    { provide: DisputeRepository, useClass: SqlDisputeRepository },
    { provide: CommentRepository, useClass: SqlCommentRepository },
    { provide: MetricsRepository, useClass: SqlMetricsRepository },
    { provide: PublicationRepository, useClass: SqlPublicationRepository },
    { provide: FileRepository, useClass: SqlFileRepository },
    { provide: FileSniffer, useClass: FileTypeSniffer },
  ],
  exports: [...USE_CASES, DealDirectory, OpenBidTerms, SettledDeals],
})
export class DealsModule {}
