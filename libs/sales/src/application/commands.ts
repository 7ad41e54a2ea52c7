import type { Actor, Page, PageRequest } from '@evenhand/kernel';
import type { RefundEvent, SaleEvent } from '../domain/sale-event';
import type { IntakeProblem, IntakeProblemFilter, RefundFilter, RefundSummary, SaleFilter, SalePage } from './listings';
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

export type SalesFileFormat = 'csv' | 'shopify';

export interface ImportSalesFileCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly format: SalesFileFormat;
  /** Source of the rows that name none; "csv" or "shopify" where null. */
  readonly source: string | null;
  readonly content: Buffer;
  /** True: says what would become of every row and writes nothing. */
  readonly dryRun: boolean;
}

/** What became of a file. `line` counts from 1, the header included; for JSON it is the position of the object in the file. */
export interface ImportReport {
  readonly sales: readonly { readonly line: number; readonly result: SaleResult }[];
  readonly refunds: readonly { readonly line: number; readonly result: RefundResult }[];
  readonly badRows: readonly { readonly line: number; readonly code: string; readonly message: string }[];
  readonly dryRun: boolean;
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
export type ListIntakeProblemsResult = Page<IntakeProblem>;
