import { DomainError } from '@evenhand/kernel';

/** A person's searches for one party are told apart by their names. */
export class SavedSearchNameTaken extends DomainError {
  readonly code = 'SAVED_SEARCH_NAME_TAKEN';

  constructor(name: string) {
    super('You have a saved search of this name already.', { field: 'name', name });
  }
}

/** Each of them is asked whenever something new appears. */
export class TooManySavedSearches extends DomainError {
  readonly code = 'TOO_MANY_SAVED_SEARCHES';

  constructor(most: number) {
    super(`You can keep ${most} saved searches. Delete one first.`, { most });
  }
}
