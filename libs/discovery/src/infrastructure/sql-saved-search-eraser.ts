import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { SavedSearchEraser } from '../application/erase-saved-searches';

@Injectable()
export class SqlSavedSearchEraser extends SavedSearchEraser {
  override async erase(tx: Transaction, userId: string): Promise<void> {
    await managerOf(tx).query('delete from discovery.saved_searches where user_id = $1', [userId]);
  }
}
