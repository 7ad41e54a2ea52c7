import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { MessageEraser } from '../application/erase-messages';

@Injectable()
export class SqlMessageEraser extends MessageEraser {
  override async erase(tx: Transaction, userId: string): Promise<void> {
    await managerOf(tx).query('select messages.erase_texts_of($1)', [userId]);
  }
}
