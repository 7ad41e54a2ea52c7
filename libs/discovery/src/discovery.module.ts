import { CampaignsModule } from '@evenhand/campaigns';
import { PartiesModule } from '@evenhand/parties';
import { Module } from '@nestjs/common';
import { EraseSavedSearches, SavedSearchEraser } from './application/erase-saved-searches';
import { SqlSavedSearchEraser } from './infrastructure/sql-saved-search-eraser';
import { CandidateStore } from './application/candidate-store';
import { ChangeSavedSearch, DeleteSavedSearch } from './application/change-saved-search';
import { ListSavedSearches } from './application/list-saved-searches';
import { MatchSavedSearches } from './application/match-saved-searches';
import { QueueCampaignWhenPublished } from './application/queue-campaign-when-published.handler';
import { QueueInfluencerWhenChanged } from './application/queue-influencer-when-changed.handler';
import { QueueInfluencerWhenSignedUp } from './application/queue-influencer-when-signed-up.handler';
import { RankCampaigns } from './application/rank-campaigns';
import { RankInfluencers } from './application/rank-influencers';
import { SaveSearch } from './application/save-search';
import { SavedSearchRepository } from './application/saved-search-repository';
import { SqlCandidateStore } from './infrastructure/sql-candidate-store';
import { SqlSavedSearchRepository } from './infrastructure/sql-saved-search-repository';

const USE_CASES = [
  EraseSavedSearches,
  RankCampaigns,
  RankInfluencers,
  SaveSearch,
  ChangeSavedSearch,
  DeleteSavedSearch,
  ListSavedSearches,
  MatchSavedSearches,
];

/** Needs the platform's providers (unit of work, outbox, ids, clock), which are global. */
@Module({
  imports: [CampaignsModule, PartiesModule],
  providers: [
    ...USE_CASES,
    QueueCampaignWhenPublished,
    QueueInfluencerWhenChanged,
    QueueInfluencerWhenSignedUp,
    { provide: SavedSearchEraser, useClass: SqlSavedSearchEraser },
    { provide: CandidateStore, useClass: SqlCandidateStore },
    { provide: SavedSearchRepository, useClass: SqlSavedSearchRepository },
  ],
  exports: [...USE_CASES],
})
export class DiscoveryModule {}
