import { Command, CommandRunner } from 'nest-commander';
import { ImportSalesCommand } from './import-sales.command';

@Command({ name: 'sales', description: 'Sales of a brand.', subCommands: [ImportSalesCommand] })
export class SalesCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}
