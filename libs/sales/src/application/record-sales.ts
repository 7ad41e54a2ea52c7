import type { RecordSalesCommand, RecordSalesResult } from './commands';

export abstract class RecordSales {
  abstract execute(command: RecordSalesCommand): Promise<RecordSalesResult>;
}
