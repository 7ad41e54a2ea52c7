import { Forbidden, NotFound, systemActor } from '@evenhand/kernel';
import { type PartiesWorld, partiesWorld, TEST_PASSWORD, type TestParty } from '../../../../test/support/parties-world';
import { LoadActor } from '@evenhand/parties';
import { Authenticate } from '../application/authenticate';
import { GrantStaffRole } from '../application/change-staff-roles';
import { CreateApiKey } from '../application/create-api-key';
import { DisableUser } from '../application/disable-user';
import { ForgetAttempts } from '../application/forget-attempts';
import { ListApiKeys } from '../application/list-api-keys';
import { RegisterUser } from '../application/register-user';
import { RevokeApiKey } from '../application/revoke-api-key';
import { SignIn } from '../application/sign-in';
import { SignOut } from '../application/sign-out';
import { EmailTaken, InvalidCredentials, OwnStaffRole, TooManyAttempts } from '../domain/errors';

let world: PartiesWorld;
let brand: TestParty;

beforeAll(async () => {
  world = await partiesWorld();
  brand = await world.signUpBrand();
});

afterAll(() => world.close());

describe('signing in', () => {
  const signIn = (email: string, password: string, address: string | null = null) =>
    world.get(SignIn).execute({ email, password, address });

  it('opens a session that authenticates, until it is signed out', async () => {
    const { token, userId } = await signIn(` ${brand.email.toUpperCase()} `, TEST_PASSWORD);
    expect(await world.get(LoadActor).bySession(token)).toMatchObject({ kind: 'person', userId, scopes: null });
    await world.get(SignOut).execute({ token, everywhere: false });
    expect(await world.get(LoadActor).bySession(token)).toBeNull();
  });

  it('is undone on all devices at once where asked', async () => {
    const [here, there] = [await signIn(brand.email, TEST_PASSWORD), await signIn(brand.email, TEST_PASSWORD)];
    await world.get(SignOut).execute({ token: here.token, everywhere: true });
    expect(await world.get(LoadActor).bySession(there.token)).toBeNull();
  });

  it('answers a wrong password, an unknown e-mail and no e-mail at all with the same error', async () => {
    const answers = await Promise.all(
      [brand.email, 'nobody@example.com', 'no e-mail', 'nul\0@example.com'].map((email) =>
        signIn(email, 'this is not the password').catch((error: unknown) => error),
      ),
    );
    for (const answer of answers) {
      expect(answer).toBeInstanceOf(InvalidCredentials);
      expect(JSON.stringify(answer)).toBe(JSON.stringify(answers[0]));
    }
  });

  it('takes as long for an unknown e-mail as for a wrong password', async () => {
    const known = await world.signUpBrand();
    const times: Record<'wrong' | 'unknown', number[]> = { wrong: [], unknown: [] };
    const emails = { wrong: known.email, unknown: 'never.seen@example.com' };
    // In turns, so that whatever else the machine does falls on both.
    for (let run = 0; run < 9; run += 1) {
      for (const kind of ['wrong', 'unknown'] as const) {
        const start = process.hrtime.bigint();
        await signIn(emails[kind], 'this is not the password').catch(() => undefined);
        times[kind].push(Number(process.hrtime.bigint() - start) / 1e6);
      }
    }
    const medianOf = (values: number[]) => values.toSorted((a, b) => a - b)[4] ?? 0;
    const wrong = medianOf(times.wrong);
    const unknown = medianOf(times.unknown);
    // Without the hash an unknown e-mail would take less than a quarter of the time.
    expect(unknown).toBeGreaterThan(wrong * 0.5);
    expect(unknown).toBeLessThan(wrong * 2);
  });

  it('stores argon2id with the agreed cost, and no password', async () => {
    const [row] = await world.asOwner<{ hash: string }>(
      'select password_hash as hash from identity.users where email = $1',
      [brand.email],
    );
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('counts each of many guesses at once and lets not one more than the limit through', async () => {
    const victim = await world.signUpBrand();
    const guesses = await Promise.all(
      Array.from({ length: 25 }, () =>
        signIn(victim.email, 'guess guess guess').catch((error: unknown) => (error as Error).name),
      ),
    );
    expect(guesses.filter((name) => name === 'InvalidCredentials')).toHaveLength(10);
    expect(guesses.filter((name) => name === 'TooManyAttempts')).toHaveLength(15);
    // Also the right password waits now, so that a guesser learns nothing.
    await expect(signIn(victim.email, TEST_PASSWORD)).rejects.toBeInstanceOf(TooManyAttempts);
    world.clock.advance({ seconds: 901 });
    await expect(signIn(victim.email, TEST_PASSWORD)).resolves.toMatchObject({ userId: victim.userId });
  });

  it('says how long to wait', async () => {
    const victim = await world.signUpBrand();
    for (let run = 0; run < 10; run += 1) await signIn(victim.email, 'guess').catch(() => undefined);
    world.clock.advance({ seconds: 100 });
    await expect(signIn(victim.email, 'guess')).rejects.toMatchObject({ retryAfterSeconds: 800 });
  });

  it('starts anew after a success', async () => {
    const forgetful = await world.signUpBrand();
    for (let round = 0; round < 3; round += 1) {
      for (let run = 0; run < 5; run += 1) await signIn(forgetful.email, 'guess').catch(() => undefined);
      await signIn(forgetful.email, TEST_PASSWORD);
    }
  });

  it('counts one client over many e-mails, by /64 for IPv6', async () => {
    await world.asOwner(
      `insert into identity.attempts values ('sign_in_address', sha256('2001:db8:7:7::/64'), 300, $1)`,
      [new Date(world.clock.now().getTime() + 60_000)],
    );
    const answer = signIn('fresh@example.com', 'guess', '2001:db8:7:7:dead:beef::1');
    await expect(answer).rejects.toBeInstanceOf(TooManyAttempts);
  });

  it('forgets counters whose window is over', async () => {
    await signIn('once@example.com', 'guess').catch(() => undefined);
    world.clock.advance({ days: 1 });
    expect(await world.get(ForgetAttempts).execute({ now: world.clock.now() })).toBeGreaterThan(0);
    expect(await world.asOwner('select 1 from identity.attempts')).toEqual([]);
  });
});

describe('sessions', () => {
  it('slide while they are used and end when they are not', async () => {
    const { token } = await world.get(SignIn).execute({ email: brand.email, password: TEST_PASSWORD, address: null });
    const loadActor = world.get(LoadActor);
    world.clock.advance({ days: 13 });
    expect(await loadActor.bySession(token)).not.toBeNull();
    world.clock.advance({ days: 13 });
    expect(await loadActor.bySession(token)).not.toBeNull();
    world.clock.advance({ days: 15 });
    expect(await loadActor.bySession(token)).toBeNull();
  });

  it('are stored as a digest that signs nobody in', async () => {
    const { token, userId } = await world
      .get(SignIn)
      .execute({ email: brand.email, password: TEST_PASSWORD, address: null });
    const rows = await world.asOwner<{ hash: string }>(
      `select encode(token_hash, 'escape') || encode(token_hash, 'base64') as hash from identity.sessions
       where user_id = $1`,
      [userId],
    );
    expect(rows.some((row) => row.hash.includes(token))).toBe(false);
  });

  it('end at once when the user is disabled, and the user cannot sign in', async () => {
    const other = await world.signUpBrand();
    await world.get(DisableUser).execute({ actor: systemActor('test'), userId: other.userId });
    expect(await world.get(LoadActor).bySession(other.token)).toBeNull();
    const again = world.get(SignIn).execute({ email: other.email, password: TEST_PASSWORD, address: null });
    await expect(again).rejects.toBeInstanceOf(InvalidCredentials);
  });
});

describe('registering', () => {
  it('lets one of two with the same e-mail win, and the other leaves nothing behind', async () => {
    const register = (email: string) =>
      world.uow.run(systemActor('test'), (tx) =>
        world.get(RegisterUser).execute(tx, { email, password: TEST_PASSWORD, displayName: 'Twin', locale: 'en' }),
      );
    const results = await Promise.allSettled([register('twin@example.com'), register('Twin@Example.com')]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: expect.any(EmailTaken) });
  });
});

describe('API keys', () => {
  const inDays = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000);

  it('authenticate with their scopes and party until revoked', async () => {
    const actor = await world.actorOf(brand);
    const { apiKey, secret } = await world.get(CreateApiKey).execute({
      actor,
      name: 'Shop',
      scopes: ['sales:write'],
      partyId: brand.partyId,
      expiresAt: inDays(30),
    });
    expect(secret.startsWith(apiKey.prefix)).toBe(true);
    expect(await world.get(Authenticate).byApiKey(secret)).toEqual({
      userId: brand.userId,
      scopes: ['sales:write'],
      partyId: brand.partyId,
      apiKeyId: apiKey.id,
    });
    await world.get(RevokeApiKey).execute({ actor, apiKeyId: apiKey.id });
    expect(await world.get(Authenticate).byApiKey(secret)).toBeNull();
  });

  it('expire', async () => {
    const { secret } = await world.get(CreateApiKey).execute({
      actor: await world.actorOf(brand),
      name: 'Short',
      scopes: [],
      partyId: null,
      expiresAt: inDays(1),
    });
    world.clock.advance({ days: 1 });
    expect(await world.get(Authenticate).byApiKey(secret)).toBeNull();
  });

  it('cannot be made by a key, for a stranger’s party, or seen and revoked by a stranger', async () => {
    const actor = await world.actorOf(brand);
    const stranger = await world.actorOf(await world.signUpBrand());
    const key = { name: 'K', scopes: ['sales:write'], partyId: brand.partyId, expiresAt: inDays(2) };
    const create = world.get(CreateApiKey);
    await expect(create.execute({ ...key, actor: { ...actor, scopes: ['sales:write'] } })).rejects.toThrow(Forbidden);
    await expect(create.execute({ ...key, actor: stranger })).rejects.toThrow(NotFound);
    const { apiKey } = await create.execute({ ...key, actor });
    await expect(world.get(RevokeApiKey).execute({ actor: stranger, apiKeyId: apiKey.id })).rejects.toThrow(NotFound);
    const listing = world.get(ListApiKeys).execute({ actor: stranger, partyId: brand.partyId });
    await expect(listing).rejects.toThrow(NotFound);
    expect(await world.get(ListApiKeys).execute({ actor: stranger, partyId: null })).toEqual([]);
  });
});

