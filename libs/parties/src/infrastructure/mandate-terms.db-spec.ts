import { Forbidden, NotFound, type PersonActor } from '@evenhand/kernel';
import { mandateSteps, SOME_BRAND } from '../../../../test/support/mandate-steps';
import { type PartiesWorld, partiesWorld, sameCuts, type TestParty } from '../../../../test/support/parties-world';
import { GetChainPolicy, UpdateChainPolicy } from '../application/chain-policy';
import { GetMandate } from '../application/list-mandates';
import { MandateDirectory } from '../application/mandate-directory';
import {
  AgencyTwiceInChain,
  ChainPolicySuperseded,
  MandateCutsExceedWhole,
  MandateVersionSuperseded,
} from '../domain/errors';

let world: PartiesWorld;

beforeAll(async () => {
  world = await partiesWorld();
});

afterAll(() => world.close());

const { pair, ask, accept, end, inForce, chainOf } = mandateSteps(() => world);
const cut = (share: string) => ({ of: 'gross', share }) as const;
const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);
const inDays = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000);

describe('other cuts for a brand', () => {
  it('are consented to with the rest, and stand in the chain of that brand alone', async () => {
    const [agency, influencer] = await pair();
    const { partyId: brandId } = await world.signUpBrand();
    const brandOverrides = [{ brandId, cuts: { cash: cut('0.10'), livestream_commission: cut('0.05') } }];
    const request = await ask(agency, influencer, { brandOverrides });
    expect(request.brandOverrides).toEqual([
      { brandId, cuts: { cash: cut('1/10'), livestream_commission: cut('1/20') } },
    ]);
    await accept(influencer, request);
    const [general] = await chainOf(influencer);
    const [special] = await chainOf(influencer, { brandId });
    expect(general?.cuts).toEqual(sameCuts('1/5'));
    expect(special?.cuts).toEqual({ ...sameCuts('1/5'), cash: cut('1/10'), livestream_commission: cut('1/20') });
  });

  it('are for brands that are there', async () => {
    const [agency, influencer] = await pair();
    for (const brandId of [SOME_BRAND, agency.partyId, influencer.partyId]) {
      const brandOverrides = [{ brandId, cuts: { cash: cut('0.10') } }];
      await expect(ask(agency, influencer, { brandOverrides })).rejects.toThrow(NotFound);
    }
  });

  it('never take with other agencies more than the whole of what that brand pays', async () => {
    const [agency, influencer] = await pair();
    const [other, { partyId: brandId }] = [await world.signUpAgency('Other'), await world.signUpBrand()];
    await inForce(agency, influencer, { brandOverrides: [{ brandId, cuts: { cash: cut('0.9') } }] });
    const second = await ask(other, influencer, { position: 2 });
    await expect(accept(influencer, second)).rejects.toThrow(
      expect.objectContaining({
        code: new MandateCutsExceedWhole('cash', brandId).code,
        details: { kind: 'cash', brandId },
      }),
    );
    await expect(chainOf(influencer)).resolves.toHaveLength(1);
  });

  it('are in the history that both sides read, by the brand’s name, and nobody else', async () => {
    const [agency, influencer] = await pair();
    const { partyId: brandId } = await world.signUpBrand('Maison Verte');
    const { mandateId } = await inForce(agency, influencer, { noticeDays: 30 });
    world.clock.advance({ hours: 1 });
    await ask(agency, influencer, { brandOverrides: [{ brandId, cuts: { cash: cut('0') } }] });
    for (const reader of [agency, influencer]) {
      const { current, versions } = await history(reader, mandateId);
      expect(current).toMatchObject({ version: 1, state: 'accepted', noticeDays: 30, brands: [] });
      expect(versions.totalCount).toBe(2);
      expect(versions.rows.map(({ node }) => [node.version, node.state, node.brands.map(({ name }) => name)])).toEqual([
        [2, 'requested', ['Maison Verte']],
        [1, 'accepted', []],
      ]);
    }
    for (const stranger of [
      await world.signUpAgency('Rival'),
      await world.signUpInfluencer(),
      await world.signUpBrand(),
    ]) {
      await expect(history(stranger, mandateId)).rejects.toThrow(NotFound);
    }
  });

  async function history(reader: TestParty, mandateId: string) {
    const actor = await world.actorOf(reader);
    return world.get(GetMandate).execute({ actor, mandateId, page: { first: 10, after: null } });
  }
});

describe('versions', () => {
  it('follow one another at the instant at which the later begins, and not before', async () => {
    const [agency, influencer] = await pair();
    await inForce(agency, influencer);
    const change = await ask(agency, influencer, { cuts: sameCuts('0.3'), startsOn: dayOf(inDays(10)) });
    const { validFrom } = await accept(influencer, change);
    const at = validFrom ?? world.clock.now();
    const justBefore = new Date(at.getTime() - 1);
    expect(await chainOf(influencer)).toMatchObject([{ version: 1, cuts: sameCuts('1/5') }]);
    expect(await chainOf(influencer, { at: justBefore })).toMatchObject([{ version: 1 }]);
    expect(await chainOf(influencer, { at })).toMatchObject([{ version: 2, cuts: sameCuts('3/10') }]);
    world.clock.advance({ days: 10 });
    expect((await world.actorOf(agency)).representations).toHaveLength(1);
  });

  it('are answered one by one: an older one cannot be accepted any more', async () => {
    const [agency, influencer] = await pair();
    const first = await ask(agency, influencer);
    await accept(influencer, first);
    await expect(accept(influencer, first)).rejects.toThrow(MandateVersionSuperseded);
  });
});

