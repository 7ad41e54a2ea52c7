import {
  agencyMembers,
  allow,
  anyOf,
  brandMembers,
  connectionFields,
  edgeFields,
  type FieldPolicy,
  influencers,
  signedIn,
} from '../graphql';

const savers = anyOf(brandMembers, influencers, agencyMembers);

/** No scopes: a saved search is a person's own, and no API key's. */
export const discoveryPolicy: FieldPolicy = {
  Query: allow(savers, 'savedSearches'),
  Mutation: allow(savers, 'saveSearch', 'changeSavedSearch', 'deleteSavedSearch'),
  SavedSearch: allow(savers, 'id', 'partyId', 'kind', 'name', 'filter', 'notify', 'createdAt', 'changedAt'),
  SavedSearchDeleted: allow(savers, 'savedSearchId'),
  SavedSearchConnection: connectionFields,
  SavedSearchEdge: edgeFields,
  Fit: allow(signedIn, 'score', 'reasons'),
  FitReason: allow(signedIn, 'code', 'weight', 'values', 'percent'),
};
