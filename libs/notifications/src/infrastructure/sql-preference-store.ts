import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { PreferenceStore } from '../application/preference-store';
import type { Group } from '../domain/kinds';
import type { Channels } from '../domain/preferences';

type Row = Channels & { readonly userId: string; readonly group: Group };

const SELECT = `select user_id as "userId", "group", in_product as "inProduct", email from notifications.preferences`;

@Injectable()
export class SqlPreferenceStore extends PreferenceStore {
  override async chosenBy(tx: Transaction, userId: string): Promise<ReadonlyMap<Group, Channels>> {
    const rows = await managerOf(tx).query<Row[]>(`${SELECT} where user_id = $1`, [userId]);
    return new Map(rows.map(({ group, inProduct, email }) => [group, { inProduct, email }]));
  }

  override async chosenFor(
    tx: Transaction,
    userIds: readonly string[],
    group: Group,
  ): Promise<ReadonlyMap<string, Channels>> {
    const sql = `${SELECT} where user_id = any ($1::uuid[]) and "group" = $2`;
    const rows = await managerOf(tx).query<Row[]>(sql, [userIds, group]);
    return new Map(rows.map(({ userId, inProduct, email }) => [userId, { inProduct, email }]));
  }

  override async choose(tx: Transaction, userId: string, group: Group, { inProduct, email }: Channels): Promise<void> {
    await managerOf(tx).query(
      `insert into notifications.preferences (user_id, "group", in_product, email) values ($1, $2, $3, $4)
       on conflict (user_id, "group") do update set in_product = excluded.in_product, email = excluded.email`,
      [userId, group, inProduct, email],
    );
  }
}
