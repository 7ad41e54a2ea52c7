import type { ListRefundsQuery, ListRefundsResult } from './commands';

export abstract class ListRefunds {
  abstract execute(command: ListRefundsQuery): Promise<ListRefundsResult>;
}
