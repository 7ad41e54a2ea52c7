import type { Transaction } from '@evenhand/kernel';

/** A deal on commission that is done: its sales are what they are. */
export interface SettledDeal {
  readonly dealId: string;
  readonly brandId: string;
  readonly influencerId: string;
  /** Of its commission. */
  readonly currency: string;
}

/** Deals whose sales can be judged, with the rights that apply in the transaction. */
export abstract class SettledDeals {
  /** Completed deals on commission whose attribution window was over at the instant. */
  abstract of(tx: Transaction, influencerIds: readonly string[], now: Date): Promise<readonly SettledDeal[]>;
}
