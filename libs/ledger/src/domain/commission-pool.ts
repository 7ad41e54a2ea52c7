import { multiplyRoundHalfEven, Rational } from '@evenhand/money';
import { InvalidCommissionTerms } from './errors';

export interface CommissionTier {
  /** Running net sales from which `rate` applies, to the part above only. */
  readonly fromNetSalesMinor: bigint;
  readonly rate: string;
}

export interface CommissionTerms {
  /** Exact rational text 0–1, the rate below the first tier. */
  readonly rate: string;
  readonly tiers: readonly CommissionTier[];
  /** Most commission the deal pays in all; null for no cap. */
  readonly capMinor: bigint | null;
}

/** What a commission depends on beside its terms; minor units of the deal's currency. */
export interface CommissionFacts {
  /** Net sales of the one sale. */
  readonly baseMinor: bigint;
  /** Running net sales of its kind before it; null where the terms have neither tiers nor a cap. */
  readonly netSalesBeforeMinor: bigint | null;
  /** What earlier commissions of the deal, of every kind, left of the cap; null where there is no cap. */
  readonly capLeftMinor: bigint | null;
}

/**
 * The pool of one sale: what the running net sales earn more by it, and never more than the cap leaves, since refunds
 * between sales of different tiers could lift the sum above it otherwise.
 * Throws {@link InvalidCommissionTerms}, also where a fact that the terms need is missing.
 */
export function commissionOfSale(terms: CommissionTerms, facts: CommissionFacts): bigint {
  const { baseMinor, netSalesBeforeMinor, capLeftMinor } = facts;
  const isRunning = terms.tiers.length > 0 || terms.capMinor !== null;
  if ((isRunning && netSalesBeforeMinor === null) || (terms.capMinor !== null && capLeftMinor === null)) {
    throw new InvalidCommissionTerms('Tiers and caps need what the deal had sold and earned before.');
  }
  const before = netSalesBeforeMinor ?? 0n;
  const poolMinor = commissionPool(terms, before, before + baseMinor);
  return terms.capMinor === null ? poolMinor : min(poolMinor, capLeftMinor ?? 0n);
}

/**
 * The commission, in minor units, on the net sales between two running totals of one deal.
 * Untiered and uncapped it is rate × base, half-even; otherwise f(after) − f(before) with f monotone and rounded once,
 * so that the total does not depend on the order in which sales arrive.
 * Throws {@link InvalidCommissionTerms}, also where `netSalesAfterMinor` is below `netSalesBeforeMinor`.
 */
export function commissionPool(
  terms: CommissionTerms,
  netSalesBeforeMinor: bigint,
  netSalesAfterMinor: bigint,
): bigint {
  if (netSalesAfterMinor < netSalesBeforeMinor) {
    throw new InvalidCommissionTerms('Commission is for sales: the running net sales cannot fall.');
  }
  if (terms.tiers.length === 0 && terms.capMinor === null) {
    return multiplyRoundHalfEven(netSalesAfterMinor - netSalesBeforeMinor, rateOf(terms.rate));
  }
  return totalCommission(terms, netSalesAfterMinor) - totalCommission(terms, netSalesBeforeMinor);
}

function totalCommission({ rate, tiers, capMinor }: CommissionTerms, netSalesMinor: bigint): bigint {
  let exact = Rational.ZERO;
  let fromMinor = 0n;
  let currentRate = rateOf(rate);
  for (const tier of tiers) {
    if (tier.fromNetSalesMinor <= fromMinor) {
      throw new InvalidCommissionTerms('Each tier must start above the one before it.');
    }
    exact = exact.add(partBetween(fromMinor, min(tier.fromNetSalesMinor, netSalesMinor), currentRate));
    fromMinor = tier.fromNetSalesMinor;
    currentRate = rateOf(tier.rate);
  }
  const total = multiplyRoundHalfEven(1n, exact.add(partBetween(fromMinor, netSalesMinor, currentRate)));
  if (capMinor === null) return total;
  if (capMinor < 0n) throw new InvalidCommissionTerms('A cap cannot be below zero.');
  return min(total, capMinor);
}

function partBetween(fromMinor: bigint, toMinor: bigint, rate: Rational): Rational {
  return toMinor <= fromMinor ? Rational.ZERO : rate.multiply(Rational.of(toMinor - fromMinor, 1n));
}

function rateOf(text: string): Rational {
  const rate = Rational.parse(text);
  if (!rate.isBetween0And1()) throw new InvalidCommissionTerms('A commission rate must be from 0 to 1.');
  return rate;
}

function min(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
