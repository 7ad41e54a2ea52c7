import { SalesWorld } from './sales-world';

/** Gives the tests of a file a world on a database of its own, and checks after each of them that nothing in it is broken. */
export function withSalesWorld(take: (made: SalesWorld) => void): void {
  let world: SalesWorld;
  beforeAll(async () => {
    world = await SalesWorld.create();
    take(world);
  });
  afterEach(async () => expect(await world.brokenInvariants()).toEqual([]));
  afterAll(() => world.destroy());
}
