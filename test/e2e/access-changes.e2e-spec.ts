import { toGlobalId } from '../../apps/api/src/graphql/types/global-id';
import { PEOPLE } from '../../apps/cli/src/demo/demo-logins';
import { AccessWorld, type SignedUp } from '../support/access/access-world';
import { type Objects, protectedObjects } from '../support/access/demo-objects';
import { apiSchema } from '../support/access/api-schema';
import { changedTables, fingerprint } from '../support/access/fingerprint';
import type { GraphqlAnswer, GraphqlClient } from '../support/graphql-client';

/** What was allowed a moment ago: rights end with the request after they were taken away, whatever is still signed in. */

const DEAL = 'query ($id: ID!) { deal(id: $id) { id state } }';
const COUNTS = '{ deals { totalCount } bids { totalCount } sales { totalCount } me { represented { id } } }';

let world: AccessWorld;
let theirs: Objects;
let camille: GraphqlClient;
let lumette: string;
let dealId: string;

beforeAll(async () => {
  world = await AccessWorld.open({ withDemo: true });
  theirs = await protectedObjects(world, await apiSchema());
  camille = await world.demo('camille');
  [lumette = ''] = theirs.brand;
  [dealId = ''] = theirs.deal;
}, 120_000);

afterAll(() => world?.close());

describe('members of a brand', () => {
  it('lets a viewer read what the owner reads', async () => {
    const viewer = await colleagueOfCamille('VIEWER');
    expect(await viewer.client.ask(COUNTS)).toEqual(await camille.ask(COUNTS));
    expect((await viewer.client.ask(DEAL, { id: dealId }))['deal'].id).toBe(dealId);
  });

  it.each(writesOfABrand())('refuses a viewer %s', async (mutation, input) => {
    const viewer = await colleagueOfCamille('VIEWER');
    const before = await fingerprint(world);
    expect(codeOf(await send(viewer.client, mutation, input()))).toBe('FORBIDDEN');
    expect(changedTables(before, await fingerprint(world))).toEqual([]);
  });

  it('refuses a member who was removed, on the next request of the same session', async () => {
    const manager = await colleagueOfCamille('MANAGER');
    expect(codeOf(await manager.client.send(DEAL, { id: dealId }))).toBe('none');
    await camille.succeed('removeMember', 'MemberChange', { partyId: lumette, userId: manager.userId }, 'role');
    expect(codeOf(await manager.client.send(DEAL, { id: dealId }))).toBe('FORBIDDEN');
  });
});

describe('API keys', () => {
  it('can do what their scope names and nothing else', async () => {
    const { client } = await world.machine(camille, ['deals:read'], lumette);
    expect(codeOf(await client.send(DEAL, { id: dealId }))).toBe('none');
    expect(codeOf(await send(client, 'fundDeal', { dealId, idempotencyKey: 'by-machine' }))).toBe('FORBIDDEN');
    expect(codeOf(await client.send('{ sales { totalCount } }'))).toBe('FORBIDDEN');
    expect(codeOf(await client.send('{ payoutAccounts(partyId: "x") { hint } }'))).toBe('FORBIDDEN');
  });

  it('reach only the party they are bound to', async () => {
    const founded = await camille.succeed(
      'createOrganisation',
      'Viewer',
      { kind: 'BRAND', organisationName: 'Second Maison', country: 'FR' },
      'memberships { party { id } }',
    );
    const second = founded.memberships
      .map((it: { party: { id: string } }) => it.party.id)
      .find((id: string) => id !== lumette);
    const { client } = await world.machine(camille, ['deals:read'], second);
    expect(codeOf(await client.send(DEAL, { id: dealId }))).toBe('NOT_FOUND');
  });

  it('can do no more than their creator may now', async () => {
    const manager = await colleagueOfCamille('MANAGER');
    const { client } = await world.machine(manager.client, ['deals:read', 'deals:write'], lumette);
    const ship = { dealId, carrier: 'DHL', trackingNumber: 'X' };
    expect(codeOf(await send(client, 'shipGift', ship))).toBe('none');
    await camille.succeed(
      'changeMemberRole',
      'MemberChange',
      { partyId: lumette, userId: manager.userId, role: 'VIEWER' },
      'role',
    );
    expect(codeOf(await send(client, 'shipGift', ship))).toBe('FORBIDDEN');
    expect(codeOf(await client.send(DEAL, { id: dealId }))).toBe('none');
    await camille.succeed('removeMember', 'MemberChange', { partyId: lumette, userId: manager.userId }, 'role');
    expect(codeOf(await client.send(DEAL, { id: dealId }))).toBe('FORBIDDEN');
  });

  it('are refused once revoked', async () => {
    const { client, apiKeyId } = await world.machine(camille, ['deals:read'], lumette);
    expect(codeOf(await client.send(DEAL, { id: dealId }))).toBe('none');
    await send(camille, 'revokeApiKey', { apiKeyId });
    expect(codeOf(await client.send(DEAL, { id: dealId }))).toBe('UNAUTHENTICATED');
  });
});

