import type { Bench } from '../../bench';
import { type Groups, runGroups } from '../../run-groups';
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

const GROUPS: Groups<Stage> = {
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
  run: (options) => runGroups(options, GROUPS, () => Stage.open(options)),
};
