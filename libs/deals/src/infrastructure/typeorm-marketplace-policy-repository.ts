import { COMPENSATION_KINDS, type CompensationKind, type Transaction } from '@evenhand/kernel';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { MarketplacePolicyRepository } from '../application/marketplace-policy-repository';
import { PolicyVersionSuperseded } from '../domain/errors';
import type { MarketplacePolicy, PlatformFees } from '../domain/marketplace-policy';
import type { PlatformFee } from '../domain/platform-fee';

/** Money as decimal text. The first policy states its fees as shares alone. */
type StoredFee =
  | string
  | {
      readonly share: string;
      readonly of: PlatformFee['of'];
      readonly bounds: readonly {
        readonly currency: string;
        readonly minMinor: string | null;
        readonly maxMinor: string | null;
      }[];
    };
type StoredFees = Readonly<Record<CompensationKind, StoredFee>>;

/** A row of deals.marketplace_policies. */
interface MarketplacePolicyRow {
  readonly version: number;
  readonly platform_fees: StoredFees;
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
      platformFees: feesOf(row.platform_fees),
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
          JSON.stringify(policy.platformFees, (_key, value: unknown) =>
            typeof value === 'bigint' ? `${value}` : value,
          ),
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

function feesOf(stored: StoredFees): PlatformFees {
  const fees = COMPENSATION_KINDS.map((kind): [CompensationKind, PlatformFee] => [kind, feeOf(stored[kind])]);
  return Object.fromEntries(fees) as Record<CompensationKind, PlatformFee>;
}

function feeOf(stored: StoredFee): PlatformFee {
  if (typeof stored === 'string') return { share: stored, of: 'gross', bounds: [] };
  const bounds = stored.bounds.map(({ currency, minMinor, maxMinor }) => ({
    currency,
    minMinor: minMinor === null ? null : BigInt(minMinor),
    maxMinor: maxMinor === null ? null : BigInt(maxMinor),
  }));
  return { share: stored.share, of: stored.of, bounds };
}
