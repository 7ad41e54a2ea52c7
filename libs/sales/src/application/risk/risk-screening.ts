import { Clock, groupBy, IdGenerator, Outbox, type Transaction } from '@evenhand/kernel';
import { FreezeEarnings } from '@evenhand/ledger';
import { PeopleDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { HOUR_MS, type RiskRules } from '../../domain/risk-rules';
import { ordersOverLimit } from '../../domain/velocity';
import type { PlannedSale } from '../plan-sales';
import type { Receipt } from '../prepared-event';
import { salesReviewed } from '../recorded-events';
import { CustomerTokens } from './customer-tokens';
import type { RiskFinding, RiskHold, RiskReason } from './risk-hold';
import { type OrderOfCustomer, RiskHoldRepository, type TimesAround } from './risk-hold-repository';
import { RiskRulesStore } from './risk-rules-store';

/** For this reason the ledger holds what sales on hold earned. */
export const RISK = 'risk';

const SELF_PURCHASE = 'The customer is the influencer, or works for an agency that acts for her.';

/**
 * Finds among the sales of a batch those that a person must look at, and holds them in the transaction that records them.
 * A handful of statements for any number of sales; none where no sale tells a customer and the brand limits no deal.
 */
@Injectable()
export class RiskScreening {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly outbox: Outbox,
    private readonly rules: RiskRulesStore,
    private readonly holds: RiskHoldRepository,
    private readonly tokens: CustomerTokens,
    private readonly people: PeopleDirectory,
    private readonly freezeEarnings: FreezeEarnings,
  ) {}

  /** What speaks against sales that are posted and not stored yet; keeps who their customers are. */
  async screen(tx: Transaction, { brandId }: Receipt, planned: readonly PlannedSale[]): Promise<readonly RiskHold[]> {
    if (planned.length === 0) return [];
    const rules = await this.rules.inForce(tx, brandId);
    const told = planned.filter(({ customers }) => customers.length > 0);
    if (told.length === 0 && rules.dealOrdersPerHour === null) return [];
    const ordersTold = ordersOf(told);
    await this.holds.takeTurns(tx, brandId);
    const findings = [
      ...(await this.selfPurchases(tx, brandId, told)),
      ...(await this.crowdsOfCustomers(tx, brandId, ordersTold, rules)),
      ...(await this.crowdsOnDeals(tx, brandId, ordersOf(planned), rules)),
    ];
    await this.holds.addCustomers(tx, brandId, ordersTold);
    return this.holdsOf(brandId, findings, rules);
  }

  /** Holds stored sales: nothing of what they earned is released before a person has decided. */
  async hold(
    tx: Transaction,
    { brandId }: Receipt,
    holds: readonly RiskHold[],
    planned: readonly PlannedSale[],
  ): Promise<void> {
    if (holds.length === 0) return;
    const held = new Set(holds.map(({ saleId }) => saleId));
    const sales = planned.flatMap(({ sale }) => (held.has(sale.saleId) ? [sale] : []));
    await this.holds.add(tx, holds);
    // What earned nothing has nothing to be frozen.
    const sources = sales.flatMap(({ saleId: id, commissionMinor }) =>
      commissionMinor > 0n ? [{ type: 'sale' as const, id }] : [],
    );
    await this.freezeEarnings.execute(tx, { brandId, sources, reason: RISK });
    await this.outbox.append(tx, salesReviewed('held', brandId, sales, holds[0]?.heldAt ?? this.clock.now()));
  }

  private async selfPurchases(
    tx: Transaction,
    brandId: string,
    planned: readonly PlannedSale[],
  ): Promise<readonly RiskFinding[]> {
    const partyIds = [...new Set(planned.flatMap(sidesOf))];
    const addresses = await this.people.addressesBehind(tx, partyIds, this.clock.now());
    const tokens = new Map(
      [...addresses].map(([partyId, own]) => [
        partyId,
        new Set(own.flatMap((address) => this.tokens.tokensOf(brandId, address))),
      ]),
    );
    return planned.flatMap((sale): readonly RiskFinding[] => {
      const isOwn = sidesOf(sale).some((partyId) => sale.customers.some((token) => tokens.get(partyId)?.has(token)));
      const { saleId, dealId } = sale.sale;
      return isOwn ? [{ saleId, dealId, reason: 'self_purchase', explanation: SELF_PURCHASE }] : [];
    });
  }

  private async crowdsOfCustomers(
    tx: Transaction,
    brandId: string,
    orders: readonly OrderOfCustomer[],
    { customerOrders: limit, customerHours }: RiskRules,
  ): Promise<readonly RiskFinding[]> {
    if (limit === null || orders.length === 0) return [];
    const windowMs = customerHours * HOUR_MS;
    const known = await this.holds.ofCustomersAround(tx, brandId, orders, limit, windowMs);
    const over = overLimit(orders, (order) => `${order.dealId} ${order.customers[0] ?? ''}`, known, limit, windowMs);
    const explanation = `More than ${limit} orders of one customer on one deal within ${customerHours} hours.`;
    return findingsOf(over, 'customer_velocity', explanation);
  }

  private async crowdsOnDeals(
    tx: Transaction,
    brandId: string,
    orders: readonly OrderOfCustomer[],
    { dealOrdersPerHour: limit }: RiskRules,
  ): Promise<readonly RiskFinding[]> {
    if (limit === null) return [];
    const known = await this.holds.onDealsAround(tx, brandId, orders, limit, HOUR_MS);
    const over = overLimit(orders, (order) => order.dealId, known, limit, HOUR_MS);
    const explanation = `More than ${limit} orders on one deal within an hour.`;
    return findingsOf(over, 'deal_velocity', explanation);
  }

  private holdsOf(brandId: string, findings: readonly RiskFinding[], rules: RiskRules): readonly RiskHold[] {
    const bySale = groupBy(findings, ({ saleId }) => saleId);
    const heldAt = this.clock.now();
    return [...bySale].map(([saleId, own]) => ({
      holdId: this.ids.next(),
      brandId,
      saleId,
      dealId: own[0]?.dealId ?? '',
      reasons: own.map(({ reason }) => reason),
      explanation: own.map((finding) => finding.explanation).join(' '),
      rulesVersion: rules.version,
      state: 'open',
      heldAt,
      decidedAt: null,
      decidedBy: null,
      note: null,
      decisionKey: null,
    }));
  }
}

