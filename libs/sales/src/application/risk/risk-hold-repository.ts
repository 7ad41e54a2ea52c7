import type { PageRequest, Transaction } from '@evenhand/kernel';
import type { RunningSales } from '../../domain/commission';
import type { NamedRiskHold, RiskHold, RiskHoldFilter, RiskHoldPage } from './risk-hold';

/** An order as others of its customer and deal are counted around it: once for each deal that earned lines of it. */
export interface OrderOfCustomer {
  /** The first sale of the deal that it became: it stands for the order. */
  readonly saleId: string;
  /** All of them: two where both note and livestream earned lines. */
  readonly saleIds: readonly string[];
  readonly dealId: string;
  /** Tokens, the one to keep first. */
  readonly customers: readonly string[];
  readonly occurredAt: Date;
}

/** When orders happened before, milliseconds since 1970, by the place of the order they are around. */
export type TimesAround = ReadonlyMap<number, readonly number[]>;

/** Sales that are held for review, and what of their orders is compared. Writes need the system's rights. */
export abstract class RiskHoldRepository {
  /** Lets orders of the brand be compared by one transaction after the other, until it ends. */
  abstract takeTurns(tx: Transaction, brandId: string): Promise<void>;

  /**
   * Orders recorded before of the same customer and deal, less than `windowMs` from each: those that are nearest, `limit`
   * each way and no further than the next of the orders themselves. One statement for all.
   */
  abstract ofCustomersAround(
    tx: Transaction,
    brandId: string,
    orders: readonly OrderOfCustomer[],
    limit: number,
    windowMs: number,
  ): Promise<TimesAround>;

  /** The same of all orders on the deal. */
  abstract onDealsAround(
    tx: Transaction,
    brandId: string,
    orders: readonly OrderOfCustomer[],
    limit: number,
    windowMs: number,
  ): Promise<TimesAround>;

  /** One row for each. */
  abstract addCustomers(tx: Transaction, brandId: string, orders: readonly OrderOfCustomer[]): Promise<void>;

  /** Adds open holds, and marks their sales as held. */
  abstract add(tx: Transaction, holds: readonly RiskHold[]): Promise<void>;

  /** With the rights of `tx`. */
  abstract find(tx: Transaction, holdId: string): Promise<NamedRiskHold | undefined>;

  /** Locks it until the transaction ends. */
  abstract lock(tx: Transaction, brandId: string, holdId: string): Promise<RiskHold | undefined>;

  /** Which hold of the brand was decided with this key. */
  abstract decidedWith(tx: Transaction, brandId: string, decisionKey: string): Promise<string | undefined>;

  /** Stores the decision, and marks the sale. */
  abstract saveDecision(tx: Transaction, hold: RiskHold): Promise<void>;

  /** What is held now of each deal's running sales; a deal of which nothing is held is left out. */
  abstract heldOf(
    tx: Transaction,
    brandId: string,
    dealIds: readonly string[],
  ): Promise<ReadonlyMap<string, Omit<RunningSales, 'commissionMinor'>>>;

  /** Newest first, with the rights of `tx`. */
  abstract page(tx: Transaction, filter: RiskHoldFilter, page: PageRequest): Promise<RiskHoldPage>;
}
