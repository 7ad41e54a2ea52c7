import type { TrackedCommissionDeal } from '@evenhand/deals';
import type { IdGenerator } from '@evenhand/kernel';
import { commissionOfSale, type FxRate, RateMissing } from '@evenhand/ledger';
import type { UnearnedLines } from '../domain/attribution';
import { type CommissionDecision, decideCommission, NOTHING_SOLD, type RunningSales } from '../domain/commission';
import { SaleConflict } from '../domain/errors';
import { type OrderAttribution, type OrderPart, unearnedText } from '../domain/order-attribution';
import type { UnearnedLine } from '../domain/refund';
import type { SaleEvent } from '../domain/sale-event';
import {
  byName,
  type IntakeDecision,
  type IntakeEvent,
  keyText,
  type NewIntakeEvent,
  partIdOf,
  recordedIdOf,
  saleKeyOf,
} from './intake-repository';
import { newSaleOf, recordedSaleOf, unearnedLinesOf } from './new-sale';
import { intakeEventOf, IntakeHistory, type PreparedEvent, reasonOf, receivedOf, type Receipt } from './prepared-event';
import { rateName, type RatesOfSales } from './rates-of-sales';
import type { IntakeReason, SaleResult } from './results';
import { saleBaseOf, type SaleBase } from './sale-base';
import { inOrderOfLines, type NewSale, type SaleRecord } from './sale-repository';

export interface SalesToPlan {
  readonly events: readonly PreparedEvent<SaleEvent>[];
  readonly receipt: Receipt;
  /** Whose each is, by position in `events`; of those that can be decided. */
  readonly attributions: ReadonlyMap<number, OrderAttribution<TrackedCommissionDeal>>;
  /** Of parts of orders that are not in their deal's currency, its rate, or why there is none. */
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
  /** Tokens of the customer, the one to keep first; none where none was ever told. */
  readonly customers: readonly string[];
}

type Deal = TrackedCommissionDeal;
type Attributed = Extract<OrderAttribution<Deal>, { attributed: true }>;

interface EarnedPart extends OrderPart<Deal> {
  readonly base: SaleBase;
  readonly commission: CommissionDecision;
}

/** Of a recorded order whose lines are not all some deal's. */
const LINES_WITHOUT_DEAL = 'LINES_WITHOUT_DEAL';

/** Decides a batch of sale events one after the other, each knowing what the ones before it became. Writes nothing. */
export class SalesPlan {
  readonly results: SaleResult[] = [];
  readonly sales: PlannedSale[] = [];
  /** Lines of the orders among them that no deal earned. */
  readonly unearned: UnearnedLine[] = [];
  readonly superseded: IntakeDecision[] = [];
  private readonly decided = new Map<string, IntakeDecision>();
  readonly running: Map<string, RunningSales>;
  private readonly added = new Map<string, NewIntakeEvent>();
  private readonly history: IntakeHistory;
  private readonly salesByName: Map<string, readonly SaleRecord[]>;

  constructor(
    private readonly input: SalesToPlan,
    private readonly ids: IdGenerator,
  ) {
    this.history = new IntakeHistory(input.stored);
    this.salesByName = new Map(byName(inOrderOfLines(input.storedSales)));
    this.running = new Map(input.running);
    input.events.forEach((event, index) => this.results.push(this.decide(this.ofCustomer(event), index)));
  }

  get newEvents(): readonly NewIntakeEvent[] {
    return [...this.added.values()];
  }

  /** What became now of contents that were kept before and could not be recorded then. */
  get decisions(): readonly IntakeDecision[] {
    return [...this.decided.values()];
  }

  /** What tells no customer has the one that was told of the order before: so has what comes from the inbox. */
  private ofCustomer(prepared: PreparedEvent<SaleEvent>): PreparedEvent<SaleEvent> {
    if (prepared.customers.length > 0) return prepared;
    const customer = this.history.customerOf(prepared.event, prepared.contentSha256);
    return customer === null ? prepared : { ...prepared, customers: [customer] };
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
    const sales = (this.salesByName.get(keyText(event)) ?? []).map(recordedSaleOf);
    const reason = first.reason?.code === LINES_WITHOUT_DEAL ? first.reason : null;
    return resultOf(event, 'duplicate', { firstStatus: 'recorded', sales, reason });
  }

