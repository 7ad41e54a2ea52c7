import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { NotFound, systemActor } from '@evenhand/kernel';
import { GetImport, RunImport, type SalesImport, StartImport } from '@evenhand/sales';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { EXIT, say } from '../output';
import { Product } from '../product';
import { findBrand } from './find-brand';
import { hasFailures, importRowText, importSummary } from './import-report-text';

const ACTOR = systemActor('command line');
const PAGE = 1_000;
const WAIT_MS = 500;

interface ImportOptions {
  readonly brand: string;
  readonly source?: string;
  readonly format?: string;
  readonly currency?: string;
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
    await requireReadable(file);
    await this.product.withUseCases(async (app) => {
      const brand = await findBrand(app, options.brand);
      const started = await start(app, brand.id, file, options);
      const read = await readToEnd(app, started.import);
      if (read.reason) throw new Error(`${read.reason.code}: ${read.reason.message}`);
      if (!started.isNew)
        say('This file was imported before: nothing is done again. What waits of it is taken in again from the inbox.');
      say(`${brand.name}, ${file}`);
      say(importSummary(read));
      await sayRows(app, read);
      process.exitCode = hasFailures(read) ? EXIT.doneInPart : EXIT.done;
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

  @Option({
    flags: '--format <name>',
    description: 'csv (default), shopify, awin, impact, cj, or the name of a mapping of the brand.',
  })
  parseFormat(value: string): string {
    return value;
  }

  @Option({ flags: '--currency <code>', description: 'Of rows that name none.' })
  parseCurrency(value: string): string {
    return value;
  }

  @Option({ flags: '--dry-run', description: 'Say what would become of every row and write nothing.' })
  parseDryRun(): boolean {
    return true;
  }
}

async function start(app: INestApplicationContext, brandId: string, file: string, options: ImportOptions) {
  const mapping = options.format ?? 'csv';
  try {
    return await app.get(StartImport, { strict: false }).execute({
      actor: ACTOR,
      brandId,
      fileName: basename(file),
      mapping,
      source: options.source ?? null,
      currency: options.currency ?? null,
      dryRun: options.dryRun ?? false,
      bytes: createReadStream(file),
    });
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const known = 'csv, shopify, awin, impact, cj or a mapping of the brand';
    throw new Error(`There is no format "${mapping}": it is ${known}.`, { cause: error });
  }
}

/** Reads it here; a worker that has begun with it meanwhile is waited for. */
async function readToEnd(app: INestApplicationContext, { brandId, importId }: SalesImport): Promise<SalesImport> {
  for (;;) {
    const read = await app.get(RunImport, { strict: false }).execute({ brandId, importId });
    if (!read || read.state === 'done' || read.state === 'failed') {
      return read ?? app.get(GetImport, { strict: false }).execute({ actor: ACTOR, importId });
    }
    await setTimeout(WAIT_MS);
  }
}

/** Every row that was not recorded, however many there are. */
async function sayRows(app: INestApplicationContext, { importId }: SalesImport): Promise<void> {
  for (let after: string | null = null; ;) {
    const query = { actor: ACTOR, importId, page: { first: PAGE, after } };
    const { rows, hasNextPage } = await app.get(GetImport, { strict: false }).rows(query);
    for (const { node } of rows) say(importRowText(node));
    if (!hasNextPage) return;
    after = rows.at(-1)?.cursor ?? null;
  }
}

async function requireReadable(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') throw new Error(`There is no file ${file}.`, { cause: error });
    throw new Error(`${file} cannot be read: ${String(code)}.`, { cause: error });
  }
}