describe('sessions', () => {
  it('are refused once signed out, here or everywhere', async () => {
    const [here, there] = [await world.demo('lin'), await world.demo('lin')];
    const thief = here.thief();
    expect(codeOf(await thief.send('{ deals { totalCount } }'))).toBe('none');
    expect(codeOf(await send(here, 'signOut', {}))).toBe('none');
    expect(codeOf(await thief.send('{ deals { totalCount } }'))).toBe('UNAUTHENTICATED');
    expect(codeOf(await there.send('{ deals { totalCount } }'))).toBe('none');
    const elsewhere = await world.demo('lin');
    expect(codeOf(await send(elsewhere, 'signOut', { everywhere: true }))).toBe('none');
    expect(codeOf(await there.send('{ deals { totalCount } }'))).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['no token at all', ''],
    ['a made-up token', 'x'.repeat(43)],
    ['a JSON web token without a signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'],
  ])('are nobody’s with %s', async (_what, token) => {
    expect(codeOf(await world.product.withKey(token).send('{ deals { totalCount } }'))).toBe('UNAUTHENTICATED');
  });
});

describe('bank accounts', () => {
  it.each(['aoi', 'camille', 'haruto', 'tove'] as const)('of an influencer are hidden from %s', async (person) => {
    const client = await world.demo(person);
    const [mika = ''] = theirs.influencer;
    const answer = await client.send('query ($id: ID!) { payoutAccounts(partyId: $id) { id hint } }', { id: mika });
    expect(['NOT_FOUND', 'FORBIDDEN']).toContain(codeOf(answer));
  });

  it('of an influencer are not her agency’s to set', async () => {
    const aoi = await world.demo('aoi');
    const before = await fingerprint(world);
    const account = {
      partyId: theirs.influencer[0],
      currency: 'EUR',
      holder: 'H',
      iban: 'FR7630006000011234567890189',
    };
    expect(codeOf(await send(aoi, 'setPayoutAccount', account))).toBe('NOT_FOUND');
    expect(changedTables(before, await fingerprint(world))).toEqual([]);
  });
});

describe('payout batches', () => {
  it('are approved by nobody who prepared them and by no operator', async () => {
    const [noor, tove] = [await world.demo('noor'), await world.demo('tove')];
    const both = ['finance_preparer', 'finance_approver'];
    await world.sql('update identity.users set staff_roles = $2 where email = $1', [PEOPLE.noor.email, both]);
    const before = await fingerprint(world);
    const [submitted] = await world.sql<{ id: string }>("select id from payouts.batches where state = 'submitted'");
    const batchId = toGlobalId('batch', submitted?.id ?? '');
    const { payoutBatch } = await noor.ask(`{ payoutBatch(id: "${batchId}") { contentHash } }`);
    const input = { batchId, contentHash: payoutBatch.contentHash };
    expect(await noor.mutate('approvePayoutBatch', 'PayoutBatch', input, 'id')).toMatchObject({
      code: 'PREPARER_CANNOT_APPROVE',
    });
    expect(codeOf(await send(tove, 'approvePayoutBatch', input))).toBe('FORBIDDEN');
    expect(changedTables(before, await fingerprint(world))).toEqual([]);
  });
});

