import { type TestDatabase, createTestDatabase } from '@evenhand/testing';
import type { GraphqlClient } from '../support/graphql-client';
import { type RunningProduct, startProduct } from '../support/running-product';

const PASSWORD = 'a long test password';
const VIEWER =
  'viewer { id email influencer { id name } memberships { role party { id name kind } } represented { id } }';
const cut = (share: string) => ({ of: 'GROSS', share });
const cuts = (share: string) => ({
  cash: cut(share),
  noteCommission: cut(share),
  livestreamCommission: cut(share),
});

describe('people and parties over GraphQL', () => {
  let database: TestDatabase;
  let product: RunningProduct;
  let people = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    product = await startProduct({ databaseUrl: database.url });
  }, 60_000);

  afterAll(async () => {
    await product?.stop();
    await database?.drop();
  });

  async function signedUp(mutation: 'signUpBrand' | 'signUpAgency' | 'signUpInfluencer', changes = {}) {
    people += 1;
    const email = `someone${people}@example.com`;
    const person = { email, password: PASSWORD, displayName: `Someone ${people}`, country: 'FR' };
    const organisation = mutation === 'signUpInfluencer' ? {} : { organisationName: `Organisation ${people}` };
    const client: GraphqlClient = product.client();
    const { viewer } = await client.succeed(mutation, 'SignedIn', { ...person, ...organisation, ...changes }, VIEWER);
    const partyId: string = viewer.influencer?.id ?? viewer.memberships[0].party.id;
    return { client, email, userId: viewer.id as string, partyId };
  }

  it('signs a brand up, keeps it signed in by a cookie scripts cannot read, and signs it out', async () => {
    const email = 'first@example.com';
    const input = {
      email: ' First@Example.com ',
      password: PASSWORD,
      displayName: 'F',
      organisationName: 'Maison',
      country: 'FR',
    };
    const response = await fetch(`${product.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `mutation ($input: SignUpBrandInput!) { signUpBrand(input: $input) { ... on SignedIn { ${VIEWER} } } }`,
        variables: { input },
      }),
    });
    const body = await response.text();
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(body).not.toContain(/=([^;]+)/.exec(cookie)?.[1] ?? 'no token');
    expect(JSON.parse(body).data.signUpBrand.viewer).toMatchObject({
      email,
      memberships: [{ role: 'OWNER', party: { name: 'Maison', kind: 'BRAND' } }],
    });
    const client = product.client();
    await client.succeed('signIn', 'SignedIn', { email, password: PASSWORD }, VIEWER);
    expect((await client.ask('{ me { email } }'))['me']).toEqual({ email });
    await client.ask('mutation { signOut(input: {}) { ... on SignedOut { everywhere } } }');
    expect((await client.ask('{ me { email } }'))['me']).toBeNull();
  });

  it('names what is wrong with a sign-up', async () => {
    const { email } = await signedUp('signUpBrand');
    const client = product.client();
    const good = {
      email: 'new@example.com',
      password: PASSWORD,
      displayName: 'N',
      organisationName: 'N',
      country: 'FR',
    };
    const codeOf = async (changes: Record<string, unknown>) =>
      (await client.mutate('signUpBrand', 'SignedIn', { ...good, ...changes }, 'expiresAt')).code;
    expect(await codeOf({ email })).toBe('EMAIL_TAKEN');
    expect(await codeOf({ password: 'too short' })).toBe('WEAK_PASSWORD');
    expect(await codeOf({ password: 'x'.repeat(129) })).toBe('WEAK_PASSWORD');
    const send = (changes: Record<string, unknown>) =>
      client.send('mutation ($input: SignUpBrandInput!) { signUpBrand(input: $input) { __typename } }', {
        input: { ...good, ...changes },
      });
    for (const changes of [
      { password: `${PASSWORD}\0` },
      { email: 'nobody' },
      { displayName: 'a\0b' },
      { email: 'a\0@b.cd' },
    ]) {
      const { data, errors } = await send(changes);
      expect(data).toBeNull();
      expect(['BAD_USER_INPUT', 'INVALID_INPUT']).toContain(errors[0]?.extensions.code);
    }
  });

  it('counts each alias of one request as an attempt', async () => {
    const { email } = await signedUp('signUpBrand');
    const guess = (index: number) =>
      `g${index}: signIn(input: { email: "${email}", password: "guess number ${index}" }) { ... on BusinessError { code } }`;
    const answers: string[] = [];
    for (const start of [0, 5, 10]) {
      const aliases = Array.from({ length: 5 }, (_, index) => guess(start + index)).join('\n');
      const data = await product.client().ask(`mutation { ${aliases} }`);
      answers.push(...Object.values(data).map((answer) => (answer as { code: string }).code));
    }
    expect(answers.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(10);
    expect(answers.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(5);
  });

  it('answers another’s party, and one that never was, in the same shape', async () => {
    const [mine, other] = [await signedUp('signUpBrand'), await signedUp('signUpBrand')];
    const ask = (partyId: string) =>
      mine.client.send('query ($id: ID!) { members(partyId: $id) { email } }', { id: partyId });
    const [foreign, nowhere, malformed] = [
      await ask(other.partyId),
      await ask('party_01kr000000e008000000001ayd'),
      await ask('deal_01kq0000000000000000000000'),
    ];
    expect(foreign.errors.map((error) => error.extensions.code)).toEqual(['NOT_FOUND']);
    expect(foreign).toEqual(nowhere);
    expect(malformed.errors.map((error) => error.extensions.code)).toEqual(['NOT_FOUND']);
  });

  it('invites a colleague who has no account yet', async () => {
    const owner = await signedUp('signUpAgency');
    const input = { partyId: owner.partyId, email: 'colleague@example.com', role: 'MANAGER' };
    const { token } = await owner.client.succeed('inviteMember', 'MemberInvited', input, 'token invitation { id }');
    const colleague = product.client();
    const newUser = { password: PASSWORD, displayName: 'Colleague' };
    await colleague.succeed('acceptInvitation', 'InvitationAccepted', { token, newUser }, 'role');
    const { members } = await colleague.ask(`{ members(partyId: "${owner.partyId}") { email role userId } }`);
    expect(members.map((member: { role: string }) => member.role)).toEqual(['OWNER', 'MANAGER']);
    const again = await colleague.mutate('acceptInvitation', 'InvitationAccepted', { token }, 'role');
    expect(again.code).toBe('INVITATION_NOT_VALID');
    const leaving = { partyId: owner.partyId, userId: owner.userId };
    expect((await owner.client.mutate('removeMember', 'MemberChange', leaving, 'role')).code).toBe('LAST_OWNER');
  });

  it('lets an agency represent an influencer by her consent, until one of them ends it', async () => {
    const [agency, influencer] = [await signedUp('signUpAgency'), await signedUp('signUpInfluencer')];
    const asked = { agencyId: agency.partyId, influencerId: influencer.partyId, cuts: cuts('0.20') };
    const terms = 'id version state cuts { cash { of share } }';
    const request = await agency.client.succeed('requestMandate', 'MandateTerms', asked, terms);
    expect(request).toMatchObject({ state: 'REQUESTED', cuts: { cash: { of: 'GROSS', share: '1/5' } } });
    const answer = { mandateId: request.id, version: request.version };
    const byAgency = await agency.client.send(
      'mutation ($input: AcceptMandateInput!) { acceptMandate(input: $input) { __typename } }',
      { input: answer },
    );
    expect(byAgency.errors[0]?.extensions.code).toBe('FORBIDDEN');
    await influencer.client.succeed('acceptMandate', 'MandateTerms', answer, terms);
    const represented = async () => (await agency.client.ask('{ me { represented { id } } }'))['me'].represented;
    expect(await represented()).toEqual([{ id: influencer.partyId }]);
    const account = { partyId: influencer.partyId, currency: 'EUR', holder: 'A', iban: 'FR7630006000011234567890189' };
    const byAgent = await agency.client.send(
      'mutation ($input: SetPayoutAccountInput!) { setPayoutAccount(input: $input) { __typename } }',
      { input: account },
    );
    expect(byAgent.errors[0]?.extensions.code).toBe('NOT_FOUND');
    await influencer.client.succeed('endMandate', 'MandateTerms', { mandateId: request.id }, 'state validUntil');
    expect(await represented()).toEqual([]);
    const { mandates } = await agency.client.ask('{ mandates { totalCount edges { node { state influencerName } } } }');
    expect(mandates).toMatchObject({ totalCount: 1, edges: [{ node: { state: 'ENDED' } }] });
  });

  it('ends a mandate with the notice its terms ask for, and shows its history to both', async () => {
    const [agency, influencer] = [await signedUp('signUpAgency'), await signedUp('signUpInfluencer')];
    const brand = await signedUp('signUpBrand');
    const asked = {
      agencyId: agency.partyId,
      influencerId: influencer.partyId,
      cuts: cuts('0.20'),
      brandOverrides: [{ brandId: brand.partyId, livestreamCommission: { share: '0.05' } }],
      noticeDays: 30,
    };
    const { id: mandateId } = await agency.client.succeed('requestMandate', 'MandateTerms', asked, 'id');
    await influencer.client.succeed('acceptMandate', 'MandateTerms', { mandateId, version: 1 }, 'state');
    const ending = { mandateId, reason: 'Moving on' };
    const notice = 'state notice { side reason atOnce }';
    expect(await agency.client.succeed('endMandate', 'MandateTerms', ending, notice)).toMatchObject({
      state: 'ACCEPTED',
      notice: { side: 'AGENCY', reason: 'Moving on', atOnce: false },
    });
    const again = await agency.client.mutate('requestMandate', 'MandateTerms', asked, 'id');
    expect(again.code).toBe('MANDATE_UNDER_NOTICE');
    const back = await influencer.client.mutate('takeBackMandateNotice', 'MandateTerms', { mandateId }, 'id');
    expect(back.code).toBe('MANDATE_NOTICE_OF_OTHER_SIDE');
    await agency.client.succeed('takeBackMandateNotice', 'MandateTerms', { mandateId }, 'state');
    await agency.client.succeed('requestMandate', 'MandateTerms', { ...asked, noticeDays: 0 }, 'id');
    const withdrawn = { mandateId, version: 2 };
    await agency.client.succeed('withdrawMandateRequest', 'MandateTerms', withdrawn, 'state');
    const history = `query ($id: ID!) { mandate(id: $id) {
      current { version state lapsesAt noticeDays brands { id } brandOverrides { brandId cash { share } livestreamCommission { share } } }
      versions { totalCount edges { node { version state } } } } }`;
    for (const { client } of [agency, influencer]) {
      const { mandate } = await client.ask(history, { id: mandateId });
      expect(mandate).toMatchObject({
        current: {
          version: 1,
          noticeDays: 30,
          brands: [{ id: brand.partyId }],
          brandOverrides: [{ brandId: brand.partyId, cash: null, livestreamCommission: { share: '1/20' } }],
        },
        versions: { totalCount: 2, edges: [{ node: { version: 2, state: 'ENDED' } }, { node: { state: 'ACCEPTED' } }] },
      });
    }
    expect((await brand.client.send(history, { id: mandateId })).errors[0]?.extensions.code).toBe('FORBIDDEN');
    const { chainPolicy } = await brand.client.ask('{ chainPolicy { version sameAgencyTwice } }');
    expect(chainPolicy).toEqual({ version: 1, sameAgencyTwice: false });
  });

  it('shows a payout account masked, and never in clear', async () => {
    const { client, partyId } = await signedUp('signUpInfluencer');
    const input = {
      partyId,
      currency: 'JPY',
      holder: '田中葵',
      accountNumber: '123-4567',
      bankCode: '0005-123',
      country: 'JP',
    };
    const set = await client.succeed('setPayoutAccount', 'PayoutAccount', input, 'hint country currency verifiedAt');
    expect(set).toMatchObject({ hint: 'JP ···· 67', country: 'JP', currency: 'JPY', verifiedAt: null });
    const wrong = { partyId, currency: 'EUR', holder: 'A', iban: 'FR7630006000011234567890188' };
    expect(await client.mutate('setPayoutAccount', 'PayoutAccount', wrong, 'hint')).toMatchObject({
      code: 'INVALID_BANK_DETAILS',
    });
  });

  it('lets an API key do what its scopes say and nothing that hands out access', async () => {
    const { client, partyId } = await signedUp('signUpBrand');
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const key = { name: 'Reader', scopes: ['parties:read'], partyId, expiresAt };
    const { secret } = await client.succeed('createApiKey', 'ApiKeyCreated', key, 'secret apiKey { id }');
    const machine = product.withKey(secret);
    expect((await machine.ask('{ influencers { totalCount } }'))['influencers'].totalCount).toBeGreaterThan(0);
    const refused = await machine.send(`{ members(partyId: "${partyId}") { email } }`);
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const more = await machine.send(
      'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename } }',
      {
        input: key,
      },
    );
    expect(more.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const forged = product.withKey(`${secret}x`);
    expect((await forged.ask('{ me { id } }'))['me']).toBeNull();
  });

  it('finds influencers by Japanese text, follower counts and platform', async () => {
    const { client } = await signedUp('signUpInfluencer', {
      displayName: '田中 葵',
      bio: '東京のバッグ',
      categories: ['バッグ'],
    });
    const channel = {
      platform: 'XIAOHONGSHU',
      handle: 'aoi',
      url: 'https://www.xiaohongshu.com/user/aoi',
      followers: 500_000,
      audience: { countries: [{ segment: 'CN', percent: 80 }] },
    };
    await client.succeed('addChannel', 'Channel', channel, 'id followers');
    expect((await client.mutate('addChannel', 'Channel', channel, 'id')).code).toBe('CHANNEL_TAKEN');
    const filter = {
      text: 'バッグ',
      platforms: ['XIAOHONGSHU'],
      minFollowers: 400_000,
      audience: [{ segment: 'CN', minPercent: 50 }],
    };
    const { influencers } = await client.ask(
      `query ($filter: InfluencerFilterInput) { influencers(filter: $filter) { totalCount edges { node {
         displayName followersTotal channels { handle audience { countries { segment percent } } } } } } }`,
      { filter },
    );
    expect(influencers).toMatchObject({
      totalCount: 1,
      edges: [{ node: { displayName: '田中 葵', followersTotal: 500_000 } }],
    });
    expect((await product.client().send('{ influencers { totalCount } }')).errors[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
  });
});
