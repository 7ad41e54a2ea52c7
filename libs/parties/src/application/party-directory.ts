import type { Transaction } from '@evenhand/kernel';
import type { PartyName } from '../domain/party';

/** Names of parties for other contexts. Ids without a party are missing in the answer. */
export abstract class PartyDirectory {
  abstract namesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, PartyName>>;
}
