import { ImportFxRates } from '@evenhand/ledger';
import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { counted, say } from '../output';
import { Product } from '../product';

@SubCommand({ name: 'import', description: "Load the European Central Bank's published rates that are not there yet." })
export class ImportFxCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(): Promise<void> {
    await this.product.withUseCases(async (app) => {
      const { imported } = await app.get(ImportFxRates, { strict: false }).execute();
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
