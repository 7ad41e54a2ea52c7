import { Forbidden, NotFound, represents, type Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { type PartiesWorld, partiesWorld, sameCuts, type TestParty } from '../../../../test/support/parties-world';
import { AcceptMandate } from '../application/answer-mandate';
import { ExpireMandateRequests } from '../application/expire-mandate-requests';
import { ListMandates } from '../application/list-mandates';
import { MandateDirectory } from '../application/mandate-directory';
import {
  MandateChangeAlreadyOpen,
  MandateCutsExceedWhole,
  MandateNotInForce,
  MandatePositionTaken,
  MandateRequestExpired,
  MandateRequestNotOpen,
  MandateVersionSuperseded,
} from '../domain/errors';
import { mandateSteps, SOME_BRAND } from '../../../../test/support/mandate-steps';

let world: PartiesWorld;

beforeAll(async () => {
  world = await partiesWorld();
});

afterAll(() => world.close());

const { pair, ask, accept, decline, end, withdraw, chainOf } = mandateSteps(() => world);

describe('a mandate', () => {
  it('gives the agency rights by the influencer’s consent and not before', async () => {
    const [agency, influencer] = await pair();
    const request = await ask(agency, influencer);
    expect(represents(await world.actorOf(agency), influencer.partyId, 'viewer')).toBe(false);
    expect(await chainOf(influencer)).toEqual([]);
    await accept(influencer, request);
    expect((await world.actorOf(agency)).representations).toEqual([
      { agencyId: agency.partyId, influencerId: influencer.partyId, role: 'owner' },
    ]);
    expect(await chainOf(influencer)).toEqual([
      { mandateId: request.mandateId, version: 1, agencyId: agency.partyId, cuts: sameCuts('1/5') },
    ]);
  });

  it('ended by the influencer takes the agency’s rights with its next request', async () => {
    const [agency, influencer] = await pair();
    const { mandateId } = await world.mandate(agency, influencer);
    const before = world.clock.now();
    world.clock.advance({ hours: 1 });
    await end(influencer, mandateId);
    expect((await world.actorOf(agency)).representations).toEqual([]);
    expect(await chainOf(influencer)).toEqual([]);
    // What was agreed before is still known.
    expect(await chainOf(influencer, { at: before })).toHaveLength(1);
    await expect(end(influencer, mandateId)).rejects.toThrow(MandateNotInForce);
  });

  it('runs out at its planned end without any job', async () => {
    const [agency, influencer] = await pair();
    const endsAt = new Date(world.clock.now().getTime() + 86_400_000);
    await accept(influencer, await ask(agency, influencer, { endsAt }));
    expect((await world.actorOf(agency)).representations).toHaveLength(1);
    world.clock.advance({ days: 1 });
    expect((await world.actorOf(agency)).representations).toEqual([]);
  });

  it('that begins later gives no right before', async () => {
    const [agency, influencer] = await pair();
    const startsOn = new Date(world.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    await accept(influencer, await ask(agency, influencer, { startsOn }));
    expect((await world.actorOf(agency)).representations).toEqual([]);
    world.clock.advance({ days: 3 });
    expect((await world.actorOf(agency)).representations).toHaveLength(1);
  });

  it('ended by the agency, after which it may ask again', async () => {
    const [agency, influencer] = await pair();
    const { mandateId } = await world.mandate(agency, influencer);
    world.clock.advance({ hours: 1 });
    await end(agency, mandateId);
    expect(await ask(agency, influencer)).toMatchObject({ mandateId, version: 2 });
  });
});

describe('an agency', () => {
  it('cannot change its own cut: the old terms hold until the influencer accepts the new ones', async () => {
    const [agency, influencer] = await pair();
    const { mandateId } = await world.mandate(agency, influencer, sameCuts('1/5'));
    const change = await ask(agency, influencer, { cuts: sameCuts('0.5') });
    expect(change).toMatchObject({ mandateId, version: 2, state: 'requested' });
    expect(await chainOf(influencer)).toMatchObject([{ version: 1, cuts: sameCuts('1/5') }]);
    await expect(accept(agency, change)).rejects.toThrow(Forbidden);
    await expect(decline(agency, change)).rejects.toThrow(Forbidden);
    world.clock.advance({ hours: 1 });
    await accept(influencer, change);
    expect(await chainOf(influencer)).toMatchObject([{ version: 2, cuts: sameCuts('1/2') }]);
    expect((await world.actorOf(agency)).representations).toHaveLength(1);
  });

  it('cannot change its own cut in the database either', async () => {
    const [agency, influencer] = await pair();
    const { mandateId } = await world.mandate(agency, influencer);
    const change = await ask(agency, influencer, { cuts: sameCuts('1') });
    const settings = { user_id: agency.userId, party_ids: `{${agency.partyId}}` };
    const terms = `update parties.mandates set cuts = '{}' where mandate_id = $1`;
    await expect(world.asApplication(settings, terms, [mandateId])).rejects.toThrow(/permission denied/);
    const consent = `update parties.mandates
      set state = 'accepted', valid_from = now(), decided_by = $2, decided_at = now()
      where mandate_id = $1 and version = 2`;
    await expect(world.asApplication(settings, consent, [change.mandateId, agency.userId])).rejects.toThrow(
      /changes nothing of a mandate but its end/,
    );
    const forged = `insert into parties.mandates (mandate_id, version, influencer_id, agency_id, position, cuts, state,
        requested_by, requested_at, lapses_at, decided_by, decided_at, valid_from)
      values ($1, 3, $2, $3, 1, '{}', 'accepted', $4, now(), now() + interval '7 days', $4, now(), now())`;
    const values = [mandateId, influencer.partyId, agency.partyId, agency.userId];
    await expect(world.asApplication(settings, forged, values)).rejects.toThrow(/row-level security/);
  });

  it('has one change open at a time', async () => {
    const [agency, influencer] = await pair();
    const results = await Promise.allSettled([ask(agency, influencer), ask(agency, influencer)]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(ask(agency, influencer)).rejects.toThrow(MandateChangeAlreadyOpen);
  });

  it('may withdraw its request, and ask again', async () => {
    const [agency, influencer] = await pair();
    const request = await ask(agency, influencer);
    await expect(withdraw(influencer, request)).rejects.toThrow(Forbidden);
    await expect(withdraw(agency, request)).resolves.toMatchObject({ state: 'ended', validFrom: null });
    await expect(withdraw(agency, request)).rejects.toThrow(MandateRequestNotOpen);
    await expect(accept(influencer, request)).rejects.toThrow(MandateVersionSuperseded);
    await ask(agency, influencer);
  });

  it('asks by a manager or owner of an agency', async () => {
    const [agency, influencer] = await pair();
    const brand = await world.signUpBrand();
    await expect(ask(brand, influencer)).rejects.toThrow(NotFound);
    await expect(ask(brand, influencer, { agencyId: agency.partyId })).rejects.toThrow(NotFound);
    await expect(ask(agency, { ...influencer, partyId: brand.partyId })).rejects.toThrow(NotFound);
  });

  it('sees its own mandates and no other agency’s', async () => {
    const [agency, influencer] = await pair();
    const rival = await world.signUpAgency('Rival');
    await world.mandate(agency, influencer);
    await world.mandate(rival, influencer);
    const list = async (person: TestParty) =>
      world.get(ListMandates).execute({
        actor: await world.actorOf(person),
        influencerId: influencer.partyId,
        agencyId: null,
        states: ['accepted'],
        page: { first: 10, after: null },
      });
    expect((await list(agency)).rows.map((row) => row.node.agencyName)).toEqual(['Kumo Talent']);
    expect((await list(influencer)).totalCount).toBe(2);
    expect((await list(await world.signUpBrand())).totalCount).toBe(0);
  });
});

describe('the influencer', () => {
  it('answers the version she has seen, by herself, in a session', async () => {
    const [agency, influencer] = await pair();
    const request = await ask(agency, influencer);
    const other = await world.signUpInfluencer();
    await expect(accept(other, request)).rejects.toThrow(NotFound);
    await expect(accept(influencer, { ...request, version: 2 })).rejects.toThrow(NotFound);
    const byKey = { ...(await world.actorOf(influencer)), scopes: ['deals:write'] };
    const { mandateId, version } = request;
    await expect(world.get(AcceptMandate).execute({ actor: byKey, mandateId, version })).rejects.toThrow(Forbidden);
    await decline(influencer, request);
    await expect(accept(influencer, request)).rejects.toThrow(MandateVersionSuperseded);
  });

  it('cannot answer after seven days, whether or not the job has run', async () => {
    const [agency, influencer] = await pair();
    const request = await ask(agency, influencer);
    world.clock.advance({ days: 7 });
    await expect(accept(influencer, request)).rejects.toThrow(MandateRequestExpired);
    await world.get(ExpireMandateRequests).execute({ now: world.clock.now() });
    await expect(accept(influencer, request)).rejects.toThrow(MandateRequestExpired);
    const [row] = await world.asOwner<{ state: string }>('select state from parties.mandates where mandate_id = $1', [
      request.mandateId,
    ]);
    expect(row).toEqual({ state: 'expired' });
    expect(await ask(agency, influencer)).toMatchObject({ version: 2 });
  });

  it('may have agencies one within the other, the outermost first', async () => {
    const influencer = await world.signUpInfluencer();
    const [inner, outer] = [await world.signUpAgency('Inner'), await world.signUpAgency('Outer')];
    await accept(influencer, await ask(inner, influencer, { position: 2 }));
    await accept(influencer, await ask(outer, influencer, { position: 1 }));
    const chain = await chainOf(influencer);
    expect(chain.map((terms) => terms.agencyId)).toEqual([outer.partyId, inner.partyId]);
  });

  it('cannot give away more than the whole, nor one position twice', async () => {
    const influencer = await world.signUpInfluencer();
    const [first, second] = [await world.signUpAgency(), await world.signUpAgency()];
    await world.mandate(first, influencer, sameCuts('0.7'));
    const greedy = await ask(second, influencer, { cuts: sameCuts('0.31') });
    await expect(accept(influencer, greedy)).rejects.toThrow(MandateCutsExceedWhole);
    await decline(influencer, greedy);
    const pushing = await ask(second, influencer, { position: 1, cuts: sameCuts('0.1') });
    await expect(accept(influencer, pushing)).rejects.toThrow(MandatePositionTaken);
    await decline(influencer, pushing);
    await accept(influencer, await ask(second, influencer, { position: 2, cuts: sameCuts('0.3') }));
    expect(await chainOf(influencer)).toHaveLength(2);
  });

  it('may let one agency take everything', async () => {
    const [agency, influencer] = await pair();
    await world.mandate(agency, influencer, sameCuts('1'));
    expect(await chainOf(influencer)).toMatchObject([{ cuts: sameCuts('1') }]);
  });

  it('who accepts two requests at once never has two agencies at one position', async () => {
    const influencer = await world.signUpInfluencer();
    const agencies = [await world.signUpAgency(), await world.signUpAgency()];
    const requests = await Promise.all(agencies.map((agency) => ask(agency, influencer, { position: 1 })));
    const results = await Promise.allSettled(requests.map((request) => accept(influencer, request)));
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the chain', () => {
  it('is answered inside a brand’s transaction, which itself sees no mandate', async () => {
    const [agency, influencer] = await pair();
    await world.mandate(agency, influencer);
    const brand = await world.actorOf(await world.signUpBrand());
    const seen = async (tx: Transaction) => ({
      chain: await world.get(MandateDirectory).chainOf(tx, {
        influencerId: influencer.partyId,
        brandId: SOME_BRAND,
        at: world.clock.now(),
      }),
      rows: await managerOf(tx).query<unknown[]>('select 1 from parties.mandates'),
    });
    const { chain, rows } = await world.uow.read(brand, seen);
    expect(chain).toHaveLength(1);
    expect(rows).toEqual([]);
  });

  it('cannot hold two versions of a mandate in force at once, whoever writes it', async () => {
    const [agency, influencer] = await pair();
    await world.mandate(agency, influencer);
    const copy = `insert into parties.mandates (mandate_id, version, influencer_id, agency_id, position, cuts, state,
        requested_by, requested_at, lapses_at, decided_by, decided_at, valid_from)
      select mandate_id, 2, influencer_id, agency_id, 2, cuts, state,
        requested_by, requested_at, lapses_at, decided_by, decided_at, valid_from
      from parties.mandates where influencer_id = $1`;
    await expect(world.asOwner(copy, [influencer.partyId])).rejects.toThrow(/mandates_one_version_in_force/);
  });
});
