import type { CommissionTerms } from './commission-pool';
import type { SplitPlan } from './split-plan';

/** {@link CommissionTerms} as JSON: money as decimal text of minor units. */
export interface StatedCommission {
  readonly rate: string;
  readonly tiers: readonly { readonly fromNetSalesMinor: string; readonly rate: string }[];
  readonly capMinor: string | null;
}

/** All that turns the facts of an earning into its gross and its shares; JSON-safe, never changed. */
export interface SplitRule {
  /** One of `SPLIT_RULE_VERSIONS`. */
  readonly version: string;
  readonly plan: SplitPlan;
  /** How the pool follows from the base; null where the pool is the base: milestones and bonuses. */
  readonly commission: StatedCommission | null;
}

const NO_COMMISSION = {};
const RULES = new WeakMap<SplitPlan, WeakMap<object, SplitRule>>();

/** The rule of a plan and the terms of a commission: one object for the same two objects, however often it is asked. */
export function splitRuleOf(plan: SplitPlan, commission: CommissionTerms | null): SplitRule {
  const ofPlan = RULES.get(plan) ?? new WeakMap<object, SplitRule>();
  RULES.set(plan, ofPlan);
  const key = commission ?? NO_COMMISSION;
  const known = ofPlan.get(key);
  if (known) return known;
  const rule = { version: plan.ruleVersion, plan, commission: commission && stated(commission) };
  ofPlan.set(key, rule);
  return rule;
}

export function commissionOf({ commission }: SplitRule): CommissionTerms | null {
  return (
    commission && {
      rate: commission.rate,
      tiers: commission.tiers.map(({ fromNetSalesMinor, rate }) => ({
        fromNetSalesMinor: BigInt(fromNetSalesMinor),
        rate,
      })),
      capMinor: commission.capMinor === null ? null : BigInt(commission.capMinor),
    }
  );
}

const TEXTS = new WeakMap<SplitRule, string>();

/** One text for equal rules, whatever order their keys were stored in: what a hash of the rule is taken of. */
export function splitRuleText(rule: SplitRule): string {
  const known = TEXTS.get(rule);
  if (known !== undefined) return known;
  const text = textOf(rule);
  TEXTS.set(rule, text);
  return text;
}

function textOf({ version, plan, commission }: SplitRule): string {
  return JSON.stringify([
    version,
    plan.payeeId,
    plan.currency ?? null,
    plan.cuts.map((cut) => [cut.partyId, cut.role, cut.of, cut.share, cut.minMinor ?? null, cut.maxMinor ?? null]),
    plan.shares.map(({ partyId, role, share }) => [partyId, role, share]),
    plan.onTop ? [plan.onTop.partyId, plan.onTop.role, plan.onTop.share] : null,
    commission && [
      commission.rate,
      commission.tiers.map(({ fromNetSalesMinor, rate }) => [fromNetSalesMinor, rate]),
      commission.capMinor,
    ],
  ]);
}

function stated({ rate, tiers, capMinor }: CommissionTerms): StatedCommission {
  return {
    rate,
    tiers: tiers.map((tier) => ({ fromNetSalesMinor: `${tier.fromNetSalesMinor}`, rate: tier.rate })),
    capMinor: capMinor === null ? null : `${capMinor}`,
  };
}
