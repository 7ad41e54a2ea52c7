import type { Page } from '@evenhand/kernel';
import type { DealState } from '../domain/deal';
import type { Deal } from './deal';
import type { DealView } from './deal-view';

/** Every field narrows; left out or empty means any. */
export interface DealFilter {
  readonly states?: readonly DealState[];
  readonly brandId?: string;
  readonly influencerId?: string;
  readonly campaignId?: string;
}

/** What the filtered deals pay in one currency, minor units. */
export interface CurrencyTotal {
  readonly currency: string;
  readonly cashMinor: bigint;
  readonly commissionReserveMinor: bigint;
}

export interface DealList extends Page<DealView> {
  readonly totals: readonly CurrencyTotal[];
}

/** What deals are ordered by, descending: instant of acceptance, then id. */
export function dealCursorKey(deal: Deal): readonly [string, string] {
  return [deal.acceptedAt.toISOString(), deal.id];
}
