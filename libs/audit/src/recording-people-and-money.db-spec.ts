import { CreateApiKey, GrantStaffRole, RevokeApiKey, RevokeStaffRole } from '@evenhand/identity';
import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { ClosePeriod } from '@evenhand/ledger';
import {
  AddChannel,
  ChangeMemberRole,
  EMPTY_AUDIENCE,
  InviteMember,
  RemoveChannel,
  RequestMandate,
  SetPayoutAccount,
  UpdateChannel,
  UpdateInfluencerProfile,
} from '@evenhand/parties';
import { AUDIT_DIGESTS, KeyedDigest, managerOf } from '@evenhand/platform';
import { ChangeRiskRules, CloseSource, OpenSource, RotateSourceSecret, SalesModule } from '@evenhand/sales';
import { DisableEndpoint, WebhooksModule } from '@evenhand/webhooks';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { auditEntriesOf } from '../../../test/support/audit-entries';
import { everyKind } from '../../../test/support/deal-samples';
import { DealWorld, type Someone } from '../../../test/support/deal-world';
import { PLAIN_REQUEST } from '../../../test/support/mandate-samples';

const IBAN = 'FR7630006000011234567890189';
const OTHER_IBAN = 'DE89370400440532013000';

let world: DealWorld;
let owner: Client;
let brand: Someone;
let influencer: Someone;
let agency: Someone;

