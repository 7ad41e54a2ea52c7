import type { ListSalesQuery, ListSalesResult } from './commands';

export abstract class ListSales {
  abstract execute(command: ListSalesQuery): Promise<ListSalesResult>;
}
