import type { Transaction } from '@evenhand/kernel';
import type { RiskRules } from '../../domain/risk-rules';

export interface ChangedRiskRules extends RiskRules {
  readonly changedAt: Date;
  /** The user; null for jobs and the command line. */
  readonly changedBy: string | null;
}

/** Versions of the rules by which sales of a brand are held. Writes need the system's rights. */
export abstract class RiskRulesStore {
  /** Those in force; the product's own where the brand has none. May be a second old. */
  abstract inForce(tx: Transaction, brandId: string): Promise<RiskRules>;

  /** The newest version as it is stored now; the product's own where there is none. */
  abstract current(tx: Transaction, brandId: string): Promise<RiskRules>;

  /** False where this version is there already. */
  abstract add(tx: Transaction, brandId: string, rules: ChangedRiskRules): Promise<boolean>;

  /** Lets the next reader in this process ask anew. */
  abstract forget(brandId: string): void;
}
