import type { GraphQLSchema } from 'graphql';
import { withErrorTypes } from '../../apps/api/src/graphql/access/policy';
import type { FieldPolicy } from '../../apps/api/src/graphql/access/rules';
import { policy as givenPolicy } from '../../apps/api/src/policy';
import { AccessWorld, type SignedUp } from '../support/access/access-world';
import { apiSchema } from '../support/access/api-schema';
import { type Objects, protectedObjects } from '../support/access/demo-objects';
import { agencyAt, runOut } from '../support/access/mandate-stages';
import { operationsWithIds } from '../support/access/operations';
import { codesOf, inOrder, isRefused } from '../support/access/reach';

/** What an agency may do for an influencer while it holds her mandate; access-tenants tries it without one. */

let world: AccessWorld;
let schema: GraphQLSchema;
let policy: FieldPolicy;
let theirs: Objects;
let holding: SignedUp;
let noticed: SignedUp;
let unrelated: SignedUp;

beforeAll(async () => {
  schema = await apiSchema();
  policy = withErrorTypes(givenPolicy, schema);
  world = await AccessWorld.open({ withDemo: true });
  theirs = await protectedObjects(world, schema);
  const mika = { client: await world.demo('mika'), partyId: theirs.influencer[0] ?? '' };
  holding = await agencyAt('with a mandate in force', world, mika);
  noticed = await agencyAt('whose notice is running', world, mika);
  unrelated = await world.signUpAgency();
}, 120_000);

afterAll(() => world?.close());

/** The operations on the objects that are not refused. */
async function reachedBy(agency: SignedUp, root: 'Query' | 'Mutation'): Promise<readonly string[]> {
  const reached: string[] = [];
  for (const operation of inOrder(operationsWithIds(schema, policy, root))) {
    if (!isRefused(await codesOf(operation, agency.client, policy, theirs))) reached.push(operation.title);
  }
  return reached;
}

describe('an agency', () => {
  it('reads the influencer’s bids, deals and messages while its mandate is in force, and as much while notice runs', async () => {
    const reached = await reachedBy(holding, 'Query');
    expect(reached).toEqual(
      expect.arrayContaining(['bid(id)', 'deal(id)', 'splitPreview(bidId)', 'deliveryAddresses(influencerId)']),
    );
    expect(reached).not.toContain('giftAddress(dealId)');
    expect(await reachedBy(noticed, 'Query')).toEqual(reached);
  }, 60_000);

  it('acts for her in negotiation, deals, gifts and messages while its mandate is in force, and while notice runs', async () => {
    const reached = await reachedBy(holding, 'Mutation');
    expect(reached).toEqual(
      expect.arrayContaining([
        'counterOffer(bidId)',
        'withdrawBid(bidId)',
        'submitDeliverable(deliverableId, fileIds)',
        'publishDeliverable(deliverableId)',
        'receiveGift(dealId)',
        'requestGift(addressId, dealId)',
        'extendPostingDuty(dealId)',
        'markMessagesRead(dealId, throughMessageId)',
        'openDispute(dealId)',
        'acceptOffer(bidId)',
      ]),
    );
    expect(await reachedBy(noticed, 'Mutation')).toEqual(reached);
    for (const { client } of [holding, noticed]) {
      const message = { dealId: theirs.deal[0], text: 'On its way', idempotencyKey: 'one' };
      expect(await client.succeed('sendMessage', 'Message', message, 'text')).toMatchObject({ text: 'On its way' });
    }
  }, 60_000);

  it('is nobody again from the end of its notice on, still signed in', async () => {
    await runOut(world, noticed);
    for (const root of ['Query', 'Mutation'] as const) {
      expect(await reachedBy(noticed, root)).toEqual(await reachedBy(unrelated, root));
    }
  }, 120_000);
});
