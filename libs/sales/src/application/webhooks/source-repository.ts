import type { Transaction } from '@evenhand/kernel';
import type { SalesSource } from '../../domain/sales-source';

/** A source with the secrets that are valid for it, newest first. */
export interface SourceWithSecrets {
  readonly source: SalesSource;
  readonly secrets: readonly string[];
}

/** The sources of webhooks. Needs the system's rights, the list aside. */
export abstract class SourceRepository {
  /** False where the brand has a source of this name already. */
  abstract add(tx: Transaction, source: SalesSource): Promise<boolean>;

  /** Locks the source until the transaction ends; undefined where there is none. */
  abstract lock(tx: Transaction, sourceId: string): Promise<SalesSource | undefined>;

  abstract close(tx: Transaction, source: SalesSource, closedAt: Date): Promise<void>;

  /** Makes a secret the newest one; the one before it is valid until `othersUntil`. */
  abstract addSecret(
    tx: Transaction,
    source: SalesSource,
    secret: {
      readonly secretId: string;
      readonly secret: string;
      readonly createdAt: Date;
      readonly othersUntil: Date;
    },
  ): Promise<void>;

  /**
   * Undefined where there is none, or it is closed. Asked for each message, so what was found is remembered for a second:
   * so long a source that was closed since may still be believed, and a secret that was made since not yet.
   */
  abstract findOpen(sourceId: string, now: Date): Promise<SourceWithSecrets | undefined>;

  /** Those of a brand that the actor may see, by name. */
  abstract listByBrand(tx: Transaction, brandId: string): Promise<readonly SalesSource[]>;
}
