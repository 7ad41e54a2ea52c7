import type { IdGenerator } from '@evenhand/kernel';
import { RefundConflict } from '../domain/errors';
import type { RefundEvent } from '../domain/sale-event';
import type { IntakeDecision, IntakeEvent, NewIntakeEvent } from './intake-repository';
import type { RefundsPlan } from './plan-refunds';
import { intakeEventOf, IntakeHistory, type PreparedEvent, reasonOf, type Receipt } from './prepared-event';
import type { IntakeReason, RefundResult } from './results';
import type { RefundRecord } from './sale-repository';

/** What a refund event is before its sale is looked at. */
type Sorted =
  | { readonly as: 'unnamed'; readonly reason: IntakeReason | null }
  | { readonly as: 'refused'; readonly reason: IntakeReason; readonly kept: NewIntakeEvent }
  | { readonly as: 'repetition'; readonly first: IntakeEvent }
  | { readonly as: 'new'; readonly kept: NewIntakeEvent };

const WAITING: IntakeReason = {
  code: 'SALE_NOT_RECORDED_YET',
  message: 'The sale of this refund is not recorded yet; the refund is applied with it.',
};

/** Sorts a batch of refund events into new ones, repetitions and refused ones, and words what became of each. */
export class RefundIntake {
  readonly toApply: { readonly eventId: string; readonly event: RefundEvent }[] = [];
  readonly superseded: IntakeDecision[] = [];
  private readonly sorted: readonly Sorted[];
  private readonly history: IntakeHistory;
  private readonly refundsById: ReadonlyMap<string, RefundRecord>;

  constructor(
    private readonly prepared: readonly PreparedEvent<RefundEvent>[],
    private readonly receipt: Receipt,
    stored: readonly IntakeEvent[],
    known: readonly RefundRecord[],
    private readonly ids: IdGenerator,
  ) {
    this.history = new IntakeHistory(stored);
    this.refundsById = new Map(known.map((refund) => [refund.refundId, refund]));
    this.sorted = prepared.map((event) => this.sort(event));
  }

  newEvents(plan: RefundsPlan): readonly NewIntakeEvent[] {
    return this.sorted.flatMap((sorted) => {
      if (sorted.as === 'refused') return [sorted.kept];
      if (sorted.as !== 'new') return [];
      const { eventId } = sorted.kept;
      const recordedId = plan.recorded.get(eventId)?.refund.refundId ?? null;
      const refusal = plan.refused.get(eventId) ?? null;
      if (recordedId !== null) return [{ ...sorted.kept, state: 'recorded' as const, reason: null, recordedId }];
      if (refusal) return [{ ...sorted.kept, state: 'refused' as const, reason: refusal }];
      return [sorted.kept];
    });
  }

  results(plan: RefundsPlan): readonly RefundResult[] {
    return this.prepared.map(({ event }, index) => {
      const sorted = this.sorted[index];
      if (sorted?.as === 'repetition') return this.repeated(event, sorted.first, plan);
      if (sorted?.as === 'new') return this.firstTime(event, sorted.kept.eventId, plan);
      return resultOf(event, 'refused', { reason: sorted?.reason ?? null });
    });
  }

  private sort(prepared: PreparedEvent<RefundEvent>): Sorted {
    const { event, reason, contentSha256 } = prepared;
    if (!prepared.isNamed) return { as: 'unnamed', reason };
    const first = this.history.repetitionOf(event, contentSha256);
    if (first) return { as: 'repetition', first };
    const stands = this.history.eventsOf(event).some(({ state }) => state === 'recorded' || state === 'parked');
    if (stands) return this.refuse(prepared, reasonOf(new RefundConflict(event.source, event.externalId)));
    if (reason) return this.refuse(prepared, reason);
    for (const { eventId, state } of this.history.eventsOf(event)) {
      if (state === 'refused') this.superseded.push({ eventId, state: 'superseded', reason: null, recordedId: null });
    }
    const kept = this.keep(prepared, 'parked', WAITING);
    this.toApply.push({ eventId: kept.eventId, event });
    return { as: 'new', kept };
  }

  private refuse(prepared: PreparedEvent<RefundEvent>, reason: IntakeReason): Sorted {
    return { as: 'refused', reason, kept: this.keep(prepared, 'refused', reason) };
  }

  private keep(
    prepared: PreparedEvent<RefundEvent>,
    state: 'parked' | 'refused',
    reason: IntakeReason,
  ): NewIntakeEvent {
    const outcome = { state, reason, recordedId: null };
    const kept = intakeEventOf(prepared, 'refund', outcome, this.receipt, this.ids);
    this.history.add(kept);
    return kept;
  }

  private firstTime(event: RefundEvent, eventId: string, plan: RefundsPlan): RefundResult {
    const planned = plan.recorded.get(eventId);
    if (planned) return resultOf(event, 'recorded', { refund: recordedRefundOf(planned.refund) });
    const refusal = plan.refused.get(eventId);
    if (refusal) return resultOf(event, 'refused', { reason: refusal });
    return resultOf(event, 'parked', { reason: WAITING });
  }

  private repeated(event: RefundEvent, first: IntakeEvent, plan: RefundsPlan): RefundResult {
    const inBatch = this.toApply.some(({ eventId }) => eventId === first.eventId);
    const result = inBatch ? this.firstTime(event, first.eventId, plan) : this.storedResult(event, first);
    if (result.status !== 'recorded' && result.status !== 'parked') return result;
    return { ...result, status: 'duplicate', firstStatus: result.status };
  }

  private storedResult(event: RefundEvent, first: IntakeEvent): RefundResult {
    const refund = first.recordedId === null ? undefined : this.refundsById.get(first.recordedId);
    if (refund) return resultOf(event, 'recorded', { refund: recordedRefundOf(refund) });
    return resultOf(event, first.state === 'parked' ? 'parked' : 'refused', { reason: first.reason });
  }
}

function recordedRefundOf(refund: RefundRecord) {
  const { refundId, saleId, currency, baseMinor, commissionReversedMinor } = refund;
  return { refundId, saleId, currency, baseMinor, commissionReversedMinor };
}

function resultOf(
  event: RefundEvent,
  status: RefundResult['status'],
  rest: Partial<Pick<RefundResult, 'refund' | 'reason'>>,
): RefundResult {
  const { source, externalId } = event;
  return { source, externalId, status, firstStatus: null, refund: null, reason: null, ...rest };
}
