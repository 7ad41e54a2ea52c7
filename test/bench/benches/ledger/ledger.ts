import type { Bench, Measurement } from '../../bench';
import { batches } from './cases/batches';
import { balances } from './cases/balances';
import { bytes } from './cases/bytes';
import { growth } from './cases/growth';
import { invariants } from './cases/invariants';
import { refunds } from './cases/refunds';
import { releases } from './cases/releases';
import { sealing } from './cases/sealing';
import { singles } from './cases/singles';
import { Stage } from './stage';

const GROUPS: Readonly<Record<string, (stage: Stage) => AsyncGenerator<Measurement>>> = {
  batches,
  singles,
  refunds,
  releases,
  sealing,
  bytes,
  balances,
  invariants,
  growth,
};

export const ledger: Bench = {
  name: 'ledger',
  about: 'sales split, held, refunded, released and read, against hand-written SQL and a row-at-a-time ledger',
  async *run(options) {
    const chosen = options.only.length > 0 ? options.only : Object.keys(GROUPS);
    const unknown = chosen.find((name) => !(name in GROUPS));
    if (unknown !== undefined)
      throw new Error(`There is no group "${unknown}". There are: ${Object.keys(GROUPS).join(', ')}.`);
    const stage = await Stage.open(options);
    try {
      for (const name of chosen) {
        options.onProgress(name);
        yield* GROUPS[name]?.(stage) ?? [];
      }
    } finally {
      await stage.close();
    }
  },
};
