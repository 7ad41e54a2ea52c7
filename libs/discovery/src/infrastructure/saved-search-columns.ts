/** The columns of a row of discovery.saved_searches, named `search`, as a `SavedSearch`. */
export const SAVED_SEARCH_COLUMNS = `search.id, search.user_id as "userId", search.party_id as "partyId", search.kind,
  search.name, search.filter, search.notify, search.version, search.created_at as "createdAt",
  search.changed_at as "changedAt"`;
