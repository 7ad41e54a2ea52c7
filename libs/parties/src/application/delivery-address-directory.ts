import type { Transaction } from '@evenhand/kernel';
import type { DeliveryAddress, PostalAddress } from '../domain/delivery-address';

/** Delivery addresses for those who send something. */
export abstract class DeliveryAddressDirectory {
  /** By its name only; whoever acts for the influencer finds it. Null where it is not hers or was removed. */
  abstract find(tx: Transaction, influencerId: string, addressId: string): Promise<DeliveryAddress | null>;

  /**
   * The address in clear, for its owner and the system; null for anyone else and where it was removed. Whoever asks as
   * the system has decided who may read it.
   */
  abstract open(tx: Transaction, addressId: string): Promise<PostalAddress | null>;
}
