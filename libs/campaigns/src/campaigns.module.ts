import { Module } from '@nestjs/common';
import { EraseBidTexts, BidTextEraser } from './application/erase-bid-texts';
import { SqlBidTextEraser } from './infrastructure/sql-bid-text-eraser';
import { PartiesModule } from '@evenhand/parties';
import { BidAcceptance, BudgetCommitments } from './application/bid-acceptance';
import { BidOffers, CampaignDirectory } from './application/bid-offers';
import { BidViews } from './application/bid-views';
import { CampaignViews } from './application/campaign-views';
import { CancelCampaign } from './application/cancel-campaign';
import { CloseCampaign } from './application/close-campaign';
import { CompareOffers } from './application/compare-offers';
import { CompleteCampaign } from './application/complete-campaign';
import { CounterOffer } from './application/counter-offer';
import { CreateCampaign } from './application/create-campaign';
import { DeclineBid } from './application/decline-bid';
import { BidEnding } from './application/end-bid';
import { CampaignEnding } from './application/end-campaign';
import { ExpireBids } from './application/expire-bids';
import { GetBid } from './application/get-bid';
import { GetCampaign } from './application/get-campaign';
import { ListBids } from './application/list-bids';
import { LockingBidAcceptance } from './application/locking-bid-acceptance';
import { LockingBudgetCommitments } from './application/locking-budget-commitments';
import { PublishCampaign } from './application/publish-campaign';
import { BidRepository, CampaignRepository } from './application/repositories';
import { MatchCampaigns, SearchCampaigns } from './application/search-campaigns';
import { StoredBidOffers } from './application/stored-bid-offers';
import { StoredCampaignDirectory } from './application/stored-campaign-directory';
import { SubmitBid } from './application/submit-bid';
import { UpdateBrief } from './application/update-brief';
import { WithdrawBid } from './application/withdraw-bid';
import { TypeormBidRepository } from './infrastructure/typeorm-bid-repository';
import { TypeormCampaignRepository } from './infrastructure/typeorm-campaign-repository';

const USE_CASES = [
  EraseBidTexts,
  CreateCampaign,
  UpdateBrief,
  PublishCampaign,
  CloseCampaign,
  CompleteCampaign,
  CancelCampaign,
  GetCampaign,
  SearchCampaigns,
  MatchCampaigns,
  SubmitBid,
  CounterOffer,
  DeclineBid,
  WithdrawBid,
  GetBid,
  CompareOffers,
  ListBids,
  ExpireBids,
];

/** Needs the platform's providers (unit of work, outbox, ids, clock), which are global. */
@Module({
  imports: [PartiesModule],
  providers: [
    ...USE_CASES,
    CampaignViews,
    BidViews,
    CampaignEnding,
    BidEnding,
    { provide: BidTextEraser, useClass: SqlBidTextEraser },
    { provide: CampaignRepository, useClass: TypeormCampaignRepository },
    { provide: BidRepository, useClass: TypeormBidRepository },
    { provide: BidAcceptance, useClass: LockingBidAcceptance },
    { provide: BudgetCommitments, useClass: LockingBudgetCommitments },
    { provide: BidOffers, useClass: StoredBidOffers },
    { provide: CampaignDirectory, useClass: StoredCampaignDirectory },
  ],
  exports: [...USE_CASES, BidAcceptance, BudgetCommitments, BidOffers, CampaignDirectory],
})
export class CampaignsModule {}