describe('the same agency twice in a chain', () => {
  it('is refused by default: when it is asked for, and when it is consented to', async () => {
    const [agency, influencer] = await pair();
    await inForce(agency, influencer, { cuts: sameCuts('0.1') });
    await expect(ask(agency, influencer, { additional: true })).rejects.toThrow(AgencyTwiceInChain);
    await setPolicy(true);
    const second = await ask(agency, influencer, { additional: true, cuts: sameCuts('0.1') });
    expect(second).toMatchObject({ version: 1, position: 2 });
    await setPolicy(false);
    await expect(accept(influencer, second)).rejects.toThrow(AgencyTwiceInChain);
  });

  it('stands twice where the marketplace allows it, and represents her once', async () => {
    await setPolicy(true);
    const [agency, influencer] = await pair();
    const first = await inForce(agency, influencer, { cuts: sameCuts('0.1') });
    const second = await inForce(agency, influencer, { additional: true, cuts: sameCuts('0.2') });
    expect(second.mandateId).not.toBe(first.mandateId);
    expect((await chainOf(influencer)).map(({ cuts }) => cuts.cash.share)).toEqual(['1/10', '1/5']);
    expect((await world.actorOf(agency)).representations).toHaveLength(1);
    const agencies = await world.uow.read(await world.actorOf(agency), (tx) =>
      world.get(MandateDirectory).agenciesOf(tx, [influencer.partyId], world.clock.now()),
    );
    expect(agencies.get(influencer.partyId)).toEqual([agency.partyId]);
    // A change says of which of the two it is.
    const { mandateId } = first;
    world.clock.advance({ hours: 1 });
    await inForce(agency, influencer, { mandateId, cuts: sameCuts('0.3') });
    expect((await chainOf(influencer)).map(({ cuts }) => cuts.cash.share)).toEqual(['3/10', '1/5']);
    await expect(ask(agency, influencer, { mandateId: SOME_BRAND })).rejects.toThrow(NotFound);
    world.clock.advance({ hours: 1 });
    await end(agency, mandateId);
    expect((await chainOf(influencer)).map(({ cuts }) => cuts.cash.share)).toEqual(['1/5']);
    expect((await world.actorOf(agency)).representations).toHaveLength(1);
  });

  it('leads to no new deal once the marketplace forbids it, until one of the two has ended', async () => {
    await setPolicy(true);
    const [agency, influencer] = await pair();
    await inForce(agency, influencer, { cuts: sameCuts('0.1') });
    const { mandateId } = await inForce(agency, influencer, { additional: true, cuts: sameCuts('0.2') });
    await setPolicy(false);
    await expect(chainOf(influencer)).rejects.toThrow(AgencyTwiceInChain);
    world.clock.advance({ hours: 1 });
    await end(influencer, mandateId);
    expect(await chainOf(influencer)).toHaveLength(1);
  });

  it('is the operators’ to decide, version by version', async () => {
    const { version, sameAgencyTwice } = await policy();
    const decide = { expectedVersion: version, sameAgencyTwice };
    const agency = await world.actorOf(await world.signUpAgency());
    await expect(world.get(UpdateChainPolicy).execute({ actor: agency, ...decide })).rejects.toThrow(Forbidden);
    const actor = await operator();
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => world.get(UpdateChainPolicy).execute({ actor, ...decide })),
    );
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toEqual([expect.any(ChainPolicySuperseded), expect.any(ChainPolicySuperseded)]);
    const settings = { user_id: agency.userId };
    const forged = 'insert into parties.chain_policies values (99, true, now(), null)';
    await expect(world.asApplication(settings, forged)).rejects.toThrow(/row-level security/);
    const edited = 'update parties.chain_policies set same_agency_twice = true';
    await expect(world.asApplication({ system: 'on' }, edited)).rejects.toThrow(/permission denied/);
  });

  function policy() {
    return world.get(GetChainPolicy).execute({ actor: { kind: 'anonymous' } });
  }

  async function operator(): Promise<PersonActor> {
    return { ...(await world.actorOf(await world.signUpBrand())), memberships: [], staffRoles: ['operator'] };
  }

  async function setPolicy(sameAgencyTwice: boolean): Promise<void> {
    const { version } = await policy();
    await world.get(UpdateChainPolicy).execute({ actor: await operator(), sameAgencyTwice, expectedVersion: version });
  }
});

describe('an agency in a chain', () => {
  it('learns nothing of what others take, neither from rows nor from the answers to its requests', async () => {
    const [agency, influencer] = await pair();
    const rival = await world.signUpAgency('Rival');
    await inForce(agency, influencer, { cuts: sameCuts('0.9') });
    // More than the whole with what the other takes: asked for like anything else.
    const tooMuch = await ask(rival, influencer, { cuts: sameCuts('0.9') });
    expect(tooMuch).toMatchObject({ state: 'requested', cuts: sameCuts('9/10') });
    const settings = {
      user_id: rival.userId,
      party_ids: `{${rival.partyId}}`,
      represented_ids: `{${influencer.partyId}}`,
    };
    const rows = await world.asApplication<{ agency_id: string }>(settings, 'select agency_id from parties.mandates');
    expect(rows).toEqual([{ agency_id: rival.partyId }]);
  });
});
