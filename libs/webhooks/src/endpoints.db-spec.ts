import { type Actor, type OrganisationRole, systemActor } from '@evenhand/kernel';
import type { TestParty } from '../../../test/support/parties-world';
import { webhooksWorld, type WebhooksWorld } from '../../../test/support/webhooks/webhooks-world';
import {
  DeleteEndpoint,
  DisableEndpoint,
  EnableEndpoint,
  ListEndpoints,
  ListMessages,
  RegisterEndpoint,
  RotateEndpointSecret,
  SendTestEvent,
  UpdateEndpoint,
} from './index';

let world: WebhooksWorld;
beforeAll(async () => {
  world = await webhooksWorld();
});
afterAll(() => world.end());

const NOT_FOUND = { code: 'NOT_FOUND' };
const FORBIDDEN = { code: 'FORBIDDEN' };
const PAGE = { first: 10, after: null };

async function as(party: TestParty, role: OrganisationRole): Promise<Actor> {
  const actor = await world.actorOf(party);
  return { ...actor, memberships: actor.memberships.map((membership) => ({ ...membership, role })) };
}

function registering(actor: Actor, partyId: string, change: { url?: string; eventTypes?: string[] } = {}) {
  const wanted = { url: world.receiver.url(), description: 'Shop', eventTypes: ['sale.*'], ...change };
  return world.get(RegisterEndpoint).execute({ actor, partyId, ...wanted });
}

describe('an endpoint', () => {
  it('is registered by a manager, shown to every member, its secret told once and kept sealed', async () => {
    const brand = await world.signUpBrand();
    const { endpoint, secret } = await registering(await as(brand, 'manager'), brand.partyId);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint).toMatchObject({ partyId: brand.partyId, eventTypes: ['sale.*'], state: 'enabled' });
    const shown = await world.get(ListEndpoints).execute({ actor: await as(brand, 'viewer'), partyId: brand.partyId });
    expect(shown).toEqual([endpoint]);
    const kept = await world.rows('select to_jsonb(s)::text as row from webhooks.secrets s');
    expect(JSON.stringify(kept)).not.toContain(secret.slice(6));
    const seenByMember = await world.rows('select * from webhooks.secrets', [], await world.actorOf(brand));
    expect(seenByMember).toEqual([]);
  });

  it('is registered by an influencer for herself', async () => {
    const influencer = await world.signUpInfluencer();
    const { endpoint } = await world.register(influencer, ['payout.paid']);
    expect(await world.endpointsOf(influencer)).toEqual([endpoint]);
  });

  it.each([
    [{ eventTypes: ['sale.sold'] }, 'UNKNOWN_EVENT_TYPE'],
    [{ eventTypes: [] }, 'UNKNOWN_EVENT_TYPE'],
    [{ url: 'http://169.254.169.254/latest/meta-data/' }, 'ENDPOINT_URL_REFUSED'],
    [{ url: 'no URL' }, 'ENDPOINT_URL_REFUSED'],
  ])('is refused as %j', async (change, code) => {
    const brand = await world.signUpBrand();
    await expect(registering(await world.actorOf(brand), brand.partyId, change)).rejects.toMatchObject({ code });
    expect(await world.endpointsOf(brand)).toEqual([]);
  });

  it('is one of ten at most, also where many are registered at once', async () => {
    const brand = await world.signUpBrand();
    const actor = await world.actorOf(brand);
    const tried = await Promise.allSettled(Array.from({ length: 13 }, () => registering(actor, brand.partyId)));
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    const [one] = await world.endpointsOf(brand);
    await expect(registering(actor, brand.partyId)).rejects.toMatchObject({ code: 'TOO_MANY_ENDPOINTS' });
    await world.get(DeleteEndpoint).execute({ actor, endpointId: one?.endpointId ?? '' });
    await expect(registering(actor, brand.partyId)).resolves.toBeDefined();
  });

  it('changes what it wants and where it is, by the same rules', async () => {
    const brand = await world.signUpBrand();
    const actor = await world.actorOf(brand);
    const { endpoint } = await world.register(brand);
    const { endpointId } = endpoint;
    const nothing = { actor, endpointId, url: null, description: null, eventTypes: null };
    const changed = await world
      .get(UpdateEndpoint)
      .execute({ ...nothing, eventTypes: ['deal.*'], url: world.receiver.url('/new') });
    expect(await world.endpointsOf(brand)).toEqual([changed]);
    expect(changed).toEqual({ ...endpoint, eventTypes: ['deal.*'], url: world.receiver.url('/new') });
    const bad = world.get(UpdateEndpoint).execute({ ...nothing, url: 'http://10.0.0.1/' });
    await expect(bad).rejects.toMatchObject({ code: 'ENDPOINT_URL_REFUSED' });
  });

  it('is gone with its secrets and its log when it is deleted', async () => {
    const brand = await world.signUpBrand();
    const actor = await world.actorOf(brand);
    const { endpoint } = await world.register(brand);
    const { endpointId } = endpoint;
    await world.test(brand, endpoint);
    await world.get(DeleteEndpoint).execute({ actor, endpointId });
    expect(await world.endpointsOf(brand)).toEqual([]);
    await expect(world.log(brand, endpoint)).rejects.toMatchObject(NOT_FOUND);
    await expect(world.get(DeleteEndpoint).execute({ actor, endpointId })).rejects.toMatchObject(NOT_FOUND);
    expect(await world.rows('select * from webhooks.secrets where endpoint_id = $1', [endpointId])).toEqual([]);
    expect(await world.deliver(endpoint)).toEqual({ arrived: 0 });
    expect(world.receiver.received).toEqual([]);
  });
});

