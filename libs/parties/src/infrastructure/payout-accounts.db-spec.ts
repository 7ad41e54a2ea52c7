import { CreateOrganisation } from '../application/create-party';
import { Forbidden, NotFound, type PersonActor, systemActor } from '@evenhand/kernel';
import { FieldCipher } from '@evenhand/platform';
import { type PartiesWorld, partiesWorld, type TestParty } from '../../../../test/support/parties-world';
import {
  ListPayoutAccounts,
  ResealPayoutAccounts,
  SetPayoutAccount,
  VerifyPayoutAccount,
} from '../application/manage-payout-accounts';
import { PayoutAccountDirectory } from '../application/payout-account-directory';
import { InvalidBankDetails, OwnPayoutAccount } from '../domain/errors';
import { TypeormPayoutAccountDirectory, TypeormPayoutAccountRepository } from './typeorm-payout-account-repository';

const IBAN = 'FR7630006000011234567890189';
const OTHER_IBAN = 'DE89370400440532013000';

let world: PartiesWorld;
let agency: TestParty;
let influencer: TestParty;

beforeAll(async () => {
  world = await partiesWorld();
  agency = await world.signUpAgency();
  influencer = await world.signUpInfluencer();
  await world.mandate(agency, influencer);
});

afterAll(() => world.close());

function set(actor: PersonActor, partyId: string, iban = IBAN, currency = 'EUR') {
  const details = { holder: 'Aoi Tanaka', iban, bic: null, accountNumber: null, bankCode: null, country: null };
  return world.get(SetPayoutAccount).execute({ actor, partyId, currency, ...details });
}

async function finance(): Promise<PersonActor> {
  const person = await world.signUpBrand();
  await world.asOwner("update identity.users set staff_roles = '{finance_preparer}' where id = $1", [person.userId]);
  return world.actorOf(person);
}

function destinations(actor: PersonActor | ReturnType<typeof systemActor>, partyId = influencer.partyId) {
  const pairs = [
    { partyId, currency: 'EUR' },
    { partyId, currency: 'JPY' },
  ];
  return world.uow.read(actor, (tx) => world.get(PayoutAccountDirectory).forPayout(tx, pairs));
}

describe('a payout account', () => {
  it('is set by the influencer for herself and shown to her masked', async () => {
    const actor = await world.actorOf(influencer);
    await set(actor, influencer.partyId);
    const accounts = await world.get(ListPayoutAccounts).execute({ actor, partyId: influencer.partyId });
    expect(accounts).toMatchObject([{ currency: 'EUR', country: 'FR', hint: 'FR ···· 0189', verifiedAt: null }]);
    expect(JSON.stringify(accounts)).not.toContain('3000');
  });

  it('is never set or seen by the agency that represents her', async () => {
    const agent = await world.actorOf(agency);
    expect(agent.representations).toHaveLength(1);
    await expect(set(agent, influencer.partyId, OTHER_IBAN)).rejects.toThrow(NotFound);
    const list = world.get(ListPayoutAccounts).execute({ actor: agent, partyId: influencer.partyId });
    await expect(list).rejects.toThrow(NotFound);
    expect(await destinations(agent)).toEqual(new Map());
  });

  it('is out of the agency’s and any brand’s reach in the database too', async () => {
    const represented = {
      user_id: agency.userId,
      party_ids: `{${agency.partyId}}`,
      represented_ids: `{${influencer.partyId}}`,
    };
    expect(await world.asApplication(represented, 'select 1 from parties.payout_accounts')).toEqual([]);
    const change = 'update parties.payout_accounts set details_sealed = $1 returning id';
    expect(await world.asApplication(represented, change, ['k1.forged'])).toEqual([]);
    const insert = `insert into parties.payout_accounts
        (id, party_id, currency, country, details_sealed, hint, created_by, created_at)
      values (gen_random_uuid(), $1, 'JPY', 'JP', 'k1.x', 'JP', $2, now())`;
    await expect(world.asApplication(represented, insert, [influencer.partyId, agency.userId])).rejects.toThrow(
      /row-level security/,
    );
  });

  it('of an organisation is its owner’s matter, in a session', async () => {
    const actor = await world.actorOf(agency);
    await set(actor, agency.partyId, OTHER_IBAN);
    const manager = { ...actor, memberships: actor.memberships.map((each) => ({ ...each, role: 'manager' as const })) };
    await expect(set(manager, agency.partyId)).rejects.toThrow(Forbidden);
    await expect(set({ ...actor, scopes: ['payouts:write'] }, agency.partyId)).rejects.toThrow(Forbidden);
  });

  it('is given in clear to finance and the system, for paying', async () => {
    const expected = { holder: 'Aoi Tanaka', iban: IBAN, country: 'FR', hint: 'FR ···· 0189', verifiedAt: null };
    for (const actor of [await finance(), systemActor('test')]) {
      const found = await destinations(actor);
      expect([...found.keys()]).toEqual([`${influencer.partyId}:EUR`]);
      expect(found.get(`${influencer.partyId}:EUR`)).toMatchObject(expected);
    }
    const versions = await world.uow.read(systemActor('test'), (tx) =>
      world.get(PayoutAccountDirectory).versionsOf(tx, [{ partyId: influencer.partyId, currency: 'EUR' }]),
    );
    expect(JSON.stringify([...versions])).not.toContain('Aoi');
  });

  it('is replaced, not edited: the one before stays, and the new one counts as unverified', async () => {
    const actor = await world.actorOf(influencer);
    const staff = await finance();
    const first = await set(actor, influencer.partyId);
    await world.get(VerifyPayoutAccount).execute({ actor: staff, accountId: first.id });
    await expect(world.get(VerifyPayoutAccount).execute({ actor, accountId: first.id })).rejects.toThrow(NotFound);
    world.clock.advance({ hours: 1 });
    await Promise.all([set(actor, influencer.partyId, OTHER_IBAN), set(actor, influencer.partyId, OTHER_IBAN)]);
    const now = (await destinations(staff)).get(`${influencer.partyId}:EUR`);
    expect(now).toMatchObject({ iban: OTHER_IBAN, verifiedAt: null, setAt: world.clock.now() });
    const gone = world.get(VerifyPayoutAccount).execute({ actor: staff, accountId: first.id });
    await expect(gone).rejects.toThrow(NotFound);
  });

  it('refuses details that no bank takes and currencies that do not exist', async () => {
    const actor = await world.actorOf(influencer);
    await expect(set(actor, influencer.partyId, 'FR7630006000011234567890188')).rejects.toThrow(InvalidBankDetails);
    await expect(set(actor, influencer.partyId, IBAN, 'XXX')).rejects.toMatchObject({ code: 'UNKNOWN_CURRENCY' });
  });

  it('cannot be verified by who set it', async () => {
    const person = await world.signUpInfluencer();
    await world.asOwner("update identity.users set staff_roles = '{finance_approver}' where id = $1", [person.userId]);
    const actor = await world.actorOf(person);
    const account = await set(actor, person.partyId);
    await expect(world.get(VerifyPayoutAccount).execute({ actor, accountId: account.id })).rejects.toThrow(
      OwnPayoutAccount,
    );
  });
});

