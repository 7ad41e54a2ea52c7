import { CreateCampaign, PublishCampaign, UpdateBrief } from '@evenhand/campaigns';
import { SetLinkDestination } from '@evenhand/deals';
import { CreateApiKey } from '@evenhand/identity';
import { AddChannel, EMPTY_AUDIENCE, LoadActor, SetPayoutAccount } from '@evenhand/parties';
import { Client } from 'pg';
import { type ApiAnswer, ApiInTest } from '../../../../test/support/api/api-in-test';
import { briefIn, everyKind, limitsIn, mixIn } from '../../../../test/support/deal-samples';
import { DealWorld, type SignedUpSomeone, StandingClock } from '../../../../test/support/deal-world';
import { toGlobalId } from '../graphql';

const ENTRY = `id objectId record action hash actor { kind name apiKeyId party { name } }
  changes { field old new oldDigest newDigest isSecret }`;
const LOG = `query ($id: ID!, $first: Int! = 100, $after: String) { auditLog(objectId: $id, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { node { ${ENTRY} } } } }`;
const LIST = `{ deals { edges { node { id auditLog(first: 2) { totalCount edges { node { ${ENTRY} } } } } } } }`;
const MANDATES = '{ mandates { edges { node { id auditLog { edges { node { action record } } } } } } }';

interface Node {
  readonly id: string;
  readonly record: string;
  readonly action: string;
  readonly actor: { readonly name: string | null; readonly apiKeyId: string | null };
  readonly changes: readonly { readonly field: string }[];
}

