export { ChangeSavedSearch, type ChangeSavedSearchCommand, DeleteSavedSearch } from './application/change-saved-search';
export { ListSavedSearches } from './application/list-saved-searches';
export { MatchSavedSearches } from './application/match-saved-searches';
export { RankCampaigns } from './application/rank-campaigns';
export { RankInfluencers } from './application/rank-influencers';
export { SaveSearch, type SaveSearchCommand } from './application/save-search';
export {
  campaignFilterAt,
  type CampaignSearch,
  campaignSearchOf,
  influencerSearchOf,
  type Wanted,
} from './application/stored-filter';
export { DiscoveryModule } from './discovery.module';
export { SavedSearchNameTaken, TooManySavedSearches } from './domain/errors';
export { SAVED_SEARCH_KINDS, type SavedSearch, type SavedSearchKind } from './domain/saved-search';
export { EraseSavedSearches } from './application/erase-saved-searches';
