import type { RecordRefundsCommand, RecordRefundsResult } from './commands';

export abstract class RecordRefunds {
  abstract execute(command: RecordRefundsCommand): Promise<RecordRefundsResult>;
}
