import { readFile } from 'node:fs/promises';
import { type AuditHead, GetAuditHead, VerifyAuditLog } from '@evenhand/audit';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { counted, EXIT, say } from '../output';
import { Product } from '../product';

interface VerifyOptions {
  readonly heads?: string;
}

/** `audit verify`: exit code 0 where every entry is as it was sealed, 1 with every one that is not, the first one first. */
@SubCommand({
  name: 'verify',
  description: 'Recompute the chain of the audit log and name what is not as it was sealed.',
})
export class VerifyAuditCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(_words: string[], options: VerifyOptions): Promise<void> {
    const trusted = options.heads === undefined ? [] : await headsIn(options.heads);
    await this.product.withUseCases(async (app) => {
      const { links, findings } = await app.get(VerifyAuditLog, { strict: false }).execute({ trusted });
      for (const finding of findings) say(`BROKEN ${finding}`);
      const checked = counted(Number(links), 'link');
      say(
        findings.length === 0 ? `All as sealed: ${checked}.` : `${counted(findings.length, 'finding')} in ${checked}.`,
      );
      process.exitCode = findings.length === 0 ? EXIT.done : EXIT.failed;
    });
  }

  @Option({
    flags: '--heads <file>',
    description: 'Lines noted earlier with "audit head", which the chain has to hold.',
  })
  parseHeads(value: string): string {
    return value;
  }
}

/** `audit head`: a line of JSON, to be kept where whoever owns the database cannot change it. */
@SubCommand({
  name: 'head',
  description: 'The last link of the chain, to be kept elsewhere for "audit verify --heads".',
})
export class AuditHeadCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(): Promise<void> {
    await this.product.withUseCases(async (app) => {
      const head = await app.get(GetAuditHead, { strict: false }).execute();
      if (head === null) throw new Error('Nothing of the audit log is sealed yet.');
      say(JSON.stringify({ link: head.linkNo.toString(), hash: head.hash }));
    });
  }
}

@Command({
  name: 'audit',
  description: 'Proof that the audit log was not changed.',
  subCommands: [VerifyAuditCommand, AuditHeadCommand],
})
export class AuditCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}

async function headsIn(path: string): Promise<readonly AuditHead[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) throw new Error(`There is no file ${path}.`);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, place) => headOf(line, `line ${place + 1} of ${path}`));
}

function headOf(line: string, where: string): AuditHead {
  const match = /^\{"link":"([1-9]\d{0,17})","hash":"([0-9a-f]{64})"\}$/.exec(line.trim());
  if (match === null) throw new Error(`What is in ${where} is no head of the audit log.`);
  return { linkNo: BigInt(match[1] ?? ''), hash: match[2] ?? '' };
}
