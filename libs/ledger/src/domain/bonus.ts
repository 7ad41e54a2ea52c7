/** What the product measures of a deal today; a later figure is one more name here. */
export const BONUS_METRICS = ['net_sales', 'sales_count'] as const;
export type BonusMetric = (typeof BONUS_METRICS)[number];

/** `net_sales`: minor units of the deal's commission currency, refunds taken off. `sales_count`: sales not refunded whole. */
export type PerformanceFigures = Readonly<Record<BonusMetric, bigint>>;

/** A bonus as a deal states it: due from the figure `threshold` on. */
export interface BonusRule {
  /** Unique within its deal. */
  readonly id: string;
  readonly metric: BonusMetric;
  readonly threshold: bigint;
}

/** A bonus that was earned and not taken back. */
export interface StandingBonus {
  readonly bonusId: string;
  /** The end of its hold: what it is earned by is not looked at again from then on. */
  readonly releaseAt: Date;
}

export interface BonusChanges<Rule extends BonusRule> {
  /** To be recorded: reached, and not standing yet. */
  readonly earned: readonly Rule[];
  /** Ids of those to be taken back whole: no longer reached, and still in their hold. */
  readonly lost: readonly string[];
}

/**
 * What the figures of a deal change of its bonuses at an instant. It depends on the figures alone, so within the hold
 * the order of sales and refunds does not matter, and a bonus never stands twice.
 */
export function bonusChanges<Rule extends BonusRule>(
  bonuses: readonly Rule[],
  standing: readonly StandingBonus[],
  figures: PerformanceFigures,
  now: Date,
): BonusChanges<Rule> {
  const stands = new Set(standing.map(({ bonusId }) => bonusId));
  const reached = bonuses.filter(({ metric, threshold }) => figures[metric] >= threshold);
  const isReached = new Set(reached.map(({ id }) => id));
  return {
    earned: reached.filter(({ id }) => !stands.has(id)),
    lost: standing
      .filter(({ bonusId, releaseAt }) => now < releaseAt && !isReached.has(bonusId))
      .map(({ bonusId }) => bonusId),
  };
}
