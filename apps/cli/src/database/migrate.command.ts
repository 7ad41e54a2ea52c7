import { Command, CommandRunner } from 'nest-commander';
import { say } from '../output';
import { Product } from '../product';

@Command({ name: 'migrate', description: 'Bring the database to the present schema.' })
export class MigrateCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(): Promise<void> {
    await this.product.migrate((name) => say(`  ${name}`));
    say('The database has the present schema.');
  }
}
