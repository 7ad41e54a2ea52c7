import type { Transaction } from '@evenhand/kernel';
import type { DeliveryAddress, PostalAddress } from '../domain/delivery-address';

export abstract class DeliveryAddressRepository {
  /** Locks the influencer's addresses until the end of the transaction; answers how many there are. */
  abstract lockAndCount(tx: Transaction, influencerId: string): Promise<number>;
  /** Seals the address itself; label and country stay readable. */
  abstract add(tx: Transaction, address: DeliveryAddress, postal: PostalAddress): Promise<void>;
  /** Those that were not removed, oldest first. */
  abstract list(tx: Transaction, influencerId: string): Promise<readonly DeliveryAddress[]>;
  /** The addresses themselves, by id, of those that the transaction's actor may read. */
  abstract open(tx: Transaction, addressIds: readonly string[]): Promise<ReadonlyMap<string, PostalAddress>>;
  /** Deletes the sealed address for good; false where there is none of hers. */
  abstract remove(tx: Transaction, influencerId: string, addressId: string, at: Date): Promise<boolean>;
  /** Seals up to `limit` addresses anew whose key is not the newest; answers how many. */
  abstract resealStale(tx: Transaction, limit: number): Promise<number>;
}
