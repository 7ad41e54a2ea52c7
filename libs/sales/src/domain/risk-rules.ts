import { InvalidInput } from '@evenhand/kernel';

/** By what sales of a brand are held for review, beside self-purchases, which always are. */
export interface RiskRules {
  /** 0 where the brand has never changed them. */
  readonly version: number;
  /** More orders of one customer on one deal than this, within `customerHours`, are held; null: any number goes. */
  readonly customerOrders: number | null;
  readonly customerHours: number;
  /** More orders on one deal than this within an hour are held; null: any number goes. */
  readonly dealOrdersPerHour: number | null;
}

export type RiskTerms = Omit<RiskRules, 'version'>;

/** A livestream that sells thousands in an hour is no fraud, so only a brand that knows better limits its deals. */
export const DEFAULT_RISK_RULES: RiskRules = {
  version: 0,
  customerOrders: 3,
  customerHours: 24,
  dealOrdersPerHour: null,
};

export const HOUR_MS = 3_600_000;

const MAX_CUSTOMER_ORDERS = 100;
const MAX_CUSTOMER_HOURS = 168;
/** Fewer would hold what any deal sells; more would have to be counted for every order. */
const DEAL_ORDERS = { min: 10, max: 10_000 } as const;

/** Throws {@link InvalidInput}. */
export function checkRiskTerms({ customerOrders, customerHours, dealOrdersPerHour }: RiskTerms): void {
  if (customerOrders !== null) checkWhole('customerOrders', customerOrders, 1, MAX_CUSTOMER_ORDERS);
  checkWhole('customerHours', customerHours, 1, MAX_CUSTOMER_HOURS);
  if (dealOrdersPerHour !== null) checkWhole('dealOrdersPerHour', dealOrdersPerHour, DEAL_ORDERS.min, DEAL_ORDERS.max);
}

function checkWhole(field: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new InvalidInput(field, `Give a whole number from ${min} to ${max}.`);
}
