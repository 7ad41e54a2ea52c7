import {
  type Actor,
  authorize,
  Clock,
  hasStaffRole,
  IdempotencyConflict,
  InvalidInput,
  NotFound,
  Outbox,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { UnfreezeEarnings } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import { CommissionNotTakenBack, RiskHoldAlreadyDecided } from '../../domain/errors';
import { takeBackNameOf } from '../../domain/take-back-name';
import { BonusSettlement } from '../bonus-settlement';
import { IntakeRepository, type LockedKeys, refundKeyOf, saleKeyOf } from '../intake-repository';
import { receiptOf, type Receipt } from '../prepared-event';
import { salesReviewed } from '../recorded-events';
import { RefundRecorder } from '../refund-recorder';
import { type SaleRecord, SaleRepository } from '../sale-repository';
import type { NamedRiskHold, RiskHold } from './risk-hold';
import { RiskHoldRepository } from './risk-hold-repository';
import { RISK } from './risk-screening';

export interface DecideRiskHoldCommand {
  readonly actor: Actor;
  readonly holdId: string;
  /** `cleared`: the sale counts like any other; `confirmed`: its commission is taken back whole. */
  readonly decision: 'cleared' | 'confirmed';
  /** Why, for whoever asks later. */
  readonly note: string;
  /** Unique per brand: the same request again answers what became of the first. */
  readonly idempotencyKey: string;
}

const MAX_NOTE = 1_000;

/**
 * Decides about a sale on risk hold, once. It is the operator who does: the brand saves what it confirms. Throws
 * `NotFound`, `Forbidden`, `InvalidInput`, `IdempotencyConflict`, `RiskHoldAlreadyDecided`, `CommissionNotTakenBack`.
 */
@Injectable()
export class DecideRiskHold {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly holds: RiskHoldRepository,
    private readonly intake: IntakeRepository,
    private readonly sales: SaleRepository,
    private readonly refunds: RefundRecorder,
    private readonly bonuses: BonusSettlement,
    private readonly unfreezeEarnings: UnfreezeEarnings,
  ) {}

  async execute(command: DecideRiskHoldCommand): Promise<RiskHold> {
    const { actor, holdId } = command;
    return this.uow.run(actor, async (tx) => {
      const found = await this.holds.find(tx, holdId);
      if (!found) throw new NotFound('Risk hold');
      authorize(hasStaffRole(actor, 'operator'), true, 'Risk hold', 'decide about a sale on risk hold');
      checkNote(command.note);
      return this.uow.asSystem(tx, () => this.decide(tx, command, found));
    });
  }

  private async decide(tx: Transaction, command: DecideRiskHoldCommand, found: NamedRiskHold): Promise<RiskHold> {
    const { actor, decision, note, idempotencyKey } = command;
    const { brandId } = found;
    const takeback = { source: found.source, externalId: takeBackNameOf(found.holdId) };
    const keys = [saleKeyOf(found), ...(decision === 'confirmed' ? [refundKeyOf(takeback)] : [])];
    // Before the hold, as whoever records a refund of the sale: two that decide at once do it one after the other.
    const locked = await this.intake.lockKeys(tx, brandId, keys);
    const hold = await this.holds.lock(tx, brandId, found.holdId);
    const ofOrder = await this.sales.findByExternalIds(tx, brandId, [found]);
    const sale = ofOrder.find(({ saleId }) => saleId === found.saleId);
    if (!hold || !sale) throw new NotFound('Risk hold');
    const decidedBefore = await this.holds.decidedWith(tx, brandId, idempotencyKey);
    if (decidedBefore !== undefined) return repeated(command, hold, decidedBefore);
    if (hold.state !== 'open') throw new RiskHoldAlreadyDecided(hold.state);
    const decidedAt = this.clock.now();
    const decidedBy = actor.kind === 'person' ? actor.userId : null;
    const decided = { ...hold, state: decision, note, decisionKey: idempotencyKey, decidedAt, decidedBy };
    const receipt = receiptOf(actor, brandId, decidedAt);
    if (decision === 'confirmed') await this.takeBack(tx, receipt, sale, takeback, locked);
    await this.holds.saveDecision(tx, decided);
    // What was held counts for bonuses from now on.
    if (decision === 'cleared' && sale.countsRunningSales) await this.bonuses.settle(tx, receipt, [sale.dealId]);
    const sources = sale.commissionMinor > 0n ? [{ type: 'sale' as const, id: sale.saleId }] : [];
    await this.unfreezeEarnings.execute(tx, { brandId, sources, reason: RISK });
    await this.outbox.append(tx, salesReviewed(decision, brandId, [sale], decidedAt));
    return decided;
  }

  /** By a refund of all that still earns, which is kept like one that a shop tells: the ledger is rebuilt from it too. */
  private async takeBack(
    tx: Transaction,
    receipt: Receipt,
    sale: SaleRecord,
    takeback: { readonly source: string; readonly externalId: string },
    locked: LockedKeys,
  ): Promise<void> {
    if (sale.orderRefundedBaseMinor === sale.orderBaseMinor) return;
    const { externalId: saleExternalId, orderCurrency: currency } = sale;
    // Other deals keep what they earned of the order.
    const takeBack = { ofLine: sale.lines[0]?.lineNumber ?? null };
    const event = { ...takeback, saleExternalId, currency, full: true, takeBack, occurredAt: receipt.receivedAt };
    const [result] = await this.refunds.record(tx, { ...receipt, via: 'risk_decision' }, [event], locked);
    if (result?.status !== 'recorded') throw new CommissionNotTakenBack(result?.reason?.message ?? '');
  }
}

function repeated({ decision, note, idempotencyKey }: DecideRiskHoldCommand, hold: RiskHold, decidedBefore: string) {
  const isSame = decidedBefore === hold.holdId && hold.state === decision && hold.note === note;
  if (!isSame) throw new IdempotencyConflict(idempotencyKey);
  return hold;
}

function checkNote(note: string): void {
  if (note.trim() !== '' && note.length <= MAX_NOTE) return;
  throw new InvalidInput('note', `Say why, in 1 to ${MAX_NOTE} characters.`);
}
