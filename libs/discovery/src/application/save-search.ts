import { requireSession } from '@evenhand/identity';
import { type Actor, authorize, Clock, IdGenerator, ownPartyIds, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { TooManySavedSearches } from '../domain/errors';
import { MAX_SAVED_SEARCHES, parseSearchName, type SavedSearch } from '../domain/saved-search';
import { SavedSearchRepository } from './saved-search-repository';
import { toStoredFilter, type Wanted } from './stored-filter';

export interface SaveSearchCommand {
  readonly actor: Actor;
  readonly partyId: string;
  readonly name: string;
  readonly wanted: Wanted;
  readonly notify: boolean;
}

/**
 * A member of a party, in any role, keeps a search for it. Throws `NotFound`, `SavedSearchNameTaken`,
 * `TooManySavedSearches`, `InvalidInput`, `InvalidRange`, `CurrencyMismatch`.
 */
@Injectable()
export class SaveSearch {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly searches: SavedSearchRepository,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, partyId, wanted, notify, ...command }: SaveSearchCommand): Promise<SavedSearch> {
    const { userId } = requireSession(actor);
    authorize(ownPartyIds(actor).includes(partyId), false, 'Party', 'keep a search for it');
    const now = this.clock.now();
    const search: SavedSearch = {
      id: this.ids.next(),
      userId,
      partyId,
      kind: wanted.kind,
      name: parseSearchName(command.name),
      filter: toStoredFilter(wanted),
      notify,
      version: 1,
      createdAt: now,
      changedAt: now,
    };
    return this.uow.run(actor, async (tx) => {
      const kept = await this.uow.asSystem(tx, () => this.searches.countLocked(tx, userId));
      if (kept >= MAX_SAVED_SEARCHES) throw new TooManySavedSearches(MAX_SAVED_SEARCHES);
      await this.searches.add(tx, search);
      return search;
    });
  }
}
