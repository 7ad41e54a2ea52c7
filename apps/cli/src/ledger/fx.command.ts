import { readFile } from 'node:fs/promises';
import { ImportFxRates } from '@evenhand/ledger';
import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { counted, say } from '../output';
import { Product } from '../product';

@SubCommand({
  name: 'import',
  arguments: '[file]',
  description:
    "Load the European Central Bank's published rates that are not there yet: of its eurofxref-hist.csv, or of the one that comes with the product.",
})
export class ImportFxCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run([file]: string[]): Promise<void> {
    const text = file === undefined ? null : await readFile(file, 'utf8');
    await this.product.withUseCases(async (app) => {
      const { imported } = await app.get(ImportFxRates, { strict: false }).execute(text);
      say(imported === 0 ? 'Every published rate is there already.' : `${counted(imported, 'rate')} added.`);
    });
  }
}

@Command({ name: 'fx', description: 'Exchange rates.', subCommands: [ImportFxCommand] })
export class FxCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}
