import type { Bench } from '../../bench';
import { type Groups, runGroups } from '../../run-groups';
import { bids } from './cases/bids';
import { growth } from './cases/growth';
import { lists } from './cases/lists';
import { Stage } from './stage';

const GROUPS: Groups<Stage> = {
  lists,
  bids,
  growth,
};

export const api: Bench = {
  name: 'api',
  about:
    'lists and bids over HTTP by the product as it is deployed, against a bare server with graphql-js, DataLoader and pg',
  run: (options) => runGroups(options, GROUPS, () => Stage.open(options)),
};