describe('staff roles', () => {
  it('come from an operator, and never from oneself', async () => {
    const boss = await world.signUpBrand();
    const grant = world.get(GrantStaffRole);
    const byBrand = grant.execute({ actor: await world.actorOf(brand), userId: boss.userId, role: 'operator' });
    await expect(byBrand).rejects.toThrow(NotFound);
    await grant.execute({ actor: systemActor('test'), userId: boss.userId, role: 'operator' });
    const operator = await world.actorOf(boss);
    expect(operator.staffRoles).toEqual(['operator']);
    const own = grant.execute({ actor: operator, userId: boss.userId, role: 'finance_approver' });
    await expect(own).rejects.toThrow(OwnStaffRole);
    expect(await grant.execute({ actor: operator, userId: brand.userId, role: 'finance_preparer' })).toEqual([
      'finance_preparer',
    ]);
  });
});

describe('row-level security', () => {
  it.each(['users', 'sessions', 'api_keys', 'attempts'])(
    'shows nobody’s rows of %s to an unset actor',
    async (table) => {
      expect(await world.asApplication({}, `select 1 from identity.${table}`)).toEqual([]);
    },
  );

  it('shows a user only that user, and no session or counter', async () => {
    const settings = { user_id: brand.userId, party_ids: `{${brand.partyId}}` };
    expect(await world.asApplication(settings, 'select id from identity.users')).toEqual([{ id: brand.userId }]);
    expect(await world.asApplication(settings, 'select 1 from identity.sessions')).toEqual([]);
    expect(await world.asApplication(settings, 'select 1 from identity.attempts')).toEqual([]);
  });

  it('does not let a user make itself staff', async () => {
    const settings = { user_id: brand.userId };
    const sql = "update identity.users set staff_roles = '{operator}' where id = $1 returning id";
    expect(await world.asApplication(settings, sql, [brand.userId])).toEqual([]);
  });

  it('does not let the application change an e-mail or a password hash', async () => {
    const sql = "update identity.users set password_hash = '$argon2id$x'";
    await expect(world.asApplication({ system: 'on' }, sql)).rejects.toThrow(/permission denied/);
  });

  it('refuses an operator with a finance role, whoever writes it', async () => {
    const sql = "update identity.users set staff_roles = '{operator,finance_approver}' where id = $1";
    await expect(world.asOwner(sql, [brand.userId])).rejects.toThrow(/check constraint/);
  });
});