  private attributed(
    prepared: PreparedEvent<SaleEvent>,
    attribution: OrderAttribution<Deal>,
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

  /** Throws what makes the order one to refuse, whole, before anything is planned for it. */
  private recorded(prepared: PreparedEvent<SaleEvent>, attributed: Attributed, index: number): SaleResult {
    const { event, customers } = prepared;
    const { parts, unearned } = attributed;
    const running = new Map<string, RunningSales>();
    const earned = parts.map((part) => this.earned(event, part, index, running));
    for (const [dealId, after] of running) this.running.set(dealId, after);
    this.supersedeEarlier(prepared);
    const { brandId } = this.input.receipt;
    const key = saleKeyOf(event);
    const firstId = recordedIdOf(this.ids, brandId, key, event.occurredAt);
    const reason = unearned.length === 0 ? null : { code: LINES_WITHOUT_DEAL, message: unearnedText(unearned) };
    const { eventId } = this.keep(prepared, 'recorded', reason, firstId);
    const sales = earned.map((part, place): PlannedSale => {
      const { deal } = part.attribution;
      const saleId = place === 0 ? firstId : partIdOf(this.ids, brandId, key, event.occurredAt, deal);
      const sale = this.saleOf(event, part, { saleId, eventId }, unearned);
      return { index, sale, deal, commission: part.commission, customers };
    });
    const records = sales.map(({ sale }) => sale);
    this.salesByName.set(keyText(event), records);
    this.sales.push(...sales);
    this.unearned.push(...unearned.flatMap(({ lineNumbers }) => unearnedLinesOf(event, lineNumbers)));
    return resultOf(event, 'recorded', { sales: records.map(recordedSaleOf), reason });
  }

  /** What a part earns; `running` holds what the parts of the order before it have sold, and then what it has. */
  private earned(
    event: SaleEvent,
    { attribution, lineNumbers }: OrderPart<Deal>,
    index: number,
    running: Map<string, RunningSales>,
  ): EarnedPart {
    const { deal } = attribution;
    const base = saleBaseOf(event, deal, this.rateOf(deal, index), lineNumbers);
    const counted = this.running.get(deal.dealId);
    const before = running.get(deal.dealId) ?? counted ?? NOTHING_SOLD;
    const commission = decideCommission(deal, base.baseMinor, before, commissionOfSale);
    if (counted) running.set(deal.dealId, commission.runningAfter);
    return { attribution, lineNumbers, base, commission };
  }

  /** Null where none is needed. */
  private rateOf({ currency }: Deal, index: number): FxRate | null {
    const rate = this.input.rates.get(rateName(index, currency)) ?? null;
    if (rate instanceof RateMissing) throw rate;
    return rate;
  }

  private saleOf(
    event: SaleEvent,
    { attribution, lineNumbers, base, commission }: EarnedPart,
    { saleId, eventId }: { readonly saleId: string; readonly eventId: string },
    unearned: readonly UnearnedLines[],
  ): NewSale {
    const recordedAt = this.input.receipt.receivedAt;
    const sale = newSaleOf({ saleId, eventId, event, lineNumbers, attribution, base, commission, recordedAt });
    const { rule, candidates } = attribution;
    // Of a whole order no more is stored than ever was.
    if (lineNumbers === null) return { ...sale, attribution: { rule, candidates } };
    const ofPart = { lineNumbers, ...(unearned.length > 0 && { unearned }) };
    return { ...sale, attribution: { rule, candidates, ...ofPart } };
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
      ? { ...known, ...outcome, customer: known.customer ?? prepared.customers[0] ?? null }
      : intakeEventOf(prepared, 'sale', outcome, this.input.receipt, this.ids);
    this.history.add(event);
    const { eventId, customer } = event;
    const added = this.added.get(eventId);
    if (added) this.added.set(eventId, { ...added, ...outcome, customer });
    else if (known) this.decided.set(eventId, { eventId, ...outcome, customer });
    else this.added.set(eventId, { ...event, ...receivedOf(this.input.receipt) });
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
  rest: Partial<Pick<SaleResult, 'firstStatus' | 'sales' | 'reason'>>,
): SaleResult {
  const { source, externalId } = event;
  return { source, externalId, status, firstStatus: null, sales: [], reason: null, ...rest };
}
