import type { Transaction } from '@evenhand/kernel';
import type { MarketplacePolicy } from '../domain/marketplace-policy';

export abstract class MarketplacePolicyRepository {
  /** The version in force; there always is one. */
  abstract current(tx: Transaction): Promise<MarketplacePolicy>;

  /** Throws PolicyVersionSuperseded where somebody else added this version first. */
  abstract add(tx: Transaction, policy: MarketplacePolicy): Promise<void>;
}