describe('somebody who may not', () => {
  const CHANGES = [
    DeleteEndpoint,
    DisableEndpoint,
    EnableEndpoint,
    RotateEndpointSecret,
    SendTestEvent,
    UpdateEndpoint,
  ] as const;

  it('finds no endpoint of another party', async () => {
    const [brand, rival] = [await world.signUpBrand(), await world.signUpBrand()];
    const { endpoint } = await world.register(brand);
    const actor = await world.actorOf(rival);
    await expect(registering(actor, brand.partyId)).rejects.toMatchObject(NOT_FOUND);
    await expect(world.get(ListEndpoints).execute({ actor, partyId: brand.partyId })).rejects.toMatchObject(NOT_FOUND);
    const asked = { actor, endpointId: endpoint.endpointId, state: null, page: PAGE };
    await expect(world.get(ListMessages).execute(asked)).rejects.toMatchObject(NOT_FOUND);
    for (const change of CHANGES) {
      const command = { ...asked, revokeOld: true, url: null, description: null, eventTypes: null };
      await expect(world.get<{ execute(it: object): Promise<unknown> }>(change).execute(command)).rejects.toMatchObject(
        NOT_FOUND,
      );
    }
    expect(await world.rows('select * from webhooks.endpoints', [], actor)).toEqual([]);
  });

  it('changes nothing as a viewer, with an API key, as an operator or as nobody', async () => {
    const brand = await world.signUpBrand();
    const { endpoint } = await world.register(brand);
    const owner = await world.actorOf(brand);
    const operator: Actor = { ...owner, memberships: [], staffRoles: ['operator'] };
    const cases: readonly (readonly [Actor, object])[] = [
      [await as(brand, 'viewer'), FORBIDDEN],
      [{ ...owner, scopes: ['deals:read'] }, FORBIDDEN],
      [operator, FORBIDDEN],
      [{ kind: 'anonymous' }, { code: 'UNAUTHENTICATED' }],
      [systemActor('test'), { code: 'UNAUTHENTICATED' }],
    ];
    for (const [actor, refused] of cases) {
      const { endpointId } = endpoint;
      await expect(registering(actor, brand.partyId)).rejects.toMatchObject(refused);
      await expect(world.get(DisableEndpoint).execute({ actor, endpointId })).rejects.toMatchObject(refused);
    }
    expect(await world.get(ListEndpoints).execute({ actor: operator, partyId: brand.partyId })).toEqual([endpoint]);
  });
});
