import { readFile, writeFile } from 'node:fs/promises';
import { isUuid, systemActor } from '@evenhand/kernel';
import { ExportPayoutBatch } from '@evenhand/payouts';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { TypeID } from 'typeid-js';
import { say } from '../output';
import { Product } from '../product';

interface ExportOptions {
  readonly out?: string;
}

/** `payouts export BATCH`: an approved batch is sent and its bank file written; again: the same file. */
@SubCommand({
  name: 'export',
  arguments: '<batch>',
  description: 'Write the bank file of an approved payout batch; its items are sent by that.',
})
export class ExportPayoutsCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run([batch = '']: string[], options: ExportOptions): Promise<void> {
    const batchId = batchIdOf(batch);
    await this.product.withUseCases(async (app) => {
      const actor = systemActor('command line');
      const file = await app.get(ExportPayoutBatch, { strict: false }).execute({ actor, batchId });
      const path = options.out ?? file.fileName;
      await writeUnlessThere(path, file.text);
      say(`${path} written${file.isRepeated ? '; the batch had been exported before, nothing was sent again' : ''}.`);
    });
  }

  @Option({ flags: '--out <file>', description: 'Where to write it (default: its own name, here).' })
  parseOut(value: string): string {
    return value;
  }
}

@Command({ name: 'payouts', description: 'Payout batches.', subCommands: [ExportPayoutsCommand] })
export class PayoutsCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}

function batchIdOf(text: string): string {
  if (isUuid(text)) return text;
  try {
    return TypeID.fromString(text, 'batch').toUUID();
  } catch {
    throw new Error(`"${text}" is not the id of a payout batch.`);
  }
}

/** A file with other content is never overwritten: it may be what a bank was given. */
async function writeUnlessThere(path: string, text: string): Promise<void> {
  const there = await readFile(path, 'utf8').catch(() => null);
  if (there !== null && there !== text) throw new Error(`${path} is there already with other content.`);
  await writeFile(path, text, { mode: 0o600 });
}
