import type { Transaction } from '@evenhand/kernel';
import type { Group } from '../domain/kinds';
import type { Channels } from '../domain/preferences';

/** What people have chosen; with the rights of the transaction's actor. */
export abstract class PreferenceStore {
  abstract chosenBy(tx: Transaction, userId: string): Promise<ReadonlyMap<Group, Channels>>;

  /** What these users have chosen for one group; who has not is missing. */
  abstract chosenFor(tx: Transaction, userIds: readonly string[], group: Group): Promise<ReadonlyMap<string, Channels>>;

  abstract choose(tx: Transaction, userId: string, group: Group, channels: Channels): Promise<void>;
}
