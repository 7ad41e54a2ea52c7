import type { TrackedCommissionDeal } from '@evenhand/deals';
import type { IdGenerator } from '@evenhand/kernel';
import { commissionOfSale, RateMissing } from '@evenhand/ledger';
import type { Attribution } from '../domain/attribution';
import { type CommissionDecision, decideCommission, NOTHING_SOLD, type RunningSales } from '../domain/commission';
import { SaleConflict } from '../domain/errors';
import type { SaleEvent } from '../domain/sale-event';
import {
  type IntakeDecision,
  type IntakeEvent,
  type NewIntakeEvent,
  recordedIdOf,
  saleKeyOf,
} from './intake-repository';
import { newSaleOf, recordedSaleOf } from './new-sale';
import { intakeEventOf, IntakeHistory, type PreparedEvent, reasonOf, receivedOf, type Receipt } from './prepared-event';
import type { RatesOfSales } from './rates-of-sales';
import type { IntakeReason, SaleResult } from './results';
import { saleBaseOf } from './sale-base';
import type { NewSale, SaleRecord } from './sale-repository';

export interface SalesToPlan {
  readonly events: readonly PreparedEvent<SaleEvent>[];
  readonly receipt: Receipt;
  /** Whose each is, by position in `events`; of those that can be decided. */
  readonly attributions: ReadonlyMap<number, Attribution<TrackedCommissionDeal>>;
  /** By position in `events`: of those that are not in their deal's currency, its rate, or why there is none. */
  readonly rates: RatesOfSales;
  /** What is stored under the keys of the events, read after they were locked. */
  readonly stored: readonly IntakeEvent[];
  readonly storedSales: readonly SaleRecord[];
  readonly running: ReadonlyMap<string, RunningSales>;
  /** By position in `events`: what the ledger refused in an earlier attempt. */
  readonly refusedByLedger: ReadonlyMap<number, IntakeReason>;
}

export interface PlannedSale {
  readonly index: number;
  readonly sale: NewSale;
  readonly deal: TrackedCommissionDeal;
  readonly commission: CommissionDecision;
}

type Attributed = Extract<Attribution<TrackedCommissionDeal>, { attributed: true }>;

/** Decides a batch of sale events one after the other, each knowing what the ones before it became. Writes nothing. */
export class SalesPlan {
  readonly results: SaleResult[] = [];
  readonly sales: PlannedSale[] = [];
  readonly superseded: IntakeDecision[] = [];
  private readonly decided = new Map<string, IntakeDecision>();
  readonly running: Map<string, RunningSales>;
  private readonly added = new Map<string, NewIntakeEvent>();
  private readonly history: IntakeHistory;
  private readonly salesById: Map<string, SaleRecord>;

  constructor(
    private readonly input: SalesToPlan,
    private readonly ids: IdGenerator,
  ) {
    this.history = new IntakeHistory(input.stored);
    this.salesById = new Map(input.storedSales.map((sale) => [sale.saleId, sale]));
    this.running = new Map(input.running);
    input.events.forEach((event, index) => this.results.push(this.decide(event, index)));
  }

  get newEvents(): readonly NewIntakeEvent[] {
    return [...this.added.values()];
  }

  /** What became now of contents that were kept before and could not be recorded then. */
  get decisions(): readonly IntakeDecision[] {
    return [...this.decided.values()];
  }

  private decide(prepared: PreparedEvent<SaleEvent>, index: number): SaleResult {
    const { event, contentSha256 } = prepared;
    if (!prepared.isNamed) return resultOf(event, 'refused', { reason: prepared.reason });
    const stands = this.history.eventsOf(event).find((known) => known.state === 'recorded');
    if (stands?.contentSha256 === contentSha256) return this.repeated(event, stands);
    if (stands) return this.refused(prepared, reasonOf(new SaleConflict(event.source, event.externalId)));
    const reason = prepared.reason ?? this.input.refusedByLedger.get(index) ?? null;
    if (reason) return this.refused(prepared, reason);
    const attribution = this.input.attributions.get(index);
    if (!attribution) throw new RangeError(`Nothing was decided of the event ${event.externalId}.`);
    return this.attributed(prepared, attribution, index);
  }

  private repeated(event: SaleEvent, first: IntakeEvent): SaleResult {
    const sale = this.salesById.get(first.recordedId ?? '');
    return resultOf(event, 'duplicate', { firstStatus: 'recorded', sale: sale ? recordedSaleOf(sale) : null });
  }

