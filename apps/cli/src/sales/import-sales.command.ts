import { readFile } from 'node:fs/promises';
import { systemActor } from '@evenhand/kernel';
import { ImportSalesFile, type SalesFileFormat } from '@evenhand/sales';
import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { EXIT, say } from '../output';
import { Product } from '../product';
import { findBrand } from './find-brand';
import { hasFailures, importReportText } from './import-report-text';

const FORMATS: readonly SalesFileFormat[] = ['csv', 'shopify'];

interface ImportOptions {
  readonly brand: string;
  readonly source?: string;
  readonly format?: SalesFileFormat;
  readonly dryRun?: boolean;
}

/** `sales import FILE --brand …`: exit code 0, or 2 where some rows were bad or refused. */
@SubCommand({
  name: 'import',
  arguments: '<file>',
  description: 'Record the sales and refunds of a file; the same file again changes nothing.',
})
export class ImportSalesCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run([file = '']: string[], options: ImportOptions): Promise<void> {
    const content = await contentOf(file);
    await this.product.withUseCases(async (app) => {
      const brand = await findBrand(app, options.brand);
      const report = await app.get(ImportSalesFile, { strict: false }).execute({
        actor: systemActor('command line'),
        brandId: brand.id,
        format: options.format ?? 'csv',
        source: options.source ?? null,
        content,
        dryRun: options.dryRun ?? false,
      });
      say(`${brand.name}, ${file}`);
      for (const line of importReportText(report)) say(line);
      process.exitCode = hasFailures(report) ? EXIT.doneInPart : EXIT.done;
    });
  }

  @Option({ flags: '--brand <id or name>', required: true, description: 'Whose sales they are.' })
  parseBrand(value: string): string {
    return value;
  }

  @Option({ flags: '--source <name>', description: 'Source of rows that name none (default: the format).' })
  parseSource(value: string): string {
    return value;
  }

  @Option({ flags: '--format <csv|shopify>', description: 'How the file is written (default: csv).' })
  parseFormat(value: string): SalesFileFormat {
    const format = FORMATS.find((known) => known === value);
    if (!format) throw new Error(`There is no format "${value}": it is one of ${FORMATS.join(', ')}.`);
    return format;
  }

  @Option({ flags: '--dry-run', description: 'Say what would become of every row and write nothing.' })
  parseDryRun(): boolean {
    return true;
  }
}

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') throw new Error(`There is no file ${file}.`, { cause: error });
    throw new Error(`${file} cannot be read: ${String(code)}.`, { cause: error });
  }
}
