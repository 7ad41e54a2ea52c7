import type { ImportSalesFileCommand, ImportReport } from './commands';

export abstract class ImportSalesFile {
  abstract execute(command: ImportSalesFileCommand): Promise<ImportReport>;
}
