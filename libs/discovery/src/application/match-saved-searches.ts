import { CampaignDirectory, MatchCampaigns } from '@evenhand/campaigns';
import {
  Clock,
  DomainError,
  Outbox,
  type OutboxEvent,
  ownPartyIds,
  type PersonActor,
  systemActor,
  Unauthenticated,
  UnitOfWork,
} from '@evenhand/kernel';
import { InfluencerDirectory, LoadActor, MatchInfluencers } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { SAVED_SEARCH_KINDS, type SavedSearch, type SavedSearchKind } from '../domain/saved-search';
import { type Candidate, type CandidateFacets, CandidateStore, type LikelySearch } from './candidate-store';
import { campaignFilterAt, campaignSearchOf, influencerSearchOf } from './stored-filter';

const ACTOR = systemActor('match saved searches');
const CANDIDATES_AT_ONCE = 500;
const SEARCHES_AT_ONCE = 500;
/** How many of the matches an event names; it counts them all. */
const MOST_NAMED = 20;

/**
 * Periodic job: tells people what appeared that their searches find. Which searches may match is one statement for all
 * of them; whether one does is asked with the rights its person has at this moment, by the search itself. Each match is
 * told once, however many workers run this and wherever they die: candidates stay until every search was asked.
 */
@Injectable()
export class MatchSavedSearches {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly candidates: CandidateStore,
    private readonly campaigns: CampaignDirectory,
    private readonly influencers: InfluencerDirectory,
    private readonly matchCampaigns: MatchCampaigns,
    private readonly matchInfluencers: MatchInfluencers,
    private readonly loadActor: LoadActor,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    for (const kind of SAVED_SEARCH_KINDS) await this.matchKind(kind);
  }

  private async matchKind(kind: SavedSearchKind): Promise<void> {
    const waiting = await this.uow.read(ACTOR, (tx) => this.candidates.oldest(tx, kind, CANDIDATES_AT_ONCE));
    if (waiting.length === 0) return;
    const facets = await this.facetsOf(kind, waiting);
    const actors = new Map<string, PersonActor | null>();
    let afterId: string | null = null;
    let likely: readonly LikelySearch[];
    do {
      const page = { afterId, limit: SEARCHES_AT_ONCE };
      likely = await this.uow.read(ACTOR, (tx) => this.candidates.likelySearches(tx, kind, facets, page));
      for (const one of likely) await this.ask(one, actors);
      afterId = likely.at(-1)?.search.id ?? null;
    } while (likely.length === SEARCHES_AT_ONCE);
    await this.uow.run(ACTOR, (tx) => this.candidates.drop(tx, kind, waiting));
  }

  private async facetsOf(kind: SavedSearchKind, candidates: readonly Candidate[]): Promise<readonly CandidateFacets[]> {
    const ids = candidates.map(({ id }) => id);
    return this.uow.read(ACTOR, async (tx) => {
      if (kind === 'influencers') {
        const profiles = await this.influencers.fitProfilesOf(tx, ids);
        return [...profiles].map(([id, profile]) => ({ ...profile, id }));
      }
      const briefs = await this.campaigns.briefsOf(tx, ids);
      return [...briefs].map(([id, brief]) => ({ ...brief, id, platforms: brief.channels }));
    });
  }

  private async ask({ search, candidateIds }: LikelySearch, actors: Map<string, PersonActor | null>): Promise<void> {
    const key = `${search.userId} ${search.partyId}`;
    const known = actors.get(key);
    const actor = known === undefined ? await this.saverOf(search) : known;
    actors.set(key, actor);
    if (actor === null) return;
    const found = await this.matching(actor, search, candidateIds);
    if (found.length === 0) return;
    await this.uow.run(ACTOR, async (tx) => {
      const untold = await this.candidates.noteTold(tx, search, found, this.clock.now());
      if (untold.length > 0) await this.outbox.append(tx, [matchedEvent(search, untold)]);
    });
  }

  /** The person as a member of the party; null for one who is gone or does not belong to it any more. */
  private async saverOf({ userId, partyId }: SavedSearch): Promise<PersonActor | null> {
    try {
      const actor = await this.loadActor.forUser(userId, null, partyId);
      return ownPartyIds(actor).includes(partyId) ? actor : null;
    } catch (error) {
      if (error instanceof Unauthenticated) return null;
      throw error;
    }
  }

  private async matching(
    actor: PersonActor,
    { kind, filter }: SavedSearch,
    ids: readonly string[],
  ): Promise<readonly string[]> {
    try {
      if (kind === 'influencers') {
        const search = influencerSearchOf(filter);
        return await this.matchInfluencers.execute({ actor, search, influencerIds: ids });
      }
      const wanted = campaignFilterAt(campaignSearchOf(filter), this.clock.now());
      return await this.matchCampaigns.execute({ actor, filter: wanted, campaignIds: ids });
    } catch (error) {
      // A filter that a later rule refuses finds nothing, and holds up no other.
      if (error instanceof DomainError) return [];
      throw error;
    }
  }
}

function matchedEvent({ id, userId, partyId, kind, name }: SavedSearch, objectIds: readonly string[]): OutboxEvent {
  const named = { objectIds: objectIds.slice(0, MOST_NAMED), count: objectIds.length };
  return {
    type: 'discovery.saved_search_matched',
    subjectId: id,
    payload: { savedSearchId: id, userId, partyId, kind, name, ...named },
  };
}
