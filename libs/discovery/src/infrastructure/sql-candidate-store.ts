import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type Candidate,
  type CandidateFacets,
  CandidateStore,
  type LikelySearch,
} from '../application/candidate-store';
import type { SavedSearch, SavedSearchKind } from '../domain/saved-search';
import { SAVED_SEARCH_COLUMNS } from './saved-search-columns';

type LikelyRow = SavedSearch & { readonly candidateIds: readonly string[] };

/** What each kind calls the platforms in its filter. */
const PLATFORMS_KEY: Readonly<Record<SavedSearchKind, string>> = { campaigns: 'channels', influencers: 'platforms' };

/** A search that says nothing of a list takes everything; one that does takes what shares an entry with it. */
const sharing = (key: string, column: string) =>
  `(search.filter -> ${key} is null or search.filter -> ${key} ?| candidate.${column})`;

const LIKELY_SEARCHES = `
  with candidate as (
    select * from jsonb_to_recordset($2::jsonb)
      as c (id uuid, markets text[], languages text[], categories text[], platforms text[]))
  select ${SAVED_SEARCH_COLUMNS}, likely.ids as "candidateIds"
  from discovery.saved_searches search
  cross join lateral (
    select array_agg(candidate.id) as ids from candidate
    where ${sharing("'markets'", 'markets')} and ${sharing("'languages'", 'languages')}
      and ${sharing("'categories'", 'categories')} and ${sharing('$3', 'platforms')}) likely
  where search.kind = $1 and search.notify and likely.ids is not null
    and ($4::uuid is null or search.id > $4)
  order by search.id limit $5`;

@Injectable()
export class SqlCandidateStore extends CandidateStore {
  override async isAnyoneWaiting(tx: Transaction, kind: SavedSearchKind): Promise<boolean> {
    const rows = await managerOf(tx).query<unknown[]>(
      'select from discovery.saved_searches where kind = $1 and notify limit 1',
      [kind],
    );
    return rows.length > 0;
  }

  override async queue(tx: Transaction, kind: SavedSearchKind, objectId: string, now: Date): Promise<void> {
    await managerOf(tx).query(
      `insert into discovery.candidates as waiting (kind, object_id, queued_at) values ($1, $2, $3)
       on conflict (kind, object_id) do update set version = waiting.version + 1`,
      [kind, objectId, now],
    );
  }

  override async oldest(tx: Transaction, kind: SavedSearchKind, limit: number): Promise<readonly Candidate[]> {
    return managerOf(tx).query<Candidate[]>(
      `select object_id as id, version from discovery.candidates where kind = $1 order by queued_at, object_id limit $2`,
      [kind, limit],
    );
  }

  override async drop(tx: Transaction, kind: SavedSearchKind, candidates: readonly Candidate[]): Promise<void> {
    await managerOf(tx).query(
      `delete from discovery.candidates waiting
       using unnest($2::uuid[], $3::bigint[]) as asked (object_id, version)
       where waiting.kind = $1 and waiting.object_id = asked.object_id and waiting.version = asked.version`,
      [kind, candidates.map(({ id }) => id), candidates.map(({ version }) => version)],
    );
  }

  override async likelySearches(
    tx: Transaction,
    kind: SavedSearchKind,
    candidates: readonly CandidateFacets[],
    { afterId, limit }: { readonly afterId: string | null; readonly limit: number },
  ): Promise<readonly LikelySearch[]> {
    const facets = candidates.map(({ id, markets, languages, categories, platforms }) => ({
      id,
      markets,
      languages,
      categories,
      platforms,
    }));
    const values = [kind, JSON.stringify(facets), PLATFORMS_KEY[kind], afterId, limit];
    const rows = await managerOf(tx).query<LikelyRow[]>(LIKELY_SEARCHES, values);
    return rows.map(({ candidateIds, ...search }) => ({ search, candidateIds }));
  }

  override async noteTold(
    tx: Transaction,
    { id, version }: SavedSearch,
    objectIds: readonly string[],
    now: Date,
  ): Promise<readonly string[]> {
    const unchanged = await managerOf(tx).query<unknown[]>(
      'select from discovery.saved_searches where id = $1 and version = $2 and notify for share',
      [id, version],
    );
    if (unchanged.length === 0) return [];
    const told = await managerOf(tx).query<{ id: string }[]>(
      `insert into discovery.told_matches (search_id, object_id, told_at)
       select $1, object_id, $3 from unnest($2::uuid[]) as object_id order by object_id
       on conflict do nothing returning object_id as id`,
      [id, objectIds, now],
    );
    return told.map((row) => row.id);
  }
}