  private attributed(
    prepared: PreparedEvent<SaleEvent>,
    attribution: Attribution<TrackedCommissionDeal>,
    index: number,
  ): SaleResult {
    if (!attribution.attributed) {
      const reason = { code: attribution.code, message: attribution.decision };
      const before = this.history.repetitionOf(prepared.event, prepared.contentSha256);
      this.supersedeEarlier(prepared);
      this.keep(prepared, 'unattributed', reason, null);
      if (before?.state !== 'unattributed') return resultOf(prepared.event, 'unattributed', { reason });
      return resultOf(prepared.event, 'duplicate', { firstStatus: 'unattributed', reason });
    }
    try {
      return this.recorded(prepared, attribution, index);
    } catch (error) {
      return this.refused(prepared, reasonOf(error));
    }
  }

  /** Throws what makes the sale one to refuse, before anything is planned for it. */
  private recorded(prepared: PreparedEvent<SaleEvent>, attribution: Attributed, index: number): SaleResult {
    const { deal } = attribution;
    const rate = this.input.rates.get(index) ?? null;
    if (rate instanceof RateMissing) throw rate;
    const base = saleBaseOf(prepared.event, deal, rate);
    const running = this.running.get(deal.dealId) ?? NOTHING_SOLD;
    const commission = decideCommission(deal, base.baseMinor, running, commissionOfSale);
    if (this.running.has(deal.dealId)) this.running.set(deal.dealId, commission.runningAfter);
    this.supersedeEarlier(prepared);
    const { event } = prepared;
    const { brandId, receivedAt: recordedAt } = this.input.receipt;
    const saleId = recordedIdOf(this.ids, brandId, saleKeyOf(event), event.occurredAt);
    const { eventId } = this.keep(prepared, 'recorded', null, saleId);
    const { rule, candidates } = attribution;
    const parts = { saleId, eventId, event, attribution, base, commission, recordedAt };
    const sale = { ...newSaleOf(parts), attribution: { rule, candidates } };
    this.salesById.set(saleId, sale);
    this.sales.push({ index, sale, deal, commission });
    return resultOf(prepared.event, 'recorded', { sale: recordedSaleOf(sale) });
  }

  private refused(prepared: PreparedEvent<SaleEvent>, reason: IntakeReason): SaleResult {
    this.keep(prepared, 'refused', reason, null);
    return resultOf(prepared.event, 'refused', { reason });
  }

  private keep(
    prepared: PreparedEvent<SaleEvent>,
    state: 'recorded' | 'unattributed' | 'refused',
    reason: IntakeReason | null,
    recordedId: string | null,
  ): IntakeEvent {
    const outcome = { state, reason, recordedId };
    const known = this.history.repetitionOf(prepared.event, prepared.contentSha256);
    const event = known
      ? { ...known, ...outcome }
      : intakeEventOf(prepared, 'sale', outcome, this.input.receipt, this.ids);
    this.history.add(event);
    const added = this.added.get(event.eventId);
    if (added) this.added.set(event.eventId, { ...added, ...outcome });
    else if (known) this.decided.set(event.eventId, { eventId: event.eventId, ...outcome });
    else this.added.set(event.eventId, { ...event, ...receivedOf(this.input.receipt) });
    return event;
  }

  /** A corrected event takes the place of those before it that were not recorded. */
  private supersedeEarlier(prepared: PreparedEvent<SaleEvent>): void {
    for (const earlier of this.history.eventsOf(prepared.event)) {
      if (earlier.contentSha256 === prepared.contentSha256 || earlier.state === 'superseded') continue;
      this.history.add({ ...earlier, state: 'superseded' });
      const added = this.added.get(earlier.eventId);
      if (added) this.added.set(earlier.eventId, { ...added, state: 'superseded' });
      else this.superseded.push({ eventId: earlier.eventId, state: 'superseded', reason: null, recordedId: null });
    }
  }
}

function resultOf(
  event: SaleEvent,
  status: SaleResult['status'],
  rest: Partial<Pick<SaleResult, 'firstStatus' | 'sale' | 'reason'>>,
): SaleResult {
  const { source, externalId } = event;
  return { source, externalId, status, firstStatus: null, sale: null, reason: null, ...rest };
}
