import type { Page } from '@evenhand/kernel';
import type { ExplainedSale } from '../listings';

export const RISK_REASONS = ['self_purchase', 'customer_velocity', 'deal_velocity'] as const;
export type RiskReason = (typeof RISK_REASONS)[number];

/** `open`: waits for a person; `cleared`: the sale counts like any other; `confirmed`: its commission was taken back. */
export type RiskHoldState = 'open' | 'cleared' | 'confirmed';

/** Why a sale is held, as it was found when the sale was recorded. */
export interface RiskFinding {
  readonly saleId: string;
  readonly dealId: string;
  readonly reason: RiskReason;
  /** The rule in a sentence, with its figures. */
  readonly explanation: string;
}

export interface RiskHold {
  readonly holdId: string;
  readonly brandId: string;
  readonly saleId: string;
  readonly dealId: string;
  readonly reasons: readonly RiskReason[];
  readonly explanation: string;
  /** Of the brand's rules then. */
  readonly rulesVersion: number;
  readonly state: RiskHoldState;
  readonly heldAt: Date;
  readonly decidedAt: Date | null;
  /** The user who decided. */
  readonly decidedBy: string | null;
  readonly note: string | null;
  readonly decisionKey: string | null;
}

/** With the name of its sale. */
export interface NamedRiskHold extends RiskHold {
  readonly source: string;
  readonly externalId: string;
}

export interface HeldSale extends RiskHold {
  readonly sale: ExplainedSale;
}

/** Half-open period [from, to) over when they were held. */
export interface RiskHoldFilter {
  readonly brandId?: string | null;
  readonly dealId?: string | null;
  readonly state?: RiskHoldState | null;
  readonly reason?: RiskReason | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
}

export type RiskHoldPage = Page<HeldSale>;
