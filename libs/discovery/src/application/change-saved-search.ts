import { requireSession } from '@evenhand/identity';
import { type Actor, Clock, InvalidInput, NotFound, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { parseSearchName, type SavedSearch } from '../domain/saved-search';
import { SavedSearchRepository } from './saved-search-repository';
import { toStoredFilter, type Wanted } from './stored-filter';

export interface ChangeSavedSearchCommand {
  readonly actor: Actor;
  readonly searchId: string;
  /** Null leaves it as it is, here and below. */
  readonly name: string | null;
  readonly notify: boolean | null;
  /** Of the same kind. */
  readonly wanted: Wanted | null;
}

/**
 * What a search is called, whether it tells, what it looks for. What it told of it does not tell again. Throws `NotFound`,
 * `SavedSearchNameTaken`, `InvalidInput`, `InvalidRange`, `CurrencyMismatch`.
 */
@Injectable()
export class ChangeSavedSearch {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly searches: SavedSearchRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, searchId, wanted, ...changes }: ChangeSavedSearchCommand): Promise<SavedSearch> {
    requireSession(actor);
    const name = changes.name === null ? null : parseSearchName(changes.name);
    const filter = wanted && toStoredFilter(wanted);
    return this.uow.run(actor, async (tx) => {
      const before = await this.searches.lock(tx, searchId);
      if (!before) throw new NotFound('Saved search');
      if (wanted && wanted.kind !== before.kind) {
        throw new InvalidInput(wanted.kind, `This search looks for ${before.kind}. Save another one instead.`);
      }
      const after: SavedSearch = {
        ...before,
        name: name ?? before.name,
        notify: changes.notify ?? before.notify,
        filter: filter ?? before.filter,
        version: before.version + (filter ? 1 : 0),
        changedAt: this.clock.now(),
      };
      await this.searches.save(tx, after);
      return after;
    });
  }
}

/** Throws `NotFound`. */
@Injectable()
export class DeleteSavedSearch {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly searches: SavedSearchRepository,
  ) {}

  async execute({ actor, searchId }: { readonly actor: Actor; readonly searchId: string }): Promise<void> {
    requireSession(actor);
    await this.uow.run(actor, async (tx) => {
      if (!(await this.searches.lock(tx, searchId))) throw new NotFound('Saved search');
      await this.searches.remove(tx, searchId);
    });
  }
}
