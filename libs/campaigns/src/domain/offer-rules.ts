import type { Rational } from '@evenhand/money';
import type { AmountRange, Brief } from './brief';
import { Checks, readRate } from './checks';
import {
  ATTRIBUTION_MODELS,
  BONUS_METRICS,
  BONUS_SPLITS,
  type CashOffer,
  COMMISSION_BASES,
  type CommissionOffer,
  type Compensation,
  type GiftOffer,
  giftValueMinor,
} from './compensation';
import { InvalidOffer } from './errors';

/** Throws {@link InvalidOffer} with every problem: ill-formed parts, kinds or amounts the brief does not offer. */
export function assertFitsBrief(compensation: Compensation, message: string | null, brief: Brief): void {
  const checks = new Checks();
  const { cash, gift, commission } = compensation;
  checks.that(Boolean(cash ?? gift ?? commission), 'compensation', 'Needs at least one of cash, gift and commission.');
  if (cash) checkCash(checks, cash, brief);
  if (gift) checkGift(checks, gift, brief);
  if (commission) checkCommission(checks, commission, brief);
  if (message !== null) checks.text('message', message, { min: 0, max: 2000, as: 'text' });
  if (checks.problems.length > 0) throw new InvalidOffer(checks.problems);
}

function checkCash(checks: Checks, cash: CashOffer, brief: Brief): void {
  if (checks.amount('cash.amount', cash.amountMinor)) {
    checkRange(checks, 'cash', cash.currency, cash.amountMinor, brief.compensation.cash);
  }
  checks.count('cash.milestones', cash.milestones.length, 1, 50);
  const keys = new Set(brief.deliverables.map((spec) => spec.key));
  cash.milestones.forEach((milestone, index) => {
    const field = `cash.milestones.${index}`;
    checks.that(keys.has(milestone.deliverableKey), `${field}.deliverableKey`, 'The brief has no such deliverable.');
    checks.amount(`${field}.amount`, milestone.amountMinor);
  });
  const sum = cash.milestones.reduce((total, milestone) => total + milestone.amountMinor, 0n);
  checks.that(sum === cash.amountMinor, 'cash.milestones', 'The milestones must sum to the amount.');
}

function checkGift(checks: Checks, gift: GiftOffer, brief: Brief): void {
  checks.list(
    'gift.items',
    gift.items.map((item) => item.name),
    1,
    50,
  );
  gift.items.forEach((item, index) => {
    checks.text(`gift.items.${index}.name`, item.name, { max: 120, as: 'line' });
    checks.wholeNumber(`gift.items.${index}.quantity`, item.quantity, 1, 1000);
    checks.amount(`gift.items.${index}.fairMarketValue`, item.fairMarketValueMinor);
  });
  checks.wholeNumber('gift.postingDutyDays', gift.postingDutyDays, 1, 365);
  if (checks.problems.some((problem) => problem.field.startsWith('gift.'))) return;
  if (checks.amount('gift.items', giftValueMinor(gift))) {
    checkRange(checks, 'gift', gift.currency, giftValueMinor(gift), brief.compensation.gift);
  }
}

function checkRange(
  checks: Checks,
  field: string,
  currency: string,
  amountMinor: bigint,
  ranges: readonly AmountRange[],
): void {
  if (!checks.that(ranges.length > 0, field, `The brief offers no ${field}.`)) return;
  const range = ranges.find((each) => each.currency === currency);
  if (!range) {
    checks.add(`${field}.currency`, `The brief offers ${ranges.map((each) => each.currency).join(', ')} only.`);
    return;
  }
  const within = amountMinor >= range.minimumMinor && amountMinor <= range.maximumMinor;
  checks.that(within, `${field}.amount`, "Is outside the brief's range.");
}

function checkCommission(checks: Checks, commission: CommissionOffer, brief: Brief): void {
  const ranges = brief.compensation.commission;
  if (!checks.that(ranges.length > 0, 'commission', 'The brief offers no commission.')) return;
  const range = ranges.find((each) => each.currency === commission.currency);
  if (!range) {
    checks.add('commission.currency', `The brief offers ${ranges.map((each) => each.currency).join(', ')} only.`);
    return;
  }
  checks.oneOf('commission.base', commission.base, COMMISSION_BASES);
  checks.that(commission.base === range.base, 'commission.base', `The brief's base is ${range.base}.`);
  const bounds = { least: readRate(range.minimumRate), most: readRate(range.maximumRate) };
  checkRate(checks, 'commission.rate', commission.rate, bounds);
  if (commission.livestreamRate !== null) {
    checkRate(checks, 'commission.livestreamRate', commission.livestreamRate, bounds);
  }
  checkTiers(checks, commission, bounds);
  checkBonuses(checks, commission);
  checkCommissionTerms(checks, commission);
}

interface RateBounds {
  readonly least: Rational | null;
  readonly most: Rational | null;
}

function checkRate(checks: Checks, field: string, text: string, { least, most }: RateBounds): void {
  const rate = checks.rate(field, text);
  if (!rate || !least || !most) return;
  checks.that(rate.compare(least) >= 0 && rate.compare(most) <= 0, field, "Is outside the brief's range.");
}

function checkTiers(checks: Checks, { tiers }: CommissionOffer, bounds: RateBounds): void {
  checks.list(
    'commission.tiers',
    tiers.map((tier) => tier.fromNetSalesMinor.toString()),
    0,
    20,
  );
  tiers.forEach((tier, index) => {
    const field = `commission.tiers.${index}`;
    checks.amount(`${field}.fromNetSales`, tier.fromNetSalesMinor);
    checkRate(checks, `${field}.rate`, tier.rate, bounds);
    const before = tiers[index - 1];
    const ascends = before === undefined || before.fromNetSalesMinor < tier.fromNetSalesMinor;
    checks.that(ascends, field, 'Tiers must ascend by net sales.');
  });
}

function checkBonuses(checks: Checks, { bonuses }: CommissionOffer): void {
  checks.list(
    'commission.bonuses',
    bonuses.map((bonus) => bonus.id),
    0,
    20,
  );
  bonuses.forEach((bonus, index) => {
    const field = `commission.bonuses.${index}`;
    checks.text(`${field}.id`, bonus.id, { max: 40, as: 'line' });
    checks.oneOf(`${field}.metric`, bonus.metric, BONUS_METRICS);
    checks.oneOf(`${field}.splitBy`, bonus.splitBy, BONUS_SPLITS);
    checks.amount(`${field}.threshold`, bonus.threshold);
    checks.amount(`${field}.amount`, bonus.amountMinor);
  });
}

function checkCommissionTerms(checks: Checks, commission: CommissionOffer): void {
  const { capMinor, reserveMinor } = commission;
  checks.amount('commission.reserve', reserveMinor, true);
  if (capMinor !== null && checks.amount('commission.cap', capMinor)) {
    checks.that(reserveMinor <= capMinor, 'commission.reserve', 'Must not be above the cap.');
  }
  checks.wholeNumber('commission.attributionWindowDays', commission.attributionWindowDays, 1, 365);
  checks.oneOf('commission.attributionModel', commission.attributionModel, ATTRIBUTION_MODELS);
  checks.wholeNumber('commission.holdDays', commission.holdDays, 0, 90);
}