beforeAll(async () => {
  world = await DealWorld.open(undefined, [SalesModule, WebhooksModule]);
  owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const of = async (objectId: string, table: string) =>
  (await auditEntriesOf(owner, objectId)).filter((entry) => entry.table === table);
const by = (someone: Someone) => ({ by: `person ${someone.userId}`, forParty: someone.partyId });
const digest = (text: string) =>
  new KeyedDigest([{ id: 'test', key: Buffer.alloc(32, 7) }]).tokensOf(text, AUDIT_DIGESTS)[0];

function setAccount(actor: Awaited<ReturnType<DealWorld['actor']>>, iban: string) {
  const details = { holder: 'Yuki Tanaka', iban, bic: null, accountNumber: null, bankCode: null, country: null };
  return world.get(SetPayoutAccount).execute({ actor, partyId: influencer.partyId, currency: 'EUR', ...details });
}

describe('people', () => {
  it('leave their sign-up and their staff roles, and neither name nor address', async () => {
    const operator = await world.operator();
    const command = { actor: operator, userId: brand.userId, role: 'finance_preparer' } as const;
    await world.get(GrantStaffRole).execute(command);
    await world.get(RevokeStaffRole).execute(command);
    const [signedUp, granted, revoked] = await of(brand.userId, 'identity.users');
    expect(signedUp).toMatchObject({ action: 'created', by: expect.stringMatching(/^(system|anonymous)/) });
    expect(signedUp?.changes['email']).toEqual({ oldDigest: null, newDigest: expect.stringMatching(/^test\./) });
    expect(signedUp?.changes['password_hash']).toEqual({ isSecret: true });
    expect(granted).toMatchObject({
      by: `person ${operator.userId}`,
      changes: { staff_roles: { old: [], new: ['finance_preparer'] } },
    });
    expect(revoked?.changes).toEqual({ staff_roles: { old: ['finance_preparer'], new: [] } });
    const { rows } = await owner.query<{ text: string }>('select changes::text as text from audit.entries');
    expect(rows.map(({ text }) => text).join()).not.toMatch(/Person \d|person-\d|example\.test|argon2|Maison Aurore/);
  });

  it('leave API keys without their secrets or names', async () => {
    const actor = await world.actor(brand);
    const expiresAt = new Date(world.clock.now().getTime() + 86_400_000);
    const { apiKey } = await world
      .get(CreateApiKey)
      .execute({ actor, name: 'My till', scopes: ['sales:write'], partyId: brand.partyId, expiresAt });
    await world.get(RevokeApiKey).execute({ actor, apiKeyId: apiKey.id });
    expect(await of(apiKey.id, 'identity.api_keys')).toMatchObject([
      {
        action: 'created',
        ...by(brand),
        changes: {
          scopes: { new: ['sales:write'] },
          secret_hash: { isSecret: true },
          name: { newDigest: digest('My till') },
        },
      },
      { action: 'changed', ...by(brand), changes: { revoked_at: { old: null } } },
    ]);
  });
});

describe('an organisation', () => {
  it('leaves invitations, members and their roles', async () => {
    const actor = await world.actor(brand);
    const invited = { actor, partyId: brand.partyId, email: 'new@example.test', role: 'manager' } as const;
    const { invitation } = await world.get(InviteMember).execute(invited);
    expect(await of(invitation.id, 'parties.invitations')).toMatchObject([
      { ...by(brand), changes: { role: { new: 'manager' }, email: { newDigest: digest('new@example.test') } } },
    ]);
    const colleague = await world.signUpInfluencer();
    await owner.query(
      `insert into parties.members (party_id, user_id, role, joined_at) values ($1, $2, 'viewer', now())`,
      [brand.partyId, colleague.userId],
    );
    await world
      .get(ChangeMemberRole)
      .execute({ actor, partyId: brand.partyId, userId: colleague.userId, role: 'manager' });
    const [founder, added, changed] = await of(brand.partyId, 'parties.members');
    expect(founder?.changes).toMatchObject({ user_id: { new: brand.userId }, role: { new: 'owner' } });
    // Past the application: the log says so.
    expect(added?.by).toMatch(/^database \w+/);
    expect(changed).toMatchObject({ ...by(brand), changes: { role: { old: 'viewer', new: 'manager' } } });
  });
});

describe('an influencer', () => {
  it('leaves profile and channels, and none of her words', async () => {
    const actor = await world.actor(influencer);
    const profile = {
      categories: ['beauty'],
      markets: ['JP'],
      languages: ['ja'],
      bio: 'My private words',
      country: 'JP',
    };
    await world.get(UpdateInfluencerProfile).execute({ actor, displayName: 'Yuki T.', ...profile });
    const [changed] = (await of(influencer.partyId, 'parties.influencers')).slice(-1);
    expect(changed).toMatchObject({
      ...by(influencer),
      changes: { categories: { old: ['fashion'], new: ['beauty'] }, bio: { newDigest: digest('My private words') } },
    });
    expect((await of(influencer.partyId, 'parties.parties')).at(-1)?.changes).toEqual({
      display_name: { oldDigest: digest('Yuki Tanaka'), newDigest: digest('Yuki T.') },
    });
    const facts = {
      platform: 'xiaohongshu',
      handle: 'yuki_t',
      url: 'https://www.xiaohongshu.com/user/profile/yuki_t',
      followers: 500_000n,
      audience: EMPTY_AUDIENCE,
    } as const;
    const { id: channelId } = await world.get(AddChannel).execute({ actor, ...facts });
    await world.get(UpdateChannel).execute({ actor, channelId, ...facts, followers: 510_000n });
    await world.get(RemoveChannel).execute({ actor, channelId });
    const entries = await of(channelId, 'parties.channels');
    expect(entries).toMatchObject([
      { action: 'created', ...by(influencer), changes: { handle: { newDigest: digest('yuki_t') } } },
      { action: 'changed', changes: { followers: { old: 500_000, new: 510_000 } } },
      { action: 'changed', changes: { removed_at: { old: null } } },
    ]);
  });

  it('leaves who changed where she is paid, by the masked hint alone; a refused attempt leaves nothing', async () => {
    await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.2' }));
    const actor = await world.actor(influencer);
    await setAccount(actor, IBAN);
    await setAccount(actor, OTHER_IBAN);
    await expect(setAccount(await world.actor(agency), IBAN)).rejects.toThrow();
    const entries = await of(influencer.partyId, 'parties.payout_accounts');
    expect(entries).toMatchObject([
      { action: 'created', ...by(influencer), changes: { hint: { new: 'FR ···· 0189' } } },
      { action: 'changed', ...by(influencer), changes: { replaced_at: { old: null } } },
      {
        action: 'created',
        ...by(influencer),
        changes: { hint: { new: 'DE ···· 3000' }, details_sealed: { isSecret: true } },
      },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/30006000011234567890|370400440532|Tanaka/);
  });

  it('leaves by whom a larger cut was asked for', async () => {
    const actor = await world.actor(agency);
    const asked = { ...PLAIN_REQUEST, actor, influencerId: influencer.partyId, agencyId: agency.partyId };
    const cuts = everyKind({ of: 'gross', share: '0.9' });
    const { mandateId } = await world.get(RequestMandate).execute({ ...asked, cuts });
    expect((await of(mandateId, 'parties.mandates')).at(-1)).toMatchObject({
      ...by(agency),
      changes: { state: { new: 'requested' }, 'cuts.cash': { new: { of: 'gross', share: '9/10' } } },
    });
  });
});

describe('a brand', () => {
  it('leaves its sources of sales and their secrets as such', async () => {
    const actor = await world.actor(brand);
    const opened = { actor, brandId: brand.partyId, name: 'shop', format: 'standard', secret: null } as const;
    const { source, secret } = await world.get(OpenSource).execute(opened);
    await world.get(RotateSourceSecret).execute({ actor, sourceId: source.sourceId, secret: null });
    await world.get(CloseSource).execute({ actor, sourceId: source.sourceId });
    const entries = await auditEntriesOf(owner, source.sourceId);
    expect(entries.every((entry) => entry.by === by(brand).by)).toBe(true);
    expect(entries.filter(({ table }) => table === 'sales.sources')).toMatchObject([
      { action: 'created', changes: { name: { new: 'shop' } } },
      { action: 'changed', changes: { closed_at: { old: null } } },
    ]);
    const secrets = entries.filter(({ table }) => table === 'sales.source_secrets');
    expect(secrets.length).toBeGreaterThanOrEqual(3);
    expect(secrets[0]?.changes['sealed']).toEqual({ isSecret: true });
    expect(JSON.stringify(entries)).not.toContain(secret);
  });

  it('leaves its risk rules and closed periods', async () => {
    const actor = await world.actor(brand);
    const { partyId: brandId } = brand;
    const terms = { customerOrders: 3, customerHours: 24, dealOrdersPerHour: 100 };
    await world.get(ChangeRiskRules).execute({ actor, brandId, terms, expectedVersion: 0 });
    expect(await of(brandId, 'sales.risk_rules')).toMatchObject([
      { ...by(brand), changes: { version: { new: 1 }, customer_orders: { new: 3 } } },
    ]);
    const closing = { actor: systemActor('command line'), brandId, period: '2026-01', timeZone: 'Europe/Paris' };
    await world.get(ClosePeriod).execute(closing);
    expect(await of(brandId, 'ledger.closed_periods')).toMatchObject([
      { by: 'system command line', changes: { period: { new: '2026-01' }, time_zone: { new: 'Europe/Paris' } } },
    ]);
  });

  it('leaves its webhook endpoints without addresses or secrets, by the person for whom the system wrote', async () => {
    const uow = world.get(UnitOfWork);
    const endpointId = uuidv7();
    const url = 'https://hooks.aurore.fr/private';
    await uow.run(await world.actor(brand), (tx) =>
      uow.asSystem(tx, async () => {
        await managerOf(tx).query(
          `insert into webhooks.endpoints (endpoint_id, party_id, url, description, event_types, state_since, created_at)
           values ($1, $2, $3, '', '{*}', now(), now())`,
          [endpointId, brand.partyId, url],
        );
        await managerOf(tx).query(
          'insert into webhooks.secrets (secret_id, endpoint_id, sealed, created_at) values ($1, $1, $2, now())',
          [endpointId, 'sealed-secret'],
        );
      }),
    );
    await world.get(DisableEndpoint).execute({ actor: await world.actor(brand), endpointId });
    const entries = await auditEntriesOf(owner, endpointId);
    expect(entries).toMatchObject([
      { table: 'webhooks.endpoints', action: 'created', ...by(brand), changes: { url: { newDigest: digest(url) } } },
      { table: 'webhooks.secrets', ...by(brand), changes: { sealed: { isSecret: true } } },
      { table: 'webhooks.endpoints', action: 'disabled', changes: { state: { old: 'enabled', new: 'disabled' } } },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/sealed-secret|hooks\.aurore/);
  });
});
