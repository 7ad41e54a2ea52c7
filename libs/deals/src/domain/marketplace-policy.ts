import { COMPENSATION_KINDS, type CompensationKind, InvalidInput } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';

/** The platform's share of the gross per kind: exact decimals or fractions from 0 to 1, as text. */
export type PlatformFees = Readonly<Record<CompensationKind, string>>;

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

/** The terms with canonical rates; throws InvalidInput, InvalidRational. */
export function checkedPolicyTerms(terms: PolicyTerms): PolicyTerms {
  requireDays('autoApprovalDays', terms.autoApprovalDays, 1, MAX_AUTO_APPROVAL_DAYS);
  requireDays('defaultHoldDays', terms.defaultHoldDays, 0, MAX_HOLD_DAYS);
  for (const kind of COMPENSATION_KINDS) {
    if (!Rational.parseStated(terms.platformFees[kind]).isBetween0And1()) {
      throw new InvalidInput(`platformFees.${kind}`, 'A fee is a share from 0 to 1.');
    }
  }
  const { cash, note_commission, livestream_commission } = terms.platformFees;
  return { ...terms, platformFees: { cash, note_commission, livestream_commission } };
}

function requireDays(field: string, days: number, least: number, most: number): void {
  if (Number.isInteger(days) && days >= least && days <= most) return;
  throw new InvalidInput(field, `Give a whole number of days from ${least} to ${most}.`);
}
