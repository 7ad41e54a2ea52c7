import { checkInvariants } from '@evenhand/ledger';
import { Client } from 'pg';
import { DealWorld } from './deal-world';

const SET_UP_MS = 60_000;

/** Gives the tests of a file a world of deals on a database of its own, and checks every invariant after each of them. */
export function withDealWorld(take: (world: DealWorld, owner: Client) => unknown): void {
  let world: DealWorld;
  let owner: Client;
  beforeAll(async () => {
    world = await DealWorld.open();
    owner = new Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await take(world, owner);
  }, SET_UP_MS);
  afterEach(async () => expect(await checkInvariants(owner)).toEqual([]));
  afterAll(async () => {
    await owner.end();
    await world.close();
  });
}
