import type { Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { SavedSearch, SavedSearchKind } from '../domain/saved-search';

/** Reads and writes with the rights of the transaction's actor: a person's own searches, for parties they belong to. */
export abstract class SavedSearchRepository {
  /** How many searches the person keeps; nobody else adds one for them until the transaction ends. With the system's rights. */
  abstract countLocked(tx: Transaction, userId: string): Promise<number>;
  /** Throws `SavedSearchNameTaken`. */
  abstract add(tx: Transaction, search: SavedSearch): Promise<void>;
  abstract lock(tx: Transaction, id: string): Promise<SavedSearch | undefined>;
  /** Throws `SavedSearchNameTaken`. */
  abstract save(tx: Transaction, search: SavedSearch): Promise<void>;
  abstract remove(tx: Transaction, id: string): Promise<void>;
  /** Newest first; of one kind, or of both where it is null. */
  abstract list(tx: Transaction, kind: SavedSearchKind | null, page: PageRequest): Promise<Page<SavedSearch>>;
}
