import { type CommissionDeal, DealDirectory } from '@evenhand/deals';
import {
  type Actor,
  authorize,
  DomainError,
  hasStaffRole,
  NotFound,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { type DealEarning, DealEarnings, type FxRate, FxRates, type RateMissing, splitPool } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import { bonusSourceId } from '../bonus-plan';
import { type EarnedBonus, BonusRepository } from '../bonus-repository';
import { byName } from '../intake-repository';
import { reasonOf } from '../prepared-event';
import { ratesByName } from '../rates-of-sales';
import { DealReplay, SaleNotReplayed } from './deal-replay';
import { findingsOfBonus, findingsOfRate, findingsOfSale } from './replay-findings';
import { type DealOfRaw, type RecordedSaleFigures, RawEvents } from './raw-events';
import type { SaleOfOrder } from './shared-order';

export interface ReplayLedgerCommand {
  readonly actor: Actor;
  /** Both null: every deal that sold something. */
  readonly campaignId: string | null;
  readonly dealId: string | null;
}

/** Something of a deal that the raw events do not give again. */
export interface LedgerDifference {
  readonly dealId: string;
  readonly what: 'sale' | 'refund' | 'bonus' | 'earning';
  readonly id: string;
  /** What is recorded and what the raw events give, in words; amounts in minor units. */
  readonly findings: readonly string[];
}

export interface LedgerReplay {
  readonly deals: number;
  readonly sales: number;
  readonly refunds: number;
  readonly bonuses: number;
  readonly shares: number;
  readonly differences: readonly LedgerDifference[];
}

const PAGE = 2_000;

/**
 * Rebuilds sales, commissions and every share of them from the raw events alone and compares them to the minor unit with
 * what the sales and the ledger hold: base, commission, gross and shares, before and after refunds, and the rates of
 * converted sales with those published. In memory and in one
 * snapshot, deal by deal; nothing is written. For finance and operators; throws `Forbidden`, `NotFound`.
 */
@Injectable()
export class ReplayLedger {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealDirectory,
    private readonly raw: RawEvents,
    private readonly earnings: DealEarnings,
    private readonly bonuses: BonusRepository,
    private readonly fxRates: FxRates,
  ) {}

  async execute({ actor, campaignId, dealId }: ReplayLedgerCommand): Promise<LedgerReplay> {
    const mayReplay = hasStaffRole(actor, 'finance_preparer', 'finance_approver', 'operator');
    authorize(mayReplay, true, 'Ledger', 'replay the ledger');
    return this.uow.read(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        const found = await this.raw.dealsOf(tx, campaignId, dealId);
        if (found.length === 0 && (campaignId ?? dealId) !== null) throw new NotFound('Recorded sale');
        const tally = new Tally();
        for (const deal of found) await this.replayDeal(tx, deal, tally);
        return { deals: found.length, ...tally };
      }),
    );
  }

  private async replayDeal(tx: Transaction, { brandId, dealId }: DealOfRaw, tally: Tally): Promise<void> {
    const deal = (await this.deals.findByIds(tx, [dealId])).get(dealId);
    if (!deal) {
      tally.differ({ dealId, what: 'earning', id: dealId, findings: ['its deal is not there'] });
      return;
    }
    const replay = new DealReplay(deal, await this.sharedOrders(tx, { brandId, dealId }));
    const figures = await this.replayEvents(tx, { brandId, dealId }, replay, tally);
    const bonuses = await this.bonuses.earnedBy(tx, brandId, [dealId]);
    const found = await this.compareEarnings(tx, deal, replay, bonuses, tally);
    const published = await this.publishedRates(tx, replay);
    for (const [saleId, replayed] of replay.sales) {
      const { conversion } = replayed.sale;
      const findings = [
        ...findingsOfSale(replayed, figures.get(saleId), found.get(saleId)),
        ...(conversion ? findingsOfRate(conversion, published.get(saleId)) : []),
      ];
      tally.shares += replayed.shares.length;
      tally.differ({ dealId, what: 'sale', id: saleId, findings });
    }
  }

  private async sharedOrders(tx: Transaction, deal: DealOfRaw): Promise<ReadonlyMap<string, readonly SaleOfOrder[]>> {
    const found = await this.raw.sharedOrdersOf(tx, deal);
    const deals = await this.deals.findByIds(tx, [...new Set(found.map(({ dealId }) => dealId))]);
    const sales = found.flatMap(({ dealId, ...sale }) => {
      const base = deals.get(dealId)?.commission.base;
      return base ? [{ ...sale, dealId, base }] : [];
    });
    return byName(sales);
  }

  /** Answers what is stored of the sales, by id. */
  private async replayEvents(
    tx: Transaction,
    { brandId, dealId }: DealOfRaw,
    replay: DealReplay,
    tally: Tally,
  ): Promise<ReadonlyMap<string, RecordedSaleFigures>> {
    let after: bigint | null = null;
    do {
      const page: Awaited<ReturnType<RawEvents['pageAfter']>> = await this.raw.pageAfter(
        tx,
        { brandId, dealId },
        after,
        PAGE,
      );
      for (const raw of page) {
        if (raw.kind === 'sale') tally.sales += 1;
        else tally.refunds += raw.refunds.length;
        try {
          replay.add(raw);
        } catch (error) {
          const id = raw.kind === 'sale' ? raw.saleId : (raw.refunds[0]?.refundId ?? raw.eventId);
          tally.differ({ dealId, what: raw.kind, id, findings: [reasonText(error)] });
        }
      }
      after = page.at(-1)?.sequence ?? null;
    } while (after !== null);
    return this.raw.figuresOf(tx, { brandId, dealId });
  }

  /** What is published of the day of each rate that a sale was converted by, by sale id. */
  private async publishedRates(
    tx: Transaction,
    replay: DealReplay,
  ): Promise<ReadonlyMap<string, FxRate | RateMissing>> {
    const converted = [...replay.sales.values()].flatMap(({ sale }) => {
      const { saleId, orderCurrency: from, currency: to, conversion } = sale;
      return conversion ? [{ name: saleId, wanted: { from, to, date: conversion.date } }] : [];
    });
    return ratesByName(tx, this.fxRates, converted, 0);
  }

  /** Compares the bonuses, and answers the earnings of sales by the sale's id. */
  private async compareEarnings(
    tx: Transaction,
    deal: CommissionDeal,
    replay: DealReplay,
    bonuses: readonly EarnedBonus[],
    tally: Tally,
  ): Promise<ReadonlyMap<string, DealEarning>> {
    const { dealId } = deal;
    const ofSales = new Map<string, DealEarning>();
    const ofBonuses = new Map<string, DealEarning>();
    for (let page = await this.earnings.pageAfter(tx, dealId, null, PAGE); page.length > 0;) {
      for (const earning of page) {
        if (earning.sourceType === 'bonus') ofBonuses.set(earning.sourceId, earning);
        if (earning.sourceType !== 'sale') continue;
        ofSales.set(earning.sourceId, earning);
        if (replay.sales.has(earning.sourceId)) continue;
        const findings = [`the ledger holds it for the sale ${earning.sourceId}, of which there is no raw event`];
        tally.differ({ dealId, what: 'earning', id: `${earning.earningId}`, findings });
      }
      page = await this.earnings.pageAfter(tx, dealId, page.at(-1)?.earningId ?? null, PAGE);
    }
    for (const bonus of bonuses) {
      tally.bonuses += 1;
      const terms = deal.commission.bonuses.find(({ id }) => id === bonus.bonusId);
      const sourceId = bonusSourceId(dealId, bonus.bonusId, bonus.grantNumber);
      const split = terms && splitPool(deal.plans[terms.splitBy], terms.amountMinor, sourceId);
      tally.shares += split?.shares.length ?? 0;
      const findings = findingsOfBonus(bonus, split, ofBonuses.get(sourceId));
      tally.differ({ dealId, what: 'bonus', id: `${bonus.bonusId} ${bonus.grantNumber}`, findings });
    }
    return ofSales;
  }
}

class Tally {
  sales = 0;
  refunds = 0;
  bonuses = 0;
  shares = 0;
  readonly differences: LedgerDifference[] = [];

  differ(difference: LedgerDifference): void {
    if (difference.findings.length > 0) this.differences.push(difference);
  }
}

function reasonText(error: unknown): string {
  if (error instanceof SaleNotReplayed) return error.message;
  if (!(error instanceof DomainError)) throw error;
  const { code, message } = reasonOf(error);
  return `it was recorded and breaks a rule now, ${code}: ${message}`;
}
