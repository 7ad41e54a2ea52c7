import { AUDIT_INVARIANT, brokenAuditLinks } from '@evenhand/audit';
import { checkInvariants, inOneSnapshot, INVARIANT_NAMES } from '@evenhand/ledger';
import { Command, CommandRunner } from 'nest-commander';
import { Client } from 'pg';
import { counted, EXIT, say } from '../output';
import { Product } from '../product';

/** Two of the invariants take longer than all others together. */
const CONNECTIONS = 2;

/** `invariants`: exit code 0 where all hold, 1 with the culprits where one breaks. */
@Command({ name: 'invariants', description: 'Check every invariant of the ledger, and the chain of the audit log.' })
export class InvariantsCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run(): Promise<void> {
    const findings = await this.product.withDatabase(async (connectionString) => {
      const clients = Array.from(
        { length: CONNECTIONS },
        () => new Client({ connectionString, application_name: 'evenhand-invariants' }),
      );
      try {
        await Promise.all(clients.map((client) => client.connect()));
        // One snapshot, so that what is written meanwhile does not look like a difference.
        await inOneSnapshot(...clients);
        await Promise.all(clients.map((client) => client.query(`select set_config('evenhand.system', 'on', true)`)));
        const ofLedger = await checkInvariants(...clients);
        const ofLog = clients[0] ? await brokenAuditLinks(clients[0]) : [];
        return [...ofLedger, ...ofLog.map((finding) => ({ invariant: AUDIT_INVARIANT, finding }))];
      } finally {
        await Promise.all(clients.map((client) => client.end()));
      }
    });
    for (const { invariant, finding } of findings) say(`BROKEN ${invariant}: ${finding}`);
    if (findings.length === 0) say(`All ${counted(INVARIANT_NAMES.length + 1, 'invariant')} hold.`);
    else say(`${counted(findings.length, 'finding')}; amounts are in minor units, such as cents.`);
    process.exitCode = findings.length === 0 ? EXIT.done : EXIT.failed;
  }
}
