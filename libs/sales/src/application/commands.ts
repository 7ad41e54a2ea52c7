import type { Actor, Page, PageRequest } from '@evenhand/kernel';
import type { RefundEvent, SaleEvent } from '../domain/sale-event';
import type { IntakeProblemFilter } from './inbox/problem';
import type { RefundFilter, RefundSummary, SaleFilter, SalePage } from './listings';
import type { RefundResult, SaleResult } from './results';

/** At most this many events in one command. */
export const MAX_EVENTS = 1000;

export interface RecordSalesCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly events: readonly SaleEvent[];
}

export interface RecordRefundsCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly events: readonly RefundEvent[];
}

export interface ListSalesQuery {
  readonly actor: Actor;
  readonly filter: SaleFilter;
  readonly page: PageRequest;
}

export interface ListRefundsQuery {
  readonly actor: Actor;
  readonly filter: RefundFilter;
  readonly page: PageRequest;
}

export interface ListIntakeProblemsQuery {
  readonly actor: Actor;
  readonly filter: IntakeProblemFilter;
  readonly page: PageRequest;
}

export type RecordSalesResult = readonly SaleResult[];
export type RecordRefundsResult = readonly RefundResult[];
export type ListSalesResult = SalePage;
export type ListRefundsResult = Page<RefundSummary>;
