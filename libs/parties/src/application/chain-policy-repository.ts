import type { Transaction } from '@evenhand/kernel';
import type { ChainPolicy } from '../domain/chain-policy';

export abstract class ChainPolicyRepository {
  /** The version in force; there always is one. */
  abstract current(tx: Transaction): Promise<ChainPolicy>;

  /** Throws `ChainPolicySuperseded` where somebody else added this version first. */
  abstract add(tx: Transaction, policy: ChainPolicy): Promise<void>;
}
