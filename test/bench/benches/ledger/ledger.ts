import type { Bench, Measurement } from '../../bench';
import { batches } from './cases/batches';
import { bytes } from './cases/bytes';
import { refunds } from './cases/refunds';
import { releases } from './cases/releases';
import { singles } from './cases/singles';
import { Stage } from './stage';

const GROUPS: Readonly<Record<string, (stage: Stage) => AsyncGenerator<Measurement>>> = {
  batches,
  singles,
  refunds,
  releases,
  bytes,
};

export const ledger: Bench = {
  name: 'ledger',
  about: 'sales split, held, refunded, released and read, against hand-written SQL and a row-at-a-time ledger',
  async *run({ only, onProgress }) {
    const stage = await Stage.open(onProgress);
    try {
      for (const [name, group] of Object.entries(GROUPS)) {
        if (only.length > 0 && !only.includes(name)) continue;
        onProgress(name);
        yield* group(stage);
      }
    } finally {
      await stage.close();
    }
  },
};
