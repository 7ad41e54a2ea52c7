import type { Bench } from '../../bench';
import { type Groups, runGroups } from '../../run-groups';
import { burst } from './cases/burst';
import { posting } from './cases/posting';
import { receiving } from './cases/receiving';
import { redirect } from './cases/redirect';
import { Stage } from './stage';

const GROUPS: Groups<Stage> = {
  receiving,
  posting,
  burst,
  redirect,
};

export const intake: Bench = {
  name: 'intake',
  about:
    'webhooks stored and posted, and links followed, by the product as it is deployed, against bare servers and the ledger alone',
  run: (options) => runGroups(options, GROUPS, () => Stage.open(options)),
};
