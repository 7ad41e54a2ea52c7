import { PERSONAL_DATA, ResealEverything } from '@evenhand/privacy';
import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { say } from '../output';
import { Product } from '../product';

/** `privacy reseal`, after a new key was put first in `ENCRYPTION_KEYS` and every process has it. */
@SubCommand({ name: 'reseal', description: 'Seal with the newest encryption key whatever an older one has sealed.' })
export class ResealCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(): Promise<void> {
    await this.product.withUseCases(async (app) => {
      const places = await app.get(ResealEverything, { strict: false }).execute();
      for (const { place, resealed, unreadable } of places) {
        say(`${place}: ${resealed} sealed anew${unreadable === 0 ? '' : `, ${unreadable} that no known key opens`}`);
      }
      if (places.some(({ unreadable }) => unreadable > 0)) process.exitCode = 1;
    });
  }
}

/** `privacy map`: what somebody who has to answer for the data needs to see. */
@SubCommand({ name: 'map', description: 'Every column that holds personal data, and what an erasure does with it.' })
export class PrivacyMapCommand extends CommandRunner {
  override async run(): Promise<void> {
    for (const [table, { personal }] of Object.entries(PERSONAL_DATA)) {
      for (const [column, { is, whose, erasure, because }] of Object.entries(personal)) {
        say([`${table}.${column}`, is, whose, erasure, because ?? ''].join('\t').trimEnd());
      }
    }
  }
}

@Command({
  name: 'privacy',
  description: 'Personal data and the keys that protect it.',
  subCommands: [ResealCommand, PrivacyMapCommand],
})
export class PrivacyCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}
