import type { Transaction } from '@evenhand/kernel';
import type { DisabledReason, Endpoint } from '../domain/endpoint';

export interface NewSecret {
  readonly secretId: string;
  readonly secret: string;
  readonly createdAt: Date;
  /** Until when the one before it signs as well. */
  readonly othersUntil: Date;
}

/** Needs the system's rights, the list and `find` aside. Deleted endpoints are not there. */
export abstract class EndpointRepository {
  /** Makes the registrations of a party wait for one another; answers how many endpoints it has. */
  abstract countLocked(tx: Transaction, partyId: string): Promise<number>;

  abstract add(tx: Transaction, endpoint: Endpoint): Promise<void>;

  /** Locks the endpoint until the transaction ends. */
  abstract lock(tx: Transaction, endpointId: string): Promise<Endpoint | undefined>;

  abstract find(tx: Transaction, endpointId: string): Promise<Endpoint | undefined>;

  /** Writes everything that may change of an endpoint. */
  abstract save(tx: Transaction, endpoint: Endpoint): Promise<void>;

  /** Makes a secret the newest one; those before it sign until `othersUntil` at most. */
  abstract addSecret(tx: Transaction, endpointId: string, secret: NewSecret): Promise<void>;

  abstract dropSecrets(tx: Transaction, endpointId: string): Promise<void>;

  /** Secrets that sign at `now`, newest first; those that no key opens are left out. */
  abstract secretsOf(tx: Transaction, endpointId: string, now: Date): Promise<readonly string[]>;

  /** Oldest first. */
  abstract listByParty(tx: Transaction, partyId: string): Promise<readonly Endpoint[]>;

  /** Those that are enabled; they stay so until the transaction ends where `lock` is said. */
  abstract enabledOf(
    tx: Transaction,
    partyIds: readonly string[],
    options: { readonly lock: boolean },
  ): Promise<readonly Endpoint[]>;

  /** Something arrived, or failed to. */
  abstract noteOutcome(tx: Transaction, endpointId: string, hasArrived: boolean, now: Date): Promise<void>;

  abstract disable(tx: Transaction, endpointId: string, reason: DisabledReason, now: Date): Promise<void>;
}
