import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type ChangedRiskRules, RiskRulesStore } from '../../application/risk/risk-rules-store';
import { DEFAULT_RISK_RULES, type RiskRules } from '../../domain/risk-rules';

/** A row of sales.risk_rules. */
interface RiskRulesRow {
  readonly version: number;
  readonly customer_orders: number | null;
  readonly customer_hours: number;
  readonly deal_orders_per_hour: number | null;
}

/** So that sales which come all the time do not ask each time. */
const REMEMBERED = { max: 10_000, ttl: 1_000 };

@Injectable()
export class TypeormRiskRulesStore extends RiskRulesStore {
  private readonly known = new LRUCache<string, RiskRules>(REMEMBERED);

  override async inForce(tx: Transaction, brandId: string): Promise<RiskRules> {
    const known = this.known.get(brandId);
    if (known) return known;
    const rules = await this.current(tx, brandId);
    this.known.set(brandId, rules);
    return rules;
  }

  override async current(tx: Transaction, brandId: string): Promise<RiskRules> {
    const [row] = await managerOf(tx).query<RiskRulesRow[]>(
      `select version, customer_orders, customer_hours, deal_orders_per_hour from sales.risk_rules
       where brand_id = $1 order by version desc limit 1`,
      [brandId],
    );
    if (!row) return DEFAULT_RISK_RULES;
    return {
      version: row.version,
      customerOrders: row.customer_orders,
      customerHours: row.customer_hours,
      dealOrdersPerHour: row.deal_orders_per_hour,
    };
  }

  override async add(tx: Transaction, brandId: string, rules: ChangedRiskRules): Promise<boolean> {
    const rows = await managerOf(tx).query<unknown[]>(
      `insert into sales.risk_rules
         (brand_id, version, customer_orders, customer_hours, deal_orders_per_hour, changed_at, changed_by)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning version`,
      [
        brandId,
        rules.version,
        rules.customerOrders,
        rules.customerHours,
        rules.dealOrdersPerHour,
        rules.changedAt,
        rules.changedBy,
      ],
    );
    return rows.length > 0;
  }

  override forget(brandId: string): void {
    this.known.delete(brandId);
  }
}
