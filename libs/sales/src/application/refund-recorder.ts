import { IdGenerator, Outbox, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { ReverseEarningsByItem } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import { refundContent, refundOfContent } from '../domain/content';
import type { RefundEvent } from '../domain/sale-event';
import { checkToldByShop } from '../domain/take-back-name';
import { checkRefund } from '../domain/validation';
import { BonusSettlement } from './bonus-settlement';
import { IntakeRepository, type LockedKeys, refundKeyOf, saleKeyOf } from './intake-repository';
import { planRefunds, type PlannedRefund, type RefundsPlan, type RefundsToPlan } from './plan-refunds';
import { asMended, prepare, type PreparedEvent, reasonOf, type Receipt } from './prepared-event';
import { refundsRecorded } from './recorded-events';
import { RefundIntake } from './refund-intake';
import type { IntakeReason, RefundResult } from './results';
import { SaleRepository } from './sale-repository';

interface SaleName {
  readonly source: string;
  readonly externalId: string;
}

/** Records refund events of one brand inside a transaction with the system's rights. */
@Injectable()
export class RefundRecorder {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: IdGenerator,
    private readonly outbox: Outbox,
    private readonly intake: IntakeRepository,
    private readonly sales: SaleRepository,
    private readonly reverseEarnings: ReverseEarningsByItem,
    private readonly bonuses: BonusSettlement,
  ) {}

  /** `held` where the caller has locked the keys of the events, and of their sales, before. */
  async record(
    tx: Transaction,
    receipt: Receipt,
    events: readonly RefundEvent[],
    held?: LockedKeys,
  ): Promise<readonly RefundResult[]> {
    const { brandId, receivedAt } = receipt;
    const check = (refund: RefundEvent) => {
      if (!isTakeBack(receipt)) checkToldByShop(refund);
      checkRefund(refund, receivedAt);
    };
    const raw = events.map((event) => prepare(event, refundContent, check));
    const keys = raw.filter((event) => event.isNamed).map(({ event }) => refundKeyOf(event));
    // The sale's key is locked too, so that a refund cannot be parked while its sale is being recorded elsewhere.
    const locked = held ?? (await this.intake.lockKeys(tx, brandId, [...keys, ...salesOf(raw).map(saleKeyOf)]));
    const stored = await this.intake.eventsOf(tx, brandId, locked.known(keys));
    const prepared = asMended(raw, stored, refundOfContent, check);
    const sales = salesOf(prepared);
    // Only a person changes which sale a refund is of, and that is rare enough for a lock out of order.
    const isMended = prepared.some((event) => event.isMended);
    if (isMended) await this.intake.lockKeys(tx, brandId, sales.map(saleKeyOf));
    const known = await this.sales.findRefunds(
      tx,
      brandId,
      stored.filter((event) => event.recordedId !== null),
    );
    const incoming = new RefundIntake(prepared, receipt, stored, known, this.ids);
    const plan = await this.settle(tx, receipt, sales, incoming.toApply);
    // Before anything else stands under their names: one accepted event at a time is a rule of the table.
    await this.intake.decide(tx, brandId, incoming.superseded, receivedAt);
    await this.intake.decide(tx, brandId, incoming.decisions(plan), receivedAt);
    await this.intake.add(tx, brandId, incoming.newEvents(plan));
    await this.write(tx, receipt, plan);
    const counted = [...plan.recorded.values()].flat().filter(({ sale }) => sale.countsRunningSales);
    await this.bonuses.settle(
      tx,
      receipt,
      counted.map(({ sale }) => sale.dealId),
    );
    return incoming.results(plan);
  }

  /**
   * Applies the refunds that waited for these sales, which this transaction has just recorded; bonuses are settled by
   * whoever recorded the sales.
   */
  async applyParked(tx: Transaction, receipt: Receipt, sales: readonly SaleName[]): Promise<void> {
    if (sales.length === 0) return;
    const { brandId, receivedAt } = receipt;
    const parked = await this.intake.parkedRefundsOf(tx, brandId, sales);
    if (parked.length === 0) return;
    const waiting = parked.map(({ eventId, content, mendedContent }) => ({
      eventId,
      event: refundOfContent(mendedContent ?? content),
    }));
    const plan = await this.settle(
      tx,
      receipt,
      waiting.map(({ event }) => ({ source: event.source, externalId: event.saleExternalId })),
      waiting,
    );
    await this.intake.decide(
      tx,
      brandId,
      waiting.map(({ eventId }) => {
        const recordedId = plan.recorded.get(eventId)?.[0]?.refund.refundId ?? null;
        const reason = plan.refused.get(eventId) ?? null;
        return { eventId, state: recordedId === null ? 'refused' : 'recorded', reason, recordedId };
      }),
      receivedAt,
    );
    await this.write(tx, receipt, plan);
  }

  private async settle(
    tx: Transaction,
    receipt: Receipt,
    names: readonly SaleName[],
    refunds: RefundsToPlan['refunds'],
  ): Promise<RefundsPlan> {
    const sales = await this.sales.findByExternalIds(tx, receipt.brandId, names);
    const dealIds = sales.filter((sale) => sale.countsRunningSales).map((sale) => sale.dealId);
    const running = await this.sales.lockRunningSales(tx, receipt.brandId, [...new Set(dealIds)]);
    const parts = sales.filter((sale) => sale.isPart);
    return this.post(tx, {
      brandId: receipt.brandId,
      refunds,
      sales,
      unearned: await this.sales.findUnearnedLines(tx, receipt.brandId, parts),
      running,
      recordedAt: receipt.receivedAt,
      reason: isTakeBack(receipt) ? 'risk' : 'returned',
      refusedByLedger: new Map(),
    });
  }

  /** Reverses the commissions. What the ledger refuses is refused here, and the rest planned anew without it. */
  private async post(tx: Transaction, input: RefundsToPlan): Promise<RefundsPlan> {
    const plan = planRefunds(input, this.ids);
    const reversing = [...plan.recorded.values()].flat().filter(({ refund, sale }) => {
      return refund.baseMinor > 0n && sale.commissionMinor > 0n;
    });
    const refused = await this.reverse(tx, input.brandId, reversing);
    if (refused.size === 0) return plan;
    return this.post(tx, { ...input, refusedByLedger: new Map([...input.refusedByLedger, ...refused]) });
  }

  private async reverse(
    tx: Transaction,
    brandId: string,
    reversing: readonly PlannedRefund[],
  ): Promise<ReadonlyMap<string, IntakeReason>> {
    const refused = new Map<string, IntakeReason>();
    if (reversing.length === 0) return refused;
    try {
      await this.uow.savepoint(tx, async () => {
        const outcomes = await this.reverseEarnings.execute(tx, brandId, reversing.map(reversalOf));
        outcomes.forEach((outcome, place) => {
          const planned = reversing[place];
          // Of one sale of the order or of several: the event is refused whole.
          if (outcome.status === 'refused' && planned) refused.set(planned.refund.eventId, reasonOf(outcome.error));
        });
        // Later refunds of the same order stand on a refused one: none of them is kept.
        if (refused.size > 0) throw new SomeRefused();
      });
    } catch (error) {
      if (!(error instanceof SomeRefused)) throw error;
    }
    return refused;
  }

  private async write(tx: Transaction, receipt: Receipt, plan: RefundsPlan): Promise<void> {
    const { brandId } = receipt;
    const recorded = [...plan.recorded.values()].flat();
    await this.sales.addRefunds(
      tx,
      brandId,
      recorded.map(({ refund }) => refund),
    );
    await this.sales.saveRefunded(tx, brandId, [...plan.salesAfter.values()]);
    await this.sales.saveRefundedUnearned(tx, brandId, [...plan.unearnedAfter.values()]);
    await this.sales.saveRunningSales(tx, brandId, plan.running);
    await this.outbox.append(tx, refundsRecorded(brandId, recorded));
  }
}

class SomeRefused extends Error {}

function isTakeBack({ via }: Receipt): boolean {
  return via === 'risk_decision';
}

function salesOf(prepared: readonly PreparedEvent<RefundEvent>[]): readonly SaleName[] {
  return prepared
    .filter((event) => event.isNamed && event.reason === null)
    .map(({ event }) => ({ source: event.source, externalId: event.saleExternalId }));
}

function reversalOf({ refund }: PlannedRefund) {
  return {
    idempotencyKey: `refund:${refund.refundId}`,
    source: { type: 'sale' as const, id: refund.saleId },
    refundId: refund.refundId,
    refundedBaseMinor: refund.baseMinor,
    occurredAt: refund.occurredAt,
  };
}
