import { DealDirectory, normaliseCode, type TrackedCommissionDeal } from '@evenhand/deals';
import { IdGenerator, Outbox, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { BookNotOpen, type EarningDraft, FxRates, SplitEarningsByItem } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import type { DealLookup } from '../domain/attribution-candidates';
import { allClaimsOf, clickIdsOf, codesOf, linkSlugOf } from '../domain/claims';
import { needsRunningSales } from '../domain/commission';
import { saleContent, saleOfContent } from '../domain/content';
import { attributeOrder, type OrderAttribution } from '../domain/order-attribution';
import type { SaleEvent } from '../domain/sale-event';
import { checkSale } from '../domain/validation';
import { BonusSettlement } from './bonus-settlement';
import { IntakeRepository, type IntakeKey, type LockedKeys, saleKeyOf } from './intake-repository';
import { type PlannedSale, SalesPlan, type SalesToPlan } from './plan-sales';
import { asMended, prepare, type PreparedEvent, reasonOf, type Receipt } from './prepared-event';
import { ratesOfSales } from './rates-of-sales';
import { salesRecorded } from './recorded-events';
import { ALONE, type Turn } from './procession';
import { RefundRecorder } from './refund-recorder';
import type { IntakeReason, SaleResult } from './results';
import { CustomerTokens } from './risk/customer-tokens';
import type { RiskHold } from './risk/risk-hold';
import { RiskScreening } from './risk/risk-screening';
import { SaleRepository } from './sale-repository';
import { ClickRepository } from './tracking/click-repository';

/** Records sale events of one brand inside a transaction with the system's rights: attributes, posts, keeps. */
@Injectable()
export class SaleRecorder {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: IdGenerator,
    private readonly outbox: Outbox,
    private readonly deals: DealDirectory,
    private readonly clicks: ClickRepository,
    private readonly intake: IntakeRepository,
    private readonly sales: SaleRepository,
    private readonly refunds: RefundRecorder,
    private readonly splitEarnings: SplitEarningsByItem,
    private readonly bonuses: BonusSettlement,
    private readonly fxRates: FxRates,
    private readonly tokens: CustomerTokens,
    private readonly risk: RiskScreening,
  ) {}

  /**
   * `held` where the caller has locked the keys of the events before. Of the batch's `turn`, the gate of names is passed as
   * soon as everything that others may wait for is locked, but for the books; that of the books when all that is left to do
   * is to write down what was decided.
   */
  async record(
    tx: Transaction,
    receipt: Receipt,
    events: readonly SaleEvent[],
    held?: LockedKeys,
    turn: Turn = ALONE,
  ): Promise<readonly SaleResult[]> {
    const { brandId, receivedAt } = receipt;
    const check = (sale: SaleEvent) => checkSale(sale, receivedAt);
    const customersOf = ({ customer }: SaleEvent) => (customer ? this.tokens.tokensOf(brandId, customer) : []);
    const raw = events.map((event) => prepare(event, saleContent, check, customersOf));
    const keys = raw.flatMap(({ event, isNamed }): IntakeKey[] => (isNamed ? [saleKeyOf(event)] : []));
    const locked = held ?? (await this.intake.lockKeys(tx, brandId, keys));
    const known = locked.known(keys);
    const stored = await this.intake.eventsOf(tx, brandId, known);
    const prepared = asMended(raw, stored, saleOfContent, check);
    const lookup = await this.lookupOf(
      tx,
      brandId,
      prepared.filter(({ isNamed, reason }) => isNamed && reason === null),
    );
    const attributions = attributionsOf(prepared, lookup);
    const input: SalesToPlan = {
      events: prepared,
      receipt,
      attributions,
      rates: await ratesOfSales(tx, this.fxRates, prepared, attributions),
      stored,
      storedSales: await this.sales.findByExternalIds(tx, brandId, known),
      running: await this.sales.lockRunningSales(tx, brandId, lookup.runningDealIds),
      refusedByLedger: new Map(),
    };
    turn.pass('names');
    const plan = await this.post(tx, input, turn);
    // Before the next batch may post: it is compared with this one, and waits for it to be committed.
    const risky = await this.risk.screen(tx, receipt, plan.sales);
    const mayRefund = locked.known(plan.sales.map(({ sale }) => saleKeyOf(sale))).length > 0;
    if (!mayRefund && plan.running.size === 0) turn.pass('books');
    await this.write(tx, receipt, plan, locked, risky);
    return plan.results;
  }

  /** Posts the commissions. What the ledger refuses is refused here, and the rest planned anew without it. */
  private async post(tx: Transaction, input: SalesToPlan, turn: Turn): Promise<SalesPlan> {
    const plan = new SalesPlan(input, this.ids);
    const earning = plan.sales.filter(({ sale }) => sale.commissionMinor > 0n);
    await turn.reach('books');
    const refused = await this.split(tx, input.receipt.brandId, earning);
    if (refused.size === 0) return plan;
    return this.post(tx, { ...input, refusedByLedger: new Map([...input.refusedByLedger, ...refused]) }, turn);
  }

  private async split(
    tx: Transaction,
    brandId: string,
    earning: readonly PlannedSale[],
  ): Promise<ReadonlyMap<number, IntakeReason>> {
    const refused = new Map<number, IntakeReason>();
    if (earning.length === 0) return refused;
    try {
      await this.uow.savepoint(tx, async () => {
        const outcomes = await this.splitEarnings.execute(tx, brandId, earning.map(earningOf));
        outcomes.forEach((outcome, place) => {
          const planned = earning[place];
          if (outcome.status !== 'refused' || !planned) return;
          // No fault of the sale: it must not be refused for good because the book is not open yet.
          if (outcome.error instanceof BookNotOpen) throw outcome.error;
          refused.set(planned.index, reasonOf(outcome.error));
        });
        // The good ones may stand on running sales that count a refused one: none of them is kept.
        if (refused.size > 0) throw new SomeRefused();
      });
    } catch (error) {
      if (!(error instanceof SomeRefused)) throw error;
    }
    return refused;
  }

  private async write(
    tx: Transaction,
    receipt: Receipt,
    plan: SalesPlan,
    locked: LockedKeys,
    risky: readonly RiskHold[],
  ): Promise<void> {
    const { brandId, receivedAt } = receipt;
    const sales = plan.sales.map(({ sale }) => sale);
    // Before anything else stands under their names: one accepted event at a time is a rule of the table.
    await this.intake.decide(tx, brandId, plan.superseded, receivedAt);
    await this.intake.decide(tx, brandId, plan.decisions, receivedAt);
    await this.intake.add(tx, brandId, plan.newEvents);
    await this.sales.addSales(tx, brandId, sales);
    await this.sales.addUnearnedLines(tx, brandId, plan.unearned);
    await this.risk.hold(tx, receipt, risky, plan.sales);
    await this.sales.saveRunningSales(tx, brandId, plan.running);
    await this.outbox.append(tx, salesRecorded(brandId, sales));
    // A refund that waits has made the key of its sale.
    await this.refunds.applyParked(tx, receipt, locked.known(sales.map(saleKeyOf)));
    const counted = sales.filter((sale) => sale.countsRunningSales);
    await this.bonuses.settle(
      tx,
      receipt,
      counted.map((sale) => sale.dealId),
    );
  }

  private async lookupOf(
    tx: Transaction,
    brandId: string,
    events: readonly PreparedEvent<SaleEvent>[],
  ): Promise<DealLookup<TrackedCommissionDeal> & { readonly runningDealIds: readonly string[] }> {
    const claims = events.flatMap(({ event }) => allClaimsOf(event));
    const codes = [...new Set(claims.flatMap(codesOf))];
    const clickIds = [...new Set(claims.flatMap(clickIdsOf))];
    const clicks = await this.clicks.find(tx, brandId, clickIds);
    const clicked = [...clicks.values()].map(({ linkSlug }) => linkSlug);
    const slugs = [...new Set([...clicked, ...claims.flatMap((claim) => linkSlugOf(claim) ?? [])])];
    const byCode = codes.length > 0 ? await this.deals.findByCodes(tx, brandId, codes) : NO_DEALS;
    const bySlug = slugs.length > 0 ? await this.deals.findByLinkSlugs(tx, slugs) : NO_DEALS;
    const found = [...byCode.values(), ...bySlug.values()].filter((deal) => deal.brandId === brandId);
    return {
      byCode: (code) => byCode.get(normaliseCode(code)),
      byLinkSlug: (slug) => {
        const deal = bySlug.get(slug);
        return deal?.brandId === brandId ? deal : undefined;
      },
      clickById: (clickId) => clicks.get(clickId),
      runningDealIds: [...new Set(found.filter(needsRunningSales).map((deal) => deal.dealId))],
    };
  }
}

