import { COMPENSATION_KINDS, type CompensationKind, InvalidInput } from '@evenhand/kernel';
import { checkedFee, type PlatformFee } from './platform-fee';

/** What the platform takes, per kind of money. */
export type PlatformFees = Readonly<Record<CompensationKind, PlatformFee>>;

export interface PolicyTerms {
  readonly platformFees: PlatformFees;
  /** Days of the brand's silence after which a submitted deliverable counts as approved. */
  readonly autoApprovalDays: number;
  /** Days between the approval of work and the release of its cash; commission offers state their own. */
  readonly defaultHoldDays: number;
}

/** One version of the marketplace's policy. Versions are never edited; deals keep the one they were accepted under. */
export interface MarketplacePolicy extends PolicyTerms {
  /** 1, 2, 3 … */
  readonly version: number;
  readonly effectiveFrom: Date;
  /** User who set it; null for the first version. */
  readonly createdBy: string | null;
}

const MAX_AUTO_APPROVAL_DAYS = 60;
const MAX_HOLD_DAYS = 180;

/** The terms with nothing beside them; throws InvalidInput, InvalidRational, UnknownCurrency. */
export function checkedPolicyTerms(terms: PolicyTerms): PolicyTerms {
  requireDays('autoApprovalDays', terms.autoApprovalDays, 1, MAX_AUTO_APPROVAL_DAYS);
  requireDays('defaultHoldDays', terms.defaultHoldDays, 0, MAX_HOLD_DAYS);
  const fees = COMPENSATION_KINDS.map((kind): [CompensationKind, PlatformFee] => [
    kind,
    checkedFee(`platformFees.${kind}`, terms.platformFees[kind]),
  ]);
  return { ...terms, platformFees: Object.fromEntries(fees) as Record<CompensationKind, PlatformFee> };
}

function requireDays(field: string, days: number, least: number, most: number): void {
  if (Number.isInteger(days) && days >= least && days <= most) return;
  throw new InvalidInput(field, `Give a whole number of days from ${least} to ${most}.`);
}
