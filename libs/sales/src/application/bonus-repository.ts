import type { Transaction } from '@evenhand/kernel';

/** A bonus that a deal earned for the `grantNumber`th time; it stands until `reversedAt`. */
export interface EarnedBonus {
  readonly dealId: string;
  readonly bonusId: string;
  readonly grantNumber: number;
  /** The ledger's name for it. */
  readonly sourceId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly earnedAt: Date;
  readonly releaseAt: Date;
  readonly reversedAt: Date | null;
}

/** Bonuses earned so far; written with the system's rights, under the lock of their deal's running sales. */
export abstract class BonusRepository {
  /** Of these deals, those taken back included. */
  abstract earnedBy(tx: Transaction, brandId: string, dealIds: readonly string[]): Promise<readonly EarnedBonus[]>;

  abstract add(tx: Transaction, brandId: string, bonuses: readonly EarnedBonus[]): Promise<void>;

  abstract markReversed(tx: Transaction, brandId: string, sourceIds: readonly string[], at: Date): Promise<void>;
}
