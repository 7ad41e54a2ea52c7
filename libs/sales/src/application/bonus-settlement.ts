import { type CommissionDeal, DealDirectory } from '@evenhand/deals';
import { Outbox, type Transaction } from '@evenhand/kernel';
import { ReverseEarnings, SplitEarnings } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import { NOTHING_SOLD, withoutHeld } from '../domain/commission';
import { type BonusPlan, planBonuses } from './bonus-plan';
import { BonusRepository, type EarnedBonus } from './bonus-repository';
import type { Receipt } from './prepared-event';
import { RiskHoldRepository } from './risk/risk-hold-repository';
import { SaleRepository } from './sale-repository';

/**
 * Settles the bonuses of deals whose sales have just changed, in the transaction that changed them: what is reached now
 * is earned, what is no longer reached within its hold is taken back whole. Sales on risk hold reach nothing until they
 * are cleared.
 */
@Injectable()
export class BonusSettlement {
  constructor(
    private readonly deals: DealDirectory,
    private readonly sales: SaleRepository,
    private readonly bonuses: BonusRepository,
    private readonly holds: RiskHoldRepository,
    private readonly splitEarnings: SplitEarnings,
    private readonly reverseEarnings: ReverseEarnings,
    private readonly outbox: Outbox,
  ) {}

  async settle(tx: Transaction, { brandId, receivedAt }: Receipt, dealIds: readonly string[]): Promise<void> {
    if (dealIds.length === 0) return;
    const found = await this.deals.findByIds(tx, [...new Set(dealIds)]);
    const deals = [...found.values()].filter((deal) => deal.commission.bonuses.length > 0);
    if (deals.length === 0) return;
    const ids = deals.map(({ dealId }) => dealId);
    const running = await this.sales.lockRunningSales(tx, brandId, ids);
    const held = await this.holds.heldOf(tx, brandId, ids);
    const earned = await this.bonuses.earnedBy(tx, brandId, ids);
    const plans = deals.map((deal) => {
      const sold = withoutHeld(running.get(deal.dealId) ?? NOTHING_SOLD, held.get(deal.dealId));
      return planBonuses(deal, sold, ofDeal(earned, deal), receivedAt);
    });
    await this.record(tx, brandId, plans, receivedAt);
    await this.tell(tx, plans, found);
  }

  private async record(tx: Transaction, brandId: string, plans: readonly BonusPlan[], at: Date): Promise<void> {
    const lost = plans.flatMap((plan) => plan.lost);
    const earned = plans.flatMap((plan) => plan.earned);
    await this.reverseEarnings.execute(
      tx,
      brandId,
      lost.map(({ reversal }) => reversal),
    );
    await this.splitEarnings.execute(
      tx,
      brandId,
      earned.map(({ earning }) => earning),
    );
    await this.bonuses.markReversed(
      tx,
      brandId,
      lost.map(({ bonus }) => bonus.sourceId),
      at,
    );
    await this.bonuses.add(
      tx,
      brandId,
      earned.map(({ bonus }) => bonus),
    );
  }

  private tell(
    tx: Transaction,
    plans: readonly BonusPlan[],
    deals: ReadonlyMap<string, CommissionDeal>,
  ): Promise<void> {
    const told = (type: string) => (item: { readonly bonus: EarnedBonus }) =>
      eventOf(type, item.bonus, deals.get(item.bonus.dealId));
    return this.outbox.append(tx, [
      ...plans.flatMap(({ lost }) => lost.map(told('sales.bonus_reversed'))),
      ...plans.flatMap(({ earned }) => earned.map(told('sales.bonus_earned'))),
    ]);
  }
}

function ofDeal(earned: readonly EarnedBonus[], { dealId }: CommissionDeal): readonly EarnedBonus[] {
  return earned.filter((bonus) => bonus.dealId === dealId);
}

function eventOf(type: string, bonus: EarnedBonus, deal: CommissionDeal | undefined) {
  const { dealId, bonusId, sourceId, currency, amountMinor } = bonus;
  const sides = { brandId: deal?.brandId, campaignId: deal?.campaignId, influencerId: deal?.influencerId };
  const payload = { ...sides, dealId, bonusId, currency, amountMinor: amountMinor.toString() };
  return { type, subjectId: sourceId, payload };
}