describe('the audit log over GraphQL', () => {
  let world: DealWorld;
  let api: ApiInTest;
  let owner: Client;
  let brand: SignedUpSomeone;
  let influencer: SignedUpSomeone;
  let agency: SignedUpSomeone;
  let mandateId: string;
  let dealId: string;

  beforeAll(async () => {
    world = await DealWorld.open(new StandingClock(new Date()));
    api = await ApiInTest.open({ databaseUrl: world.databaseUrl });
    owner = new Client({ connectionString: world.databaseUrl });
    await owner.connect();
    brand = await world.signUpBrand();
    influencer = await world.signUpInfluencer();
    agency = await world.signUpAgency();
    ({ mandateId } = await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.2' })));
    dealId = await newDeal();
  }, 60_000);

  afterAll(async () => {
    await owner.end();
    await api.close();
    await world.close();
  });

  function brief() {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    const dueOn = inDays(60).toISOString().slice(0, 10);
    const deliverables = briefIn('EUR').deliverables.map((one) => ({ ...one, dueOn }));
    return briefIn('EUR', { bidDeadline: inDays(20), deliverables });
  }

  async function newDeal(): Promise<string> {
    const campaignId = await world.publishCampaign(brand, brief(), limitsIn('EUR'));
    return world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR')));
  }

  async function staff(role: string): Promise<SignedUpSomeone> {
    const somebody = await world.signUpInfluencer('Staff');
    await owner.query('update identity.users set staff_roles = array[$2] where id = $1', [somebody.userId, role]);
    return somebody;
  }

  const ask = (who: SignedUpSomeone, id: string, page: object = {}) => api.ask(who, LOG, { id, ...page });
  const nodesIn = ({ data, errors }: ApiAnswer): readonly Node[] => {
    expect(errors).toBeUndefined();
    return data?.['auditLog'].edges.map(({ node }: { node: unknown }) => node);
  };
  const codeOf = ({ errors }: ApiAnswer) => errors?.[0]?.extensions['code'];
  const deal = () => toGlobalId('deal', dealId);

  it('shows both sides of a deal what was done to it and to what is within it', async () => {
    const ofBrand = nodesIn(await ask(brand, deal()));
    const accepted = ofBrand.find(({ record }) => record === 'deals');
    expect(accepted).toMatchObject({
      objectId: deal(),
      action: 'created',
      actor: { kind: 'PERSON', apiKeyId: null, party: { name: 'Maison Aurore' } },
    });
    expect(accepted?.changes).toContainEqual(
      expect.objectContaining({ field: 'state', old: null, new: 'awaiting_funding' }),
    );
    expect(new Set(ofBrand.map(({ record }) => record))).toContain('deliverables');
    const ofInfluencer = nodesIn(await ask(influencer, deal()));
    expect(ofInfluencer.map(({ id }) => id)).toEqual(ofBrand.map(({ id }) => id));
  });

  it('names the people of one’s own party, and the party of the others', async () => {
    const nameOf = async (who: SignedUpSomeone) => nodesIn(await ask(who, deal()))[0]?.actor;
    expect(await nameOf(brand)).toMatchObject({
      name: expect.stringMatching(/^Person/),
      party: { name: 'Maison Aurore' },
    });
    expect(await nameOf(influencer)).toMatchObject({ name: null, party: { name: 'Maison Aurore' } });
    expect(await nameOf(await staff('operator'))).toMatchObject({ name: expect.stringMatching(/^Person/) });
  });

  it('goes page by page, each entry once, and refuses a cursor that is none', async () => {
    const all = nodesIn(await ask(brand, deal()));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: ApiAnswer = await ask(brand, deal(), { first: 3, after });
      expect(data?.['auditLog'].totalCount).toBe(all.length);
      seen.push(...data?.['auditLog'].edges.map(({ node }: { node: { id: string } }) => node.id));
      after = data?.['auditLog'].pageInfo.hasNextPage ? data?.['auditLog'].pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all.map(({ id }) => id));
    for (const page of [{ first: 0 }, { first: 101 }, { after: 'x' }]) {
      expect(['BAD_USER_INPUT', 'INVALID_INPUT']).toContain(codeOf(await ask(brand, deal(), page)));
    }
  });

  it('is nobody else’s, and an id that never was answers the same', async () => {
    const never = await ask(brand, toGlobalId('deal', brand.userId));
    for (const rival of [await world.signUpBrand('Rival'), await world.signUpInfluencer('Rival')]) {
      expect(await ask(rival, deal())).toEqual(never);
    }
    expect(codeOf(never)).toBe('NOT_FOUND');
    // The same UUID as another kind of object, and what is no id.
    for (const id of [toGlobalId('bid', dealId), 'deal_x', 'x', '']) {
      expect(codeOf(await ask(brand, id))).toBe('NOT_FOUND');
    }
    expect(nodesIn(await ask(await staff('finance_preparer'), deal())).length).toBeGreaterThan(3);
  });

  it('is an agency’s while it holds the mandate, and no longer', async () => {
    const [other, represented] = [await world.signUpAgency('Passing'), await world.signUpInfluencer('Passing')];
    const held = await world.mandate(other, represented, everyKind({ of: 'gross', share: '0.2' }));
    const campaignId = await world.publishCampaign(brand, brief(), limitsIn('EUR'));
    const bid = toGlobalId('bid', await world.bid(campaignId, represented, mixIn('EUR')));
    expect(nodesIn(await ask(other, bid)).map(({ record }) => record)).toEqual(['offers', 'bids']);
    await world.endMandate(other, held.mandateId);
    expect(codeOf(await ask(other, bid))).toBe('NOT_FOUND');
    expect(nodesIn(await ask(other, toGlobalId('mandate', held.mandateId)))[0]).toMatchObject({ action: 'ended' });
  });

  it('shows bidders a campaign from its publication on, and never what its brand would commit', async () => {
    const actor = await world.actor(brand);
    const { campaign } = await world.get(CreateCampaign).execute({
      actor,
      brandId: brand.partyId,
      brief: { ...brief(), title: 'Secret draft' },
      limits: limitsIn('EUR'),
    });
    await world.get(UpdateBrief).execute({
      actor,
      campaignId: campaign.id,
      brief: { ...brief(), title: 'Open' },
      limits: limitsIn('EUR', { dealCap: 7 }),
    });
    const id = toGlobalId('campaign', campaign.id);
    expect(codeOf(await ask(influencer, id))).toBe('NOT_FOUND');
    await world.get(PublishCampaign).execute({ actor, campaignId: campaign.id });
    const open = nodesIn(await ask(influencer, id));
    expect(open).toMatchObject([{ record: 'campaigns', action: 'published' }]);
    expect(JSON.stringify(open)).not.toMatch(/Secret draft|deal_cap|budget/);
    expect(new Set(nodesIn(await ask(brand, id)).map(({ record }) => record))).toEqual(
      new Set(['campaigns', 'campaign_limits', 'campaign_budgets']),
    );
    expect(codeOf(await ask(await world.signUpBrand('Rival'), id))).toBe('NOT_FOUND');
  });

  it('keeps an influencer’s own changes from brands and agencies, and bank details from everybody', async () => {
    const actor = await world.actor(influencer);
    const channel = await world.get(AddChannel).execute({
      actor,
      platform: 'xiaohongshu',
      handle: 'private_handle',
      url: 'https://www.xiaohongshu.com/user/profile/private_handle',
      followers: 500_000n,
      audience: EMPTY_AUDIENCE,
    });
    const details = { holder: 'Kept Holder', iban: 'FR7630006000011234567890189', bic: null };
    const account = await world.get(SetPayoutAccount).execute({
      actor,
      partyId: influencer.partyId,
      currency: 'EUR',
      ...details,
      accountNumber: null,
      bankCode: null,
      country: null,
    });
    const ids = [
      toGlobalId('chan', channel.id),
      toGlobalId('payoutaccount', account.id),
      toGlobalId('party', influencer.partyId),
    ];
    for (const id of ids) {
      for (const who of [brand, agency]) expect(codeOf(await ask(who, id))).toBe('NOT_FOUND');
      const own = JSON.stringify(nodesIn(await ask(influencer, id)));
      expect(own).not.toMatch(/private_handle|3000600001|Kept Holder/);
      expect(nodesIn(await ask(await staff('operator'), id)).length).toBeGreaterThan(0);
    }
    const [set] = nodesIn(await ask(await staff('finance_approver'), ids[1] ?? ''));
    expect(set?.changes).toContainEqual(expect.objectContaining({ field: 'hint', new: 'FR ···· 0189' }));
    expect(set?.changes).toContainEqual(
      expect.objectContaining({ field: 'details_sealed', isSecret: true, new: null, newDigest: null }),
    );
  });

  it('says by which API key something was done, to those whose key it is', async () => {
    const actor = await world.actor(brand);
    const expiresAt = new Date(Date.now() + 86_400_000);
    const made = await world
      .get(CreateApiKey)
      .execute({ actor, name: 'Private name', scopes: ['deals:write'], partyId: brand.partyId, expiresAt });
    const machine = await world.get(LoadActor).forUser(brand.userId, ['deals:write'], brand.partyId, made.apiKey.id);
    await world.get(SetLinkDestination).execute({ actor: machine, dealId, destination: 'https://shop.example/' });
    const key = toGlobalId('apikey', made.apiKey.id);
    expect(nodesIn(await ask(brand, deal()))[0]?.actor).toMatchObject({ kind: 'PERSON', apiKeyId: key });
    expect(nodesIn(await ask(influencer, deal()))[0]?.actor).toMatchObject({ apiKeyId: null });
    const [created] = nodesIn(await ask(brand, key));
    expect(created).toMatchObject({ record: 'api_keys', action: 'created' });
    expect(JSON.stringify(created)).not.toContain('Private name');
    expect(codeOf(await ask(influencer, key))).toBe('NOT_FOUND');
  });

  it('of a list of deals takes as many statements as that of one', async () => {
    const statements = async () => {
      const query = jest.spyOn(Client.prototype, 'query');
      const { data, errors } = await api.ask(brand, LIST);
      const { length } = query.mock.calls;
      query.mockRestore();
      expect(errors).toBeUndefined();
      return { length, edges: data?.['deals'].edges };
    };
    await statements();
    const one = await statements();
    for (let place = 0; place < 3; place += 1) await newDeal();
    const four = await statements();
    expect(four.edges).toHaveLength(one.edges.length + 3);
    expect(four.edges[0].node.auditLog.edges).toHaveLength(2);
    expect(four.length).toBe(one.length);
  });

  it('stands beside mandates as well', async () => {
    const { data, errors } = await api.ask(agency, MANDATES);
    expect(errors).toBeUndefined();
    const found = data?.['mandates'].edges.find(
      ({ node }: { node: { id: string } }) => node.id === toGlobalId('mandate', mandateId),
    );
    expect(found.node.auditLog.edges.map(({ node }: { node: { action: string } }) => node.action)).toEqual([
      'accepted',
      'created',
    ]);
  });
});