/** Note and livestream of one deal may each be a sale of one order: it is one order all the same. */
function ordersOf(planned: readonly PlannedSale[]): readonly OrderOfCustomer[] {
  const orders = new Map<string, OrderOfCustomer>();
  for (const { index, sale, customers } of planned) {
    const { saleId, dealId, occurredAt } = sale;
    const name = `${index} ${dealId}`;
    const known = orders.get(name);
    const saleIds = [...(known?.saleIds ?? []), saleId];
    orders.set(name, { saleId: known?.saleId ?? saleId, saleIds, dealId, customers, occurredAt });
  }
  return [...orders.values()];
}

/** One for each sale of the orders. */
function findingsOf(
  orders: readonly OrderOfCustomer[],
  reason: RiskReason,
  explanation: string,
): readonly RiskFinding[] {
  return orders.flatMap(({ saleIds, dealId }) => saleIds.map((saleId) => ({ saleId, dealId, reason, explanation })));
}

/** Who takes a share of the deal beside the platform: the influencer and her agencies when it was accepted. */
function sidesOf({ sale, deal }: PlannedSale): readonly string[] {
  const takers = deal.plans[sale.kind].shares.filter(({ role }) => role !== 'platform');
  return [...new Set([sale.influencerId, ...takers.map(({ partyId }) => partyId)])];
}

function overLimit(
  orders: readonly OrderOfCustomer[],
  groupOf: (order: OrderOfCustomer) => string,
  known: TimesAround,
  limit: number,
  windowMs: number,
): readonly OrderOfCustomer[] {
  const groups = new Map<string, { readonly orders: OrderOfCustomer[]; readonly knownMs: number[] }>();
  orders.forEach((order, place) => {
    const group = groups.get(groupOf(order)) ?? { orders: [], knownMs: [] };
    group.orders.push(order);
    for (const time of known.get(place) ?? []) group.knownMs.push(time);
    groups.set(groupOf(order), group);
  });
  return [...groups.values()].flatMap((group) => {
    const timed = group.orders.map(({ saleId, occurredAt }) => ({ id: saleId, atMs: occurredAt.getTime() }));
    const over = ordersOverLimit(group.knownMs, timed, limit, windowMs);
    return group.orders.filter(({ saleId }) => over.has(saleId));
  });
}
