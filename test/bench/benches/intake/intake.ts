import type { Bench, Measurement } from '../../bench';
import { burst } from './cases/burst';
import { posting } from './cases/posting';
import { receiving } from './cases/receiving';
import { redirect } from './cases/redirect';
import { Stage } from './stage';

const GROUPS: Readonly<Record<string, (stage: Stage) => AsyncGenerator<Measurement>>> = {
  receiving,
  posting,
  burst,
  redirect,
};

export const intake: Bench = {
  name: 'intake',
  about:
    'webhooks stored and posted, and links followed, by the product as it is deployed, against bare servers and the ledger alone',
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
