import { isUuid, systemActor } from '@evenhand/kernel';
import { ReplayLedger } from '@evenhand/sales';
import { Command, CommandRunner, Option } from 'nest-commander';
import { TypeID } from 'typeid-js';
import { counted, EXIT, say } from '../output';
import { Product } from '../product';

interface ReplayOptions {
  readonly campaign?: string;
  readonly deal?: string;
}

/** `replay [--campaign …] [--deal …]`: exit code 0 where the raw events give the ledger again, 1 with what they do not. */
@Command({
  name: 'replay',
  description: 'Rebuild commissions and shares from the raw events of sales and compare them with the ledger.',
})
export class ReplayCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(_words: string[], { campaign, deal }: ReplayOptions): Promise<void> {
    const command = {
      actor: systemActor('command line'),
      campaignId: campaign === undefined ? null : uuidOf('campaign', campaign),
      dealId: deal === undefined ? null : uuidOf('deal', deal),
    };
    await this.product.withUseCases(async (app) => {
      const { differences, ...told } = await app.get(ReplayLedger, { strict: false }).execute(command);
      for (const { dealId, what, id, findings } of differences) {
        say(`DIFFERS ${what} ${id} of deal ${dealId}: ${findings.join('; ')}`);
      }
      const events = `${counted(told.sales, 'sale')} and ${counted(told.refunds, 'refund')}`;
      const shares = `${counted(told.shares, 'share')}, ${counted(told.bonuses, 'bonus grant')}`;
      say(`${counted(told.deals, 'deal')}: ${events} replayed, ${shares}; ${differences.length} differ.`);
      process.exitCode = differences.length === 0 ? EXIT.done : EXIT.failed;
    });
  }

  @Option({ flags: '--campaign <id>', description: 'The campaign; all of them where it is left out.' })
  parseCampaign(value: string): string {
    return value;
  }

  @Option({ flags: '--deal <id>', description: 'One deal.' })
  parseDeal(value: string): string {
    return value;
  }
}

function uuidOf(prefix: 'campaign' | 'deal', id: string): string {
  if (isUuid(id)) return id;
  try {
    return TypeID.fromString(id, prefix).toUUID();
  } catch (error) {
    throw new Error(`"${id}" is no id of a ${prefix}.`, { cause: error });
  }
}
