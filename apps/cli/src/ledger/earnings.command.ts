import { systemActor } from '@evenhand/kernel';
import { ReplayEarnings } from '@evenhand/ledger';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { counted, EXIT, say } from '../output';
import { Product } from '../product';
import { findBrand } from '../sales/find-brand';

interface ReplayOptions {
  readonly brand?: string;
}

/** `earnings replay [--brand …]`: exit code 0 where each is what its rule gives, 1 with those that are not. */
@SubCommand({ name: 'replay', description: 'Compute every recorded earning anew by the rule stored with it.' })
export class ReplayEarningsCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(_words: string[], { brand }: ReplayOptions): Promise<void> {
    await this.product.withUseCases(async (app) => {
      const ofBrand = brand === undefined ? {} : { brandId: (await findBrand(app, brand)).id };
      const command = { actor: systemActor('command line'), ...ofBrand };
      const { replayed, differences } = await app.get(ReplayEarnings, { strict: false }).execute(command);
      for (const { bookId, earningId, sourceType, sourceId, currency, findings } of differences) {
        const earning = `earning ${earningId} of book ${bookId} (${sourceType} ${sourceId}, ${currency})`;
        say(`DIFFERS ${earning}: ${findings.join('; ')}`);
      }
      say(`${counted(replayed, 'earning')} replayed, ${differences.length} differ.`);
      process.exitCode = differences.length === 0 ? EXIT.done : EXIT.failed;
    });
  }

  @Option({ flags: '--brand <id or name>', description: 'Whose book; all books where it is left out.' })
  parseBrand(value: string): string {
    return value;
  }
}

@Command({ name: 'earnings', description: 'Recorded earnings.', subCommands: [ReplayEarningsCommand] })
export class EarningsCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}
