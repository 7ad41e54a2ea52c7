import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import {
  type EarningView,
  FreezeEarnings,
  LedgerQueries,
  ReturnEscrow,
  ReverseEarnings,
  UnfreezeEarnings,
} from '@evenhand/ledger';
import type { Rational } from '@evenhand/money';
import { Injectable } from '@nestjs/common';
import type { Deal, Deliverable } from '../application/deal';
import { DealMoney } from '../application/deal-money';
import type { DisputeItem } from '../application/disputes/dispute';
import { DisputeMoney } from '../application/disputes/dispute-money';
import { grossOfPool, splitEscrow } from '../application/disputes/escrow-split';
import { hasEnded } from '../domain/deal';
import { isDone } from '../domain/deliverable';
import { keptOf } from '../domain/dispute';

const DISPUTE = 'dispute';

interface Decided {
  readonly disputeId: string;
  readonly item: DisputeItem;
  readonly influencerShare: Rational;
}

@Injectable()
export class LedgerDisputeMoney extends DisputeMoney {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly dealMoney: DealMoney,
    private readonly returnEscrow: ReturnEscrow,
    private readonly reverseEarnings: ReverseEarnings,
    private readonly freezeEarnings: FreezeEarnings,
    private readonly unfreezeEarnings: UnfreezeEarnings,
    private readonly ledger: LedgerQueries,
  ) {
    super();
  }

  override async inQuestion(tx: Transaction, deal: Deal, deliverable: Deliverable): Promise<DisputeItem | null> {
    const item = (place: DisputeItem['place'], amountMinor: bigint): DisputeItem | null =>
      amountMinor === 0n ? null : { deliverableId: deliverable.id, place, amountMinor, decided: null };
    if (!isDone(deliverable.progress.state)) {
      return hasEnded(deal.state) ? null : item('escrow', grossOfPool(deal.terms.plans.cash, poolOf(deliverable)));
    }
    const earning = await this.earningOf(tx, deal, deliverable.id);
    return earning && item('earning', earning.grossMinor - earning.grossReversedMinor);
  }

  override async freeze(tx: Transaction, deal: Deal, items: readonly DisputeItem[]): Promise<void> {
    const command = { brandId: deal.brandId, sources: earnedOf(items), reason: DISPUTE, includeReleased: true };
    await this.uow.asSystem(tx, () => this.freezeEarnings.execute(tx, command));
  }

  override async unfreeze(tx: Transaction, deal: Deal, items: readonly DisputeItem[]): Promise<void> {
    const command = { brandId: deal.brandId, sources: earnedOf(items), reason: DISPUTE };
    await this.uow.asSystem(tx, () => this.unfreezeEarnings.execute(tx, command));
  }

  override async carryOut(tx: Transaction, deal: Deal, decided: Decided, now: Date): Promise<DisputeItem> {
    const { item, influencerShare } = decided;
    // An operator has no book of their own to see.
    const returnedMinor = await this.uow.asSystem(tx, () =>
      item.place === 'escrow' ? this.pay(tx, deal, decided, now) : this.takeBack(tx, deal, decided, now),
    );
    await this.giveBack(tx, deal, decided, returnedMinor);
    const keptMinor = item.amountMinor - returnedMinor;
    return { ...item, decided: { influencerShare: influencerShare.toString(), keptMinor, returnedMinor } };
  }

  /** Answers what is left for the brand. */
  private async pay(tx: Transaction, deal: Deal, { item, influencerShare }: Decided, now: Date): Promise<bigint> {
    const deliverable = deal.deliverables.find(({ id }) => id === item.deliverableId);
    if (!deliverable) throw new RangeError(`Deliverable ${item.deliverableId} is of another deal.`);
    const split = splitEscrow(deal.terms.plans.cash, poolOf(deliverable), influencerShare);
    if (split.poolMinor > 0n) await this.dealMoney.releaseCash(tx, deal, deliverable, split.poolMinor, now);
    return split.returnedMinor;
  }

  /** Back into the escrow, from where each recorded part is now; answers how much. */
  private async takeBack(
    tx: Transaction,
    deal: Deal,
    { disputeId, item, influencerShare }: Decided,
    now: Date,
  ): Promise<bigint> {
    const earning = await this.earningOf(tx, deal, item.deliverableId);
    if (!earning) throw new RangeError(`Deliverable ${item.deliverableId} has earned nothing.`);
    const leftMinor = earning.baseMinor - earning.baseReversedMinor;
    const refundedBaseMinor = leftMinor - keptOf(leftMinor, influencerShare);
    if (refundedBaseMinor === 0n) return 0n;
    const [reversal] = await this.reverseEarnings.execute(tx, deal.brandId, [
      {
        idempotencyKey: `dispute:${disputeId}:${item.deliverableId}:reverse`,
        source: { type: 'deliverable', id: item.deliverableId },
        refundId: disputeId,
        refundedBaseMinor,
        occurredAt: now,
      },
    ]);
    return reversal?.grossMinor ?? 0n;
  }

  private async giveBack(
    tx: Transaction,
    deal: Deal,
    { disputeId, item }: Decided,
    amountMinor: bigint,
  ): Promise<void> {
    const currency = deal.need.cash?.currency;
    if (amountMinor === 0n || currency === undefined) return;
    const idempotencyKey = `dispute:${disputeId}:${item.deliverableId}:return`;
    const { brandId, id: dealId } = deal;
    const command = { brandId, dealId, currency, purpose: 'cash', amountMinor, idempotencyKey } as const;
    await this.uow.asSystem(tx, () => this.returnEscrow.execute(tx, command));
  }

  private async earningOf(tx: Transaction, { brandId }: Deal, deliverableId: string): Promise<EarningView | null> {
    const filter = { brandId, source: { type: 'deliverable', id: deliverableId } } as const;
    const page = { first: 1, after: null };
    const { rows } = await this.uow.asSystem(tx, () => this.ledger.earnings(tx, filter, page));
    return rows[0]?.node ?? null;
  }
}

function earnedOf(items: readonly DisputeItem[]) {
  return items
    .filter(({ place }) => place === 'earning')
    .map(({ deliverableId }) => ({ type: 'deliverable', id: deliverableId }) as const);
}

function poolOf({ milestones }: Deliverable): bigint {
  return milestones.reduce((sum, milestone) => sum + milestone.amountMinor, 0n);
}
