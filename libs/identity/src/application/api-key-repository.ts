import type { Transaction } from '@evenhand/kernel';
import type { ApiKey } from '../domain/api-key';

export abstract class ApiKeyRepository {
  abstract add(tx: Transaction, key: ApiKey, digest: Buffer): Promise<void>;
  abstract find(tx: Transaction, keyId: string): Promise<ApiKey | null>;
  /** A key that is neither expired nor revoked at `now`, of a user who is not disabled. */
  abstract findLive(tx: Transaction, digest: Buffer, now: Date): Promise<ApiKey | null>;
  /** Newest first: the keys of the user and, where named, those bound to the party. */
  abstract list(tx: Transaction, userId: string, partyId: string | null): Promise<readonly ApiKey[]>;
  abstract revoke(tx: Transaction, keyId: string, at: Date): Promise<void>;
  abstract markUsed(tx: Transaction, keyId: string, at: Date): Promise<void>;
}