describe('a dump of the database', () => {
  it('holds no bank details in clear, anywhere', async () => {
    await set(await world.actorOf(influencer), influencer.partyId);
    const tables = await world.asOwner<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const rows = await world.asOwner<{ text: string }>(`select t::text as text from ${name} t`);
      const text = rows.map((row) => row.text).join('\n');
      expect(text).not.toContain(IBAN);
      expect(text).not.toContain(IBAN.slice(4, 20));
      if (name === 'parties.payout_accounts') expect(text).not.toContain('Aoi Tanaka');
    }
  });

  it('whose details are moved to another row does not open', async () => {
    await set(await world.actorOf(agency), agency.partyId, OTHER_IBAN);
    await world.asOwner(
      `update parties.payout_accounts set details_sealed =
         (select details_sealed from parties.payout_accounts where party_id = $1 and replaced_at is null)
       where party_id = $2 and replaced_at is null`,
      [agency.partyId, influencer.partyId],
    );
    await expect(destinations(systemActor('test'))).rejects.toThrow();
  });
});

describe('a new encryption key', () => {
  it('takes over from the old one, which can then go', async () => {
    const fresh = await world.signUpInfluencer();
    await world.asOwner('delete from parties.payout_accounts');
    await set(await world.actorOf(fresh), fresh.partyId);
    const [old, next] = [
      { id: 'k1', key: Buffer.alloc(32, 7) },
      { id: 'k2', key: Buffer.alloc(32, 8) },
    ];
    const reseal = new ResealPayoutAccounts(
      world.uow,
      new TypeormPayoutAccountRepository(new FieldCipher([next, old])),
    );
    expect(await reseal.execute()).toEqual({ resealed: 1 });
    expect(await reseal.execute()).toEqual({ resealed: 0 });
    const directory = new TypeormPayoutAccountDirectory(new FieldCipher([next]));
    const found = await world.uow.read(systemActor('test'), (tx) =>
      directory.forPayout(tx, [{ partyId: fresh.partyId, currency: 'EUR' }]),
    );
    expect(found.get(`${fresh.partyId}:EUR`)).toMatchObject({ iban: IBAN });
  });
});

it('knows a person by one of several parties only for what that party owns', async () => {
  const { partyId } = await world
    .get(CreateOrganisation)
    .execute({ actor: await world.actorOf(influencer), kind: 'agency', organisationName: 'Hers', country: 'JP' });
  const actor = await world.actorOf(influencer);
  await set(actor, partyId, OTHER_IBAN);
  const accounts = await world.get(ListPayoutAccounts).execute({ actor, partyId });
  expect(accounts).toMatchObject([{ partyId, country: 'DE' }]);
});
