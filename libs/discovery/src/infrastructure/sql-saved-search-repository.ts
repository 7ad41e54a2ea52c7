import { cursorOf, isInstant, isUuid, type Page, pageOf, type PageRequest, type Transaction } from '@evenhand/kernel';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { SavedSearchRepository } from '../application/saved-search-repository';
import { SavedSearchNameTaken } from '../domain/errors';
import type { SavedSearch, SavedSearchKind } from '../domain/saved-search';
import { SAVED_SEARCH_COLUMNS } from './saved-search-columns';

@Injectable()
export class SqlSavedSearchRepository extends SavedSearchRepository {
  override async countLocked(tx: Transaction, userId: string): Promise<number> {
    await managerOf(tx).query(`select pg_advisory_xact_lock(hashtextextended('discovery.saved_searches/' || $1, 0))`, [
      userId,
    ]);
    const [row] = await managerOf(tx).query<{ count: number }[]>(
      'select count(*)::integer as count from discovery.saved_searches where user_id = $1',
      [userId],
    );
    return row?.count ?? 0;
  }

  override async add(tx: Transaction, search: SavedSearch): Promise<void> {
    const { id, userId, partyId, kind, name, filter, notify, version, createdAt, changedAt } = search;
    await refusingTaken(name, () =>
      managerOf(tx).query(
        `insert into discovery.saved_searches
           (id, user_id, party_id, kind, name, filter, notify, version, created_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [id, userId, partyId, kind, name, JSON.stringify(filter), notify, version, createdAt, changedAt],
      ),
    );
  }

  override async lock(tx: Transaction, id: string): Promise<SavedSearch | undefined> {
    const [search] = await managerOf(tx).query<SavedSearch[]>(
      `select ${SAVED_SEARCH_COLUMNS} from discovery.saved_searches search where search.id = $1 for update`,
      [id],
    );
    return search;
  }

  override async save(tx: Transaction, search: SavedSearch): Promise<void> {
    const { id, name, filter, notify, version, changedAt } = search;
    await refusingTaken(name, () =>
      managerOf(tx).query(
        `update discovery.saved_searches set name = $2, filter = $3, notify = $4, version = $5, changed_at = $6
         where id = $1`,
        [id, name, JSON.stringify(filter), notify, version, changedAt],
      ),
    );
  }

  override async remove(tx: Transaction, id: string): Promise<void> {
    await managerOf(tx).query('delete from discovery.saved_searches where id = $1', [id]);
  }

  override async list(tx: Transaction, kind: SavedSearchKind | null, page: PageRequest): Promise<Page<SavedSearch>> {
    const [at = null, id = null] = cursorOf(page, [isInstant, isUuid]) ?? [];
    const own = `search.user_id = (select access.user_id()) and ($1::text is null or search.kind = $1)`;
    const [counted] = await managerOf(tx).query<{ count: number }[]>(
      `select count(*)::integer as count from discovery.saved_searches search where ${own}`,
      [kind],
    );
    const rows = await managerOf(tx).query<SavedSearch[]>(
      `select ${SAVED_SEARCH_COLUMNS} from discovery.saved_searches search
       where ${own} and ($2::timestamptz is null or (search.created_at, search.id) < ($2, $3::uuid))
       order by search.created_at desc, search.id desc limit $4`,
      [kind, at, id, page.first + 1],
    );
    return pageOf(rows, page, counted?.count ?? 0, (search) => [search.createdAt.toISOString(), search.id]);
  }
}

async function refusingTaken(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (constraintOf(error) === 'saved_searches_named') throw new SavedSearchNameTaken(name);
    throw error;
  }
}
