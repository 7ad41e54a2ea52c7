import { GetMarketplacePolicy } from '@evenhand/deals';
import { Forbidden } from '@evenhand/kernel';
import { ApiInTest, type Login, PASSWORD } from '../../../../test/support/api/api-in-test';
import { toGlobalId } from '../graphql';

const ERROR_LEVEL = 50;
const IBAN = 'FR7630006000011234567890189';
const POLICY = '{ marketplacePolicy { version } }';
const SET_ACCOUNT = `mutation ($input: SetPayoutAccountInput!) {
  setPayoutAccount(input: $input) { __typename ... on PayoutAccount { hint } ... on BusinessError { code } } }`;
const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { ... on ApiKeyCreated { secret } ... on BusinessError { code } } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }`;
const ACCEPT = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename } }`;

interface Line {
  readonly level: number;
  readonly req?: { readonly id: string };
  readonly err?: { readonly message: string };
}

/** As a failed statement comes from the database: with the statement and its parameters. */
class FailedStatement extends Error {
  readonly code = '22003';
  readonly query = 'insert into parties.payout_accounts values ($1, $2)';
  readonly parameters = [IBAN, PASSWORD];
}

describe('what the API logs', () => {
  let lines: string[] = [];
  let failure: Error;
  let api: ApiInTest;
  let mei: Login;

  beforeAll(async () => {
    const execute = () => Promise.reject(failure);
    api = await ApiInTest.open({
      log: (line) => lines.push(line),
      change: (builder) => builder.overrideProvider(GetMarketplacePolicy).useValue({ execute }),
    });
    mei = await api.signUpInfluencer('mei');
  }, 60_000);
  afterAll(() => api?.close());
  beforeEach(() => {
    lines = [];
  });

  const logged = () => lines.map((line) => JSON.parse(line) as Line);
  const errors = () => logged().filter((line) => line.level >= ERROR_LEVEL);

  it('says nothing of a refusal beyond that there was a request', async () => {
    failure = new Forbidden('Not for you.');
    expect((await api.ask(mei, POLICY)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const bid = toGlobalId('bid', mei.partyId);
    expect((await api.ask(mei, `{ bid(id: "${bid}") { id } }`)).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect((await api.ask(mei, '{ nonsense }')).errors).toBeDefined();
    expect(errors()).toEqual([]);
    expect(logged().length).toBeGreaterThan(0);
  });

  it('names an unexpected error once, under its request, without what the statement held', async () => {
    failure = new FailedStatement('numeric field overflow');
    const answer = await api.post(POLICY, {}, { 'x-request-id': 'request-7' });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(JSON.stringify(answer)).not.toContain('overflow');
    expect(errors()).toMatchObject([
      { req: { id: 'request-7' }, err: { message: 'numeric field overflow', code: '22003', type: 'FailedStatement' } },
    ]);
    expect(lines.join('')).not.toContain(IBAN);
    expect(lines.join('')).not.toContain('payout_accounts');
  });

  it('never holds a password, a token, a key or bank details', async () => {
    const account = { partyId: toGlobalId('party', mei.partyId), currency: 'EUR', holder: 'Mei Tanaka', country: 'FR' };
    const email = 'mei@example.com';
    const key = { name: 'till', scopes: ['sales:read'], expiresAt: new Date(Date.now() + 86_400_000).toISOString() };
    await api.ask(mei, SIGN_IN, { input: { email, password: PASSWORD } });
    await api.ask(null, SIGN_IN, { input: { email, password: 'a wrong password' } });
    await api.ask(mei, SET_ACCOUNT, { input: { ...account, iban: IBAN, bic: 'AGRIFRPP' } });
    await api.ask(mei, SET_ACCOUNT, { input: { ...account, iban: 'FR7630006000011234567890188' } });
    await api.ask(mei, SET_ACCOUNT, { input: { ...account, iban: ['FR7630006000011234567890188'] } });
    await api.ask(null, ACCEPT, { input: { token: 'a-token-of-an-invitation' } });
    const created = await api.ask(mei, CREATE_KEY, { input: key });
    const secret = String(created.data?.['createApiKey'].secret);
    expect(secret.length).toBeGreaterThan(20);
    await api.post('{ me { email } }', {}, { authorization: `Bearer ${secret}` });
    const text = lines.join('\n');
    expect(text).toContain('/graphql');
    const secrets = [PASSWORD, 'a wrong password', '3000600001', 'AGRIFRPP', 'a-token-of-an', mei.token, secret];
    for (const one of secrets) expect(text).not.toContain(one);
  });
});
