import type { Transaction } from '@evenhand/kernel';
import type { CategoryDays, TakenDays } from '../domain/exclusivity';
import type { Deal } from './deal';

/** Whose categories to look up. */
export interface CategoryQuestion {
  readonly influencerId: string;
  readonly category: string;
}

/** What another deal takes, with those it binds. */
export interface StandingDays extends TakenDays {
  readonly influencerId: string;
  readonly brandId: string;
}

/** What deals take of categories, under the rights that apply in the transaction. */
export abstract class ExclusivityRepository {
  abstract insert(tx: Transaction, deal: Deal, days: readonly CategoryDays[]): Promise<void>;

  /** Until the transaction ends nobody else agrees on a deal with her. */
  abstract lockInfluencer(tx: Transaction, influencerId: string): Promise<void>;

  /**
   * What deals take of these categories that may still matter on or after the day: work not finished, and exclusivity not
   * over. Of every brand, which needs the system's rights.
   */
  abstract standing(
    tx: Transaction,
    questions: readonly CategoryQuestion[],
    today: string,
  ): Promise<readonly StandingDays[]>;
}
