import { decodeCursor, IdempotencyConflict, pageOf, type PageRequest, type Transaction } from '@evenhand/kernel';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { NamedRiskHold, RiskHold, RiskHoldFilter, RiskHoldPage } from '../../application/risk/risk-hold';
import {
  type OrderOfCustomer,
  RiskHoldRepository,
  type TimesAround,
} from '../../application/risk/risk-hold-repository';
import { explainedSaleOf, type SaleRow } from '../sale-rows';
import {
  ADD_CUSTOMERS,
  ADD_HOLDS,
  COUNT_HOLDS,
  HELD_OF,
  OF_CUSTOMERS_AROUND,
  ON_DEALS_AROUND,
  PAGE_OF_HOLDS,
  SAVE_DECISION,
} from './risk-statements';

/** A row of sales.risk_holds. */
interface RiskHoldRow {
  readonly brand_id: string;
  readonly sale_id: string;
  readonly hold_id: string;
  readonly deal_id: string;
  readonly reasons: RiskHold['reasons'];
  readonly explanation: string;
  readonly rules_version: number;
  readonly state: RiskHold['state'];
  readonly held_at: Date;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly note: string | null;
  readonly decision_key: string | null;
}

const DECIDED_ONCE = 'risk_holds_decided_once';

@Injectable()
export class TypeormRiskHoldRepository extends RiskHoldRepository {
  override async takeTurns(tx: Transaction, brandId: string): Promise<void> {
    await managerOf(tx).query('select pg_advisory_xact_lock(hashtextextended($1, 54))', [brandId]);
  }

  override ofCustomersAround(
    tx: Transaction,
    brandId: string,
    orders: readonly OrderOfCustomer[],
    limit: number,
    windowMs: number,
  ): Promise<TimesAround> {
    return this.around(tx, OF_CUSTOMERS_AROUND, [brandId, placed(orders), intervalOf(windowMs), limit]);
  }

  override onDealsAround(
    tx: Transaction,
    brandId: string,
    orders: readonly OrderOfCustomer[],
    limit: number,
    windowMs: number,
  ): Promise<TimesAround> {
    return this.around(tx, ON_DEALS_AROUND, [brandId, placed(orders), intervalOf(windowMs), limit]);
  }

  override async addCustomers(tx: Transaction, brandId: string, orders: readonly OrderOfCustomer[]): Promise<void> {
    if (orders.length > 0) await managerOf(tx).query(ADD_CUSTOMERS, [brandId, JSON.stringify(orders)]);
  }

  override async add(tx: Transaction, holds: readonly RiskHold[]): Promise<void> {
    await managerOf(tx).query(ADD_HOLDS, [JSON.stringify(holds)]);
  }

  override async find(tx: Transaction, holdId: string): Promise<NamedRiskHold | undefined> {
    const [row] = await managerOf(tx).query<(RiskHoldRow & { source: string; external_id: string })[]>(
      `select hold.*, sale.source, sale.external_id from sales.risk_holds hold
       join sales.sales sale on sale.brand_id = hold.brand_id and sale.sale_id = hold.sale_id where hold.hold_id = $1`,
      [holdId],
    );
    return row && { ...holdOf(row), source: row.source, externalId: row.external_id };
  }

  override async lock(tx: Transaction, brandId: string, holdId: string): Promise<RiskHold | undefined> {
    const [row] = await managerOf(tx).query<RiskHoldRow[]>(
      'select * from sales.risk_holds where brand_id = $1 and hold_id = $2 for update',
      [brandId, holdId],
    );
    return row && holdOf(row);
  }

  override async decidedWith(tx: Transaction, brandId: string, decisionKey: string): Promise<string | undefined> {
    const [row] = await managerOf(tx).query<{ hold_id: string }[]>(
      'select hold_id from sales.risk_holds where brand_id = $1 and decision_key = $2',
      [brandId, decisionKey],
    );
    return row?.hold_id;
  }

  override async saveDecision(tx: Transaction, hold: RiskHold): Promise<void> {
    const { brandId, holdId, state, decidedAt, decidedBy, note, decisionKey } = hold;
    try {
      await managerOf(tx).query(SAVE_DECISION, [brandId, holdId, state, decidedAt, decidedBy, note, decisionKey]);
    } catch (error) {
      // Another hold was decided with this key at the same time.
      if (constraintOf(error) === DECIDED_ONCE) throw new IdempotencyConflict(decisionKey ?? '');
      throw error;
    }
  }

  override async heldOf(tx: Transaction, brandId: string, dealIds: readonly string[]) {
    const rows = await managerOf(tx).query<Record<'deal_id' | 'note' | 'livestream' | 'sales', string>[]>(HELD_OF, [
      brandId,
      dealIds,
    ]);
    return new Map(
      rows.map(({ deal_id: dealId, note, livestream, sales }) => [
        dealId,
        { noteNetMinor: BigInt(note), livestreamNetMinor: BigInt(livestream), salesCount: BigInt(sales) },
      ]),
    );
  }

  override async page(tx: Transaction, filter: RiskHoldFilter, page: PageRequest): Promise<RiskHoldPage> {
    const { brandId = null, dealId = null, state = null, reason = null, from = null, to = null } = filter;
    const parameters = [brandId, dealId, state, reason, from, to];
    const [heldAt = null, holdId = null] = page.after === null ? [] : decodeCursor(page.after, 2);
    const rows = await managerOf(tx).query<(SaleRow & RiskHoldRow)[]>(PAGE_OF_HOLDS, [
      ...parameters,
      heldAt,
      holdId,
      page.first + 1,
    ]);
    const [count] = await managerOf(tx).query<{ count: number }[]>(COUNT_HOLDS, parameters);
    const held = rows.map((row) => ({ ...holdOf(row), sale: explainedSaleOf(row) }));
    return pageOf(held, page, count?.count ?? 0, (hold) => [hold.heldAt.toISOString(), hold.holdId]);
  }

  private async around(tx: Transaction, sql: string, parameters: readonly unknown[]): Promise<TimesAround> {
    const rows = await managerOf(tx).query<{ n: number; times: number[] }[]>(sql, [...parameters]);
    return new Map(rows.map(({ n, times }) => [n, times]));
  }
}

function placed(orders: readonly OrderOfCustomer[]): string {
  return JSON.stringify(orders.map((order, place) => ({ ...order, place })));
}

function intervalOf(ms: number): string {
  return `${ms} milliseconds`;
}

function holdOf(row: RiskHoldRow): RiskHold {
  return {
    holdId: row.hold_id,
    brandId: row.brand_id,
    saleId: row.sale_id,
    dealId: row.deal_id,
    reasons: row.reasons,
    explanation: row.explanation,
    rulesVersion: row.rules_version,
    state: row.state,
    heldAt: row.held_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    note: row.note,
    decisionKey: row.decision_key,
  };
}