class SomeRefused extends Error {}

const NO_DEALS: ReadonlyMap<string, TrackedCommissionDeal> = new Map();

/** By position; of those that can be decided. */
function attributionsOf(
  events: readonly PreparedEvent<SaleEvent>[],
  lookup: DealLookup<TrackedCommissionDeal>,
): ReadonlyMap<number, OrderAttribution<TrackedCommissionDeal>> {
  const decidable = events.flatMap(({ event, isNamed, reason }, index) => {
    return isNamed && reason === null ? [[index, attributeOrder(event, lookup)] as const] : [];
  });
  return new Map(decidable);
}

function earningOf({ sale, deal, commission }: PlannedSale): EarningDraft {
  return {
    idempotencyKey: `sale:${sale.saleId}`,
    kind: sale.kind,
    source: { type: 'sale', id: sale.saleId },
    dealId: sale.dealId,
    campaignId: sale.campaignId,
    influencerId: sale.influencerId,
    currency: sale.currency,
    baseMinor: sale.baseMinor,
    poolMinor: sale.commissionMinor,
    plan: deal.plans[sale.kind],
    commissionTerms: commission.terms,
    netSalesBeforeMinor: commission.facts.netSalesBeforeMinor,
    capLeftMinor: commission.facts.capLeftMinor,
    earnedAt: sale.occurredAt,
    releaseAt: sale.releaseAt,
    fundedFrom: 'reserve_then_receivable',
  };
}
