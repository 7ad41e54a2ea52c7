import { readFile, writeFile } from 'node:fs/promises';
import { systemActor } from '@evenhand/kernel';
import { GetReceipt, ListSealHeads, type TrustedSeal, VerifySeals } from '@evenhand/ledger';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { counted, EXIT, say } from '../output';
import { Product } from '../product';

interface VerifyOptions {
  readonly heads?: string;
}

/** `seals verify`: exit code 0 where everything is as it was sealed, 1 with every place where it is not. */
@SubCommand({
  name: 'verify',
  description: 'Recompute every seal from the tables and name what is not as it was sealed.',
})
export class VerifySealsCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(_words: string[], options: VerifyOptions): Promise<void> {
    const trusted = options.heads === undefined ? [] : await trustedSealsIn(options.heads);
    await this.product.withUseCases(async (app) => {
      const { books, seals, transactions, findings } = await app
        .get(VerifySeals, { strict: false })
        .execute({ trusted });
      for (const { words } of findings) say(`BROKEN ${words}`);
      const checked = `${counted(transactions, 'transaction')} in ${counted(seals, 'seal')} of ${counted(books, 'book')}`;
      say(
        findings.length === 0 ? `All as sealed: ${checked}.` : `${counted(findings.length, 'finding')} in ${checked}.`,
      );
      process.exitCode = findings.length === 0 ? EXIT.done : EXIT.failed;
    });
  }

  @Option({
    flags: '--heads <file>',
    description: 'Hashes noted earlier with "seals heads", which the chains have to hold.',
  })
  parseHeads(value: string): string {
    return value;
  }
}

/** `seals heads`: a line of JSON per book, to be kept where whoever owns the database cannot change it. */
@SubCommand({
  name: 'heads',
  description: 'The last seal of every book, to be kept elsewhere for "seals verify --heads".',
})
export class SealHeadsCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(): Promise<void> {
    await this.product.withUseCases(async (app) => {
      for (const head of await app.get(ListSealHeads, { strict: false }).execute()) say(JSON.stringify(head));
    });
  }
}

interface ReceiptOptions {
  readonly head?: number;
  readonly out?: string;
}

/** `seals receipt TRANSACTION`: the receipt as JSON, for verify-receipt.mjs. */
@SubCommand({
  name: 'receipt',
  arguments: '<transaction>',
  description: 'Print the receipt of a transaction: txn_<book>_<number>.',
})
export class SealReceiptCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run([transaction = '']: string[], { head, out }: ReceiptOptions): Promise<void> {
    const [, book, number] = /^txn_(\d{1,9})_(\d{1,18})$/.exec(transaction) ?? [];
    if (book === undefined || number === undefined) throw new Error(`"${transaction}" is not the id of a transaction.`);
    await this.product.withUseCases(async (app) => {
      const query = { actor: systemActor('command line'), bookId: Number(book), transactionId: BigInt(number), head };
      const text = JSON.stringify(await app.get(GetReceipt, { strict: false }).execute(query), null, 2);
      if (out === undefined) return say(text);
      await writeFile(out, `${text}\n`);
      return say(`${out} written; verify it with: node apps/cli/verify-receipt.mjs ${out}`);
    });
  }

  @Option({ flags: '--out <file>', description: 'Where to write it (default: print it).' })
  parseOut(value: string): string {
    return value;
  }

  @Option({
    flags: '--head <number>',
    description: 'The seal of the book that it is to lead to (default: the last one).',
  })
  parseHead(value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error(`"${value}" is not the number of a seal.`);
    return Number(value);
  }
}

@Command({
  name: 'seals',
  description: 'Proof that the ledger was not changed.',
  subCommands: [VerifySealsCommand, SealHeadsCommand, SealReceiptCommand],
})
export class SealsCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}

async function trustedSealsIn(path: string): Promise<readonly TrustedSeal[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) throw new Error(`There is no file ${path}.`);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, place) => trustedSealOf(line, `line ${place + 1} of ${path}`));
}

function trustedSealOf(line: string, where: string): TrustedSeal {
  const refused = new Error(`What is in ${where} is no head of a book.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw refused;
  }
  const { bookId, sealNo, hash } = (parsed ?? {}) as Partial<TrustedSeal>;
  if (typeof bookId !== 'number' || typeof sealNo !== 'number' || typeof hash !== 'string') throw refused;
  return { bookId, sealNo, hash };
}
