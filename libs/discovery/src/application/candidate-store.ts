import type { Transaction } from '@evenhand/kernel';
import type { SavedSearch, SavedSearchKind } from '../domain/saved-search';

/** A campaign or an influencer that saved searches have to be asked for. */
export interface Candidate {
  readonly id: string;
  /** Counts how often it changed while it waited. */
  readonly version: string;
}

/** What of a candidate excludes it from most searches before anyone is asked. */
export interface CandidateFacets {
  readonly id: string;
  readonly markets: readonly string[];
  readonly languages: readonly string[];
  readonly categories: readonly string[];
  readonly platforms: readonly string[];
}

/** A search that wants to be told, with the candidates that nothing excludes. */
export interface LikelySearch {
  readonly search: SavedSearch;
  readonly candidateIds: readonly string[];
}

/** With the system's rights. */
export abstract class CandidateStore {
  /** True where any search of the kind wants to be told. */
  abstract isAnyoneWaiting(tx: Transaction, kind: SavedSearchKind): Promise<boolean>;
  /** Again and again for the same one: it waits once, and is known to have changed. */
  abstract queue(tx: Transaction, kind: SavedSearchKind, objectId: string, now: Date): Promise<void>;
  /** Those that wait longest. */
  abstract oldest(tx: Transaction, kind: SavedSearchKind, limit: number): Promise<readonly Candidate[]>;
  /** Takes away those that have not changed since they were read. */
  abstract drop(tx: Transaction, kind: SavedSearchKind, candidates: readonly Candidate[]): Promise<void>;
  /** In one statement, `limit` searches in the order of their ids after `afterId` (null: from the first on). */
  abstract likelySearches(
    tx: Transaction,
    kind: SavedSearchKind,
    candidates: readonly CandidateFacets[],
    page: { readonly afterId: string | null; readonly limit: number },
  ): Promise<readonly LikelySearch[]>;
  /**
   * Notes that the search was told of these objects and answers those it was not told of before. None where it was
   * changed, muted or deleted since it was read.
   */
  abstract noteTold(
    tx: Transaction,
    search: SavedSearch,
    objectIds: readonly string[],
    now: Date,
  ): Promise<readonly string[]>;
}
