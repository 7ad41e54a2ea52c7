import { type CommissionFacts, commissionOfSale } from './commission-pool';
import { type SharedAmount, splitPool } from './split-pool';
import { commissionOf, type SplitRule } from './split-rule';

/** What was recorded of an earning beside its rule, and is not itself a result of the rule. */
export interface EarningFacts extends CommissionFacts {
  /** Id of its deliverable, sale or bonus: it decides odd minor units. */
  readonly sourceId: string;
}

export interface ReplayedEarning {
  readonly grossMinor: bigint;
  /** In the order of the recorded shares. */
  readonly parts: readonly SharedAmount[];
}

/**
 * Computes an earning anew from its rule and the facts recorded with it: the same gross and parts, to the minor unit, as
 * were recorded. Throws `UnknownSplitRule`, `InvalidCommissionTerms` where facts that the rule needs are missing.
 */
export function replayEarning(rule: SplitRule, facts: EarningFacts): ReplayedEarning {
  const terms = commissionOf(rule);
  const poolMinor = terms ? commissionOfSale(terms, facts) : facts.baseMinor;
  const { grossMinor, shares } = splitPool(rule.plan, poolMinor, facts.sourceId);
  return { grossMinor, parts: shares };
}
