import { systemActor } from '@evenhand/kernel';
import { ClosePeriod } from '@evenhand/ledger';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { say } from '../output';
import { Product } from '../product';
import { findBrand } from '../sales/find-brand';

interface CloseOptions {
  readonly brand: string;
  readonly period: string;
  readonly timeZone: string;
}

/** `periods close --brand … --period 2026-10 --time-zone Europe/Paris`; the same again changes nothing. */
@SubCommand({ name: 'close', description: 'Close the book of a brand to the end of a period, for good.' })
export class ClosePeriodCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(_words: string[], { brand: brandText, period, timeZone }: CloseOptions): Promise<void> {
    await this.product.withUseCases(async (app) => {
      const brand = await findBrand(app, brandText);
      const command = { actor: systemActor('command line'), brandId: brand.id, period, timeZone };
      const closed = await app.get(ClosePeriod, { strict: false }).execute(command);
      const until = closed.closedBefore.toISOString();
      say(`${brand.name}: closed to the end of ${period} in ${timeZone}; open from ${until} on.`);
    });
  }

  @Option({ flags: '--brand <id or name>', required: true, description: 'Whose book it is.' })
  parseBrand(value: string): string {
    return value;
  }

  @Option({
    flags: '--period <YYYY-MM or YYYY-MM-DD>',
    required: true,
    description: 'A month, or the last day of the period.',
  })
  parsePeriod(value: string): string {
    return value;
  }

  @Option({
    flags: '--time-zone <name>',
    required: true,
    description: 'Where it ends, by the IANA database, such as Europe/Paris.',
  })
  parseTimeZone(value: string): string {
    return value;
  }
}

@Command({ name: 'periods', description: "Periods of a brand's book.", subCommands: [ClosePeriodCommand] })
export class PeriodsCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}