describe('an agency whose mandate ends', () => {
  it('loses the influencer’s deals, bids and money on the next request, its session still live', async () => {
    const aoi = await world.demo('aoi');
    const mika = await world.demo('mika');
    const { client: machine } = await world.machine(aoi, ['deals:read', 'deals:write'], theirs.agency[0] ?? null);
    const chain = 'query ($id: ID!) { earnings(filter: { influencerId: $id }) { edges { node { shares { id } } } } }';
    const money = async () => (await aoi.ask(chain, { id: theirs.influencer[0] }))['earnings'].edges;
    expect(codeOf(await aoi.send(DEAL, { id: dealId }))).toBe('none');
    expect((await aoi.ask(COUNTS))['me'].represented).toEqual([{ id: theirs.influencer[0] }]);
    expect(Math.max(...(await money()).map(sharesIn))).toBe(3);

    await mika.succeed('endMandate', 'MandateTerms', { mandateId: theirs.mandate[0] }, 'state');

    const submission = { deliverableId: theirs.deliverable[0], caption: '#广告 #合作', mediaUrls: [] };
    const codes = [
      await aoi.send(DEAL, { id: dealId }),
      await aoi.send('query ($id: ID!) { bid(id: $id) { id } }', { id: await bidOfAnotherBrand() }),
      await send(aoi, 'submitDeliverable', submission),
      await machine.send(DEAL, { id: dealId }),
      await send(machine, 'submitDeliverable', submission),
    ].map(codeOf);
    expect(codes).toEqual(codes.map(() => 'NOT_FOUND'));
    const { me, ...lists } = await aoi.ask(COUNTS);
    expect(me.represented).toEqual([]);
    expect(lists['sales'].totalCount).toBe(0);
    // Its own cuts it earned, and keeps; of each earning it sees those alone.
    expect(Math.max(0, ...(await money()).map(sharesIn))).toBeLessThanOrEqual(1);
  });

  /** A bid that Mika made herself, on which her agency is not named. */
  async function bidOfAnotherBrand(): Promise<string> {
    const { bids } = await (await world.demo('haruto')).ask('{ bids { edges { node { id } } } }');
    return bids.edges[0].node.id;
  }
});

function sharesIn({ node }: { node: { shares: readonly unknown[] } }): number {
  return node.shares.length;
}

function colleagueOfCamille(role: string): Promise<SignedUp> {
  return world.colleague({ client: camille, partyId: lumette }, role);
}

function writesOfABrand(): [string, () => Record<string, unknown>][] {
  return [
    ['publishCampaign', () => ({ campaignId: theirs.campaign[0] })],
    ['cancelCampaign', () => ({ campaignId: theirs.campaign[0] })],
    ['declineBid', () => ({ bidId: theirs.bid.at(-1) })],
    ['acceptOffer', () => ({ bidId: theirs.bid.at(-1), offerNumber: 1 })],
    ['fundDeal', () => ({ dealId, idempotencyKey: 'by-viewer' })],
    ['completeDeal', () => ({ dealId })],
    ['openDispute', () => ({ dealId, reason: 'NOT_DELIVERED', text: 'Nothing came', idempotencyKey: 'by-viewer' })],
    ['writeReview', () => ({ dealId, stars: 1, text: 'Nothing came' })],
    ['chooseTrackingCode', () => ({ dealId, kind: 'NOTE_COMMISSION', code: 'VIEWER10' })],
    ['sendMessage', () => ({ dealId, text: 'Hello', idempotencyKey: 'by-viewer' })],
    ['setLinkDestination', () => ({ dealId, destination: 'https://shop.example.com/' })],
    ['inviteMember', () => ({ partyId: lumette, email: 'friend@example.com', role: 'OWNER' })],
    [
      'createApiKey',
      () => ({ name: 'K', scopes: ['deals:write'], partyId: lumette, expiresAt: new Date(Date.now() + 86_400_000) }),
    ],
    [
      'setPayoutAccount',
      () => ({ partyId: lumette, currency: 'EUR', holder: 'H', iban: 'FR7630006000011234567890189' }),
    ],
  ];
}

function send(client: GraphqlClient, mutation: string, input: Record<string, unknown>): Promise<GraphqlAnswer> {
  const inputType = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return client.send(`mutation ($input: ${inputType}!) { ${mutation}(input: $input) { __typename } }`, { input });
}

/** The code of the refusal; `none` where there was none. */
function codeOf({ errors }: GraphqlAnswer): string {
  return errors[0]?.extensions.code ?? 'none';
}
