import type { IdGenerator } from '@evenhand/kernel';
import { RefundConflict } from '../domain/errors';
import type { RefundEvent } from '../domain/sale-event';
import { byName, type IntakeDecision, type IntakeEvent, keyText, type NewIntakeEvent } from './intake-repository';
import type { RefundsPlan } from './plan-refunds';
import { intakeEventOf, IntakeHistory, type PreparedEvent, reasonOf, receivedOf, type Receipt } from './prepared-event';
import type { IntakeReason, RefundResult } from './results';
import type { RefundRecord } from './sale-repository';

/** What a refund event is before its sale is looked at; `isStored` where the same content was kept before. */
type Sorted =
  | { readonly as: 'unnamed'; readonly reason: IntakeReason | null }
  | {
      readonly as: 'refused' | 'new';
      readonly reason: IntakeReason;
      readonly kept: IntakeEvent;
      readonly isStored: boolean;
    }
  | { readonly as: 'repetition'; readonly first: IntakeEvent };

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
  private readonly storedIds: ReadonlySet<string>;
  private readonly refundsByName: ReadonlyMap<string, readonly RefundRecord[]>;

  constructor(
    private readonly prepared: readonly PreparedEvent<RefundEvent>[],
    private readonly receipt: Receipt,
    stored: readonly IntakeEvent[],
    known: readonly RefundRecord[],
    private readonly ids: IdGenerator,
  ) {
    this.history = new IntakeHistory(stored);
    this.storedIds = new Set(stored.map((event) => event.eventId));
    this.refundsByName = byName(known);
    this.sorted = prepared.map((event) => this.sort(event));
  }

  newEvents(plan: RefundsPlan): readonly NewIntakeEvent[] {
    const events = this.sorted.flatMap((sorted) => {
      if ((sorted.as !== 'refused' && sorted.as !== 'new') || sorted.isStored) return [];
      return [{ ...sorted.kept, ...outcomeOf(sorted, plan), ...receivedOf(this.receipt) }];
    });
    return [...new Map(events.map((event) => [event.eventId, event])).values()];
  }

  /** What became now of contents that were kept before and could not be recorded then. */
  decisions(plan: RefundsPlan): readonly IntakeDecision[] {
    return this.sorted.flatMap((sorted) => {
      if ((sorted.as !== 'refused' && sorted.as !== 'new') || !sorted.isStored) return [];
      return [{ eventId: sorted.kept.eventId, ...outcomeOf(sorted, plan) }];
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
    const history = this.history.eventsOf(event);
    const stands = history.find(({ state }) => state === 'recorded' || state === 'parked');
    const waitsMended = stands?.state === 'parked' && prepared.isMended;
    if (stands?.contentSha256 === contentSha256 && !waitsMended) return { as: 'repetition', first: stands };
    const refusal =
      stands && stands.contentSha256 !== contentSha256
        ? reasonOf(new RefundConflict(event.source, event.externalId))
        : reason;
    if (refusal) return { as: 'refused', reason: refusal, ...this.keep(prepared, 'refused', refusal) };
    for (const { eventId, state, contentSha256: earlier } of history) {
      if (state !== 'refused' || earlier === contentSha256) continue;
      this.superseded.push({ eventId, state: 'superseded', reason: null, recordedId: null });
    }
    const { kept, isStored } = this.keep(prepared, 'parked', WAITING);
    this.toApply.push({ eventId: kept.eventId, event });
    return { as: 'new', reason: WAITING, kept, isStored };
  }

  private keep(
    prepared: PreparedEvent<RefundEvent>,
    state: 'parked' | 'refused',
    reason: IntakeReason,
  ): { readonly kept: IntakeEvent; readonly isStored: boolean } {
    const outcome = { state, reason, recordedId: null };
    const known = this.history.repetitionOf(prepared.event, prepared.contentSha256);
    const kept = known ? { ...known, ...outcome } : intakeEventOf(prepared, 'refund', outcome, this.receipt, this.ids);
    this.history.add(kept);
    return { kept, isStored: this.storedIds.has(kept.eventId) };
  }

  private firstTime(event: RefundEvent, eventId: string, plan: RefundsPlan): RefundResult {
    const refunds = plan.recorded.get(eventId)?.map(({ refund }) => refund);
    if (refunds) return recordedResult(event, refunds);
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
    const refunds = this.refundsByName.get(keyText(first));
    if (refunds && first.state === 'recorded') return recordedResult(event, refunds);
    return resultOf(event, first.state === 'parked' ? 'parked' : 'refused', { reason: first.reason });
  }
}

function outcomeOf(
  sorted: { readonly as: 'refused' | 'new'; readonly reason: IntakeReason; readonly kept: IntakeEvent },
  plan: RefundsPlan,
): Pick<IntakeDecision, 'state' | 'reason' | 'recordedId'> {
  const { as, reason, kept } = sorted;
  if (as === 'refused') return { state: 'refused', reason, recordedId: null };
  const first = plan.recorded.get(kept.eventId)?.[0];
  if (first) return { state: 'recorded', reason: null, recordedId: first.refund.refundId };
  const refusal = plan.refused.get(kept.eventId);
  return refusal
    ? { state: 'refused', reason: refusal, recordedId: null }
    : { state: 'parked', reason, recordedId: null };
}

function recordedResult(event: RefundEvent, refunds: readonly RefundRecord[]): RefundResult {
  return resultOf(event, 'recorded', { refunds: refunds.map(recordedRefundOf) });
}

function recordedRefundOf(refund: RefundRecord) {
  const { refundId, saleId, orderCurrency, orderBaseMinor, currency, baseMinor, commissionReversedMinor } = refund;
  return { refundId, saleId, orderCurrency, orderBaseMinor, currency, baseMinor, commissionReversedMinor };
}

function resultOf(
  event: RefundEvent,
  status: RefundResult['status'],
  rest: Partial<Pick<RefundResult, 'refunds' | 'reason'>>,
): RefundResult {
  const { source, externalId } = event;
  return { source, externalId, status, firstStatus: null, refunds: [], reason: null, ...rest };
}
