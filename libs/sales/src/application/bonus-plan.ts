import { type CommissionDeal, idOfName } from '@evenhand/deals';
import { bonusChanges, type EarningDraft, type Reversal } from '@evenhand/ledger';
import { figuresOf, type RunningSales } from '../domain/commission';
import { daysAfter } from '../domain/commission-terms';
import type { EarnedBonus } from './bonus-repository';

export interface BonusPlan {
  readonly earned: readonly { readonly bonus: EarnedBonus; readonly earning: EarningDraft }[];
  readonly lost: readonly { readonly bonus: EarnedBonus; readonly reversal: Reversal }[];
}

/** What the running sales of a deal change of its bonuses now. `earnedBefore`: all it ever earned. Writes nothing. */
export function planBonuses(
  deal: CommissionDeal,
  running: RunningSales,
  earnedBefore: readonly EarnedBonus[],
  now: Date,
): BonusPlan {
  const standing = earnedBefore.filter(({ reversedAt }) => reversedAt === null);
  const changes = bonusChanges(deal.commission.bonuses, standing, figuresOf(running), now);
  const lost = new Set(changes.lost);
  return {
    earned: changes.earned.map((terms) => {
      const grantNumber = earnedBefore.filter(({ bonusId }) => bonusId === terms.id).length + 1;
      const bonus: EarnedBonus = {
        dealId: deal.dealId,
        bonusId: terms.id,
        grantNumber,
        sourceId: bonusSourceId(deal.dealId, terms.id, grantNumber),
        currency: deal.currency,
        amountMinor: terms.amountMinor,
        earnedAt: now,
        releaseAt: daysAfter(now, deal.commission.holdDays),
        reversedAt: null,
      };
      return { bonus, earning: earningOf(deal, bonus, terms.splitBy) };
    }),
    lost: standing
      .filter(({ bonusId }) => lost.has(bonusId))
      .map((bonus) => ({ bonus, reversal: reversalOf(bonus, now) })),
  };
}

/** The ledger's name for a bonus: it follows from deal, bonus and how often the deal earned it. */
export function bonusSourceId(dealId: string, bonusId: string, grantNumber: number): string {
  return idOfName(`bonus:${JSON.stringify([dealId, bonusId, grantNumber])}`);
}

function earningOf(deal: CommissionDeal, bonus: EarnedBonus, splitBy: keyof CommissionDeal['plans']): EarningDraft {
  const { sourceId, currency, amountMinor, earnedAt, releaseAt } = bonus;
  return {
    idempotencyKey: `bonus:${sourceId}`,
    kind: 'bonus',
    source: { type: 'bonus', id: sourceId },
    dealId: deal.dealId,
    campaignId: deal.campaignId,
    influencerId: deal.influencerId,
    currency,
    baseMinor: amountMinor,
    poolMinor: amountMinor,
    plan: deal.plans[splitBy],
    earnedAt,
    releaseAt,
    fundedFrom: 'reserve_then_receivable',
  };
}

function reversalOf({ sourceId, amountMinor }: EarnedBonus, now: Date): Reversal {
  return {
    idempotencyKey: `bonus:${sourceId}:reversed`,
    source: { type: 'bonus', id: sourceId },
    refundId: idOfName(`bonus-reversed:${sourceId}`),
    refundedBaseMinor: amountMinor,
    occurredAt: now,
  };
}
