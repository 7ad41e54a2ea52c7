import { requireSession } from '@evenhand/identity';
import { type Actor, type Page, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { SavedSearch, SavedSearchKind } from '../domain/saved-search';
import { SavedSearchRepository } from './saved-search-repository';

export interface ListSavedSearchesQuery {
  readonly actor: Actor;
  /** Null for both kinds. */
  readonly kind: SavedSearchKind | null;
  readonly page: PageRequest;
}

/** The person's own searches for parties they belong to, newest first. */
@Injectable()
export class ListSavedSearches {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly searches: SavedSearchRepository,
  ) {}

  async execute({ actor, kind, page }: ListSavedSearchesQuery): Promise<Page<SavedSearch>> {
    const person = requireSession(actor);
    return this.uow.read(person, (tx) => this.searches.list(tx, kind, page));
  }
}
