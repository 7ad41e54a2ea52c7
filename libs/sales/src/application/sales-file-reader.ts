import type { RefundEvent, SaleEvent } from '../domain/sale-event';
import type { SalesFileFormat } from './commands';

/** A row that is no sale and no refund, and why. */
export interface BadRow {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** What a file tells. `line` counts from 1, the header included; in JSON it is the position of the object. */
export interface SalesFileContent {
  readonly sales: readonly { readonly line: number; readonly event: SaleEvent }[];
  readonly refunds: readonly { readonly line: number; readonly event: RefundEvent }[];
  readonly badRows: readonly BadRow[];
}

export abstract class SalesFileReader {
  /** Rows that name no source get `source`. Throws `UnreadableSalesFile` where the file as a whole makes no sense. */
  abstract read(format: SalesFileFormat, content: Buffer, source: string): SalesFileContent;
}
