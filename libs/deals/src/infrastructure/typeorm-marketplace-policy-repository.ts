import type { Transaction } from '@evenhand/kernel';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { MarketplacePolicyRepository } from '../application/marketplace-policy-repository';
import { PolicyVersionSuperseded } from '../domain/errors';
import type { MarketplacePolicy, PlatformFees } from '../domain/marketplace-policy';

/** A row of deals.marketplace_policies. */
interface MarketplacePolicyRow {
  readonly version: number;
  readonly platform_fees: PlatformFees;
  readonly auto_approval_days: number;
  readonly default_hold_days: number;
  readonly effective_from: Date;
  readonly created_by: string | null;
}

const VERSION_KEY = 'marketplace_policies_pkey';

@Injectable()
export class TypeormMarketplacePolicyRepository extends MarketplacePolicyRepository {
  override async current(tx: Transaction): Promise<MarketplacePolicy> {
    const rows: MarketplacePolicyRow[] = await managerOf(tx).query(
      `select version, platform_fees, auto_approval_days, default_hold_days, effective_from, created_by
       from deals.marketplace_policies order by version desc limit 1`,
    );
    const [row] = rows;
    if (!row) throw new RangeError('The first marketplace policy comes with the migration and is never deleted.');
    return {
      version: row.version,
      platformFees: row.platform_fees,
      autoApprovalDays: row.auto_approval_days,
      defaultHoldDays: row.default_hold_days,
      effectiveFrom: row.effective_from,
      createdBy: row.created_by,
    };
  }

  override async add(tx: Transaction, policy: MarketplacePolicy): Promise<void> {
    try {
      await managerOf(tx).query(
        `insert into deals.marketplace_policies (version, platform_fees, auto_approval_days, default_hold_days,
           effective_from, created_by)
         values ($1, $2, $3, $4, $5, $6)`,
        [
          policy.version,
          JSON.stringify(policy.platformFees),
          policy.autoApprovalDays,
          policy.defaultHoldDays,
          policy.effectiveFrom,
          policy.createdBy,
        ],
      );
    } catch (error) {
      if (constraintOf(error) === VERSION_KEY) throw new PolicyVersionSuperseded(policy.version);
      throw error;
    }
  }
}
