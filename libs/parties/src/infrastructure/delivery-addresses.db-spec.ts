import { Forbidden, InvalidInput, NotFound, systemActor, Unauthenticated, ANONYMOUS } from '@evenhand/kernel';
import { FieldCipher } from '@evenhand/platform';
import { type PartiesWorld, partiesWorld, type TestParty } from '../../../../test/support/parties-world';
import { DeliveryAddressDirectory } from '../application/delivery-address-directory';
import {
  AddDeliveryAddress,
  ListDeliveryAddresses,
  RemoveDeliveryAddress,
  ResealDeliveryAddresses,
} from '../application/manage-delivery-addresses';
import { MAX_DELIVERY_ADDRESSES, type PostalAddress } from '../domain/delivery-address';
import { TooManyDeliveryAddresses } from '../domain/errors';
import { SqlDeliveryAddressDirectory, SqlDeliveryAddressRepository } from './sql-delivery-addresses';

const POSTAL: PostalAddress = {
  recipient: 'Aoi Hidden',
  lines: ['Hidden street 7', 'Floor 4'],
  city: 'Hidden town',
  region: null,
  postalCode: '150-0041',
  country: 'JP',
  phone: '+81 90 1234 9876',
};
const SECRETS = [POSTAL.recipient, ...POSTAL.lines, POSTAL.city, POSTAL.postalCode ?? '', POSTAL.phone ?? ''];

let world: PartiesWorld;
let agency: TestParty;
let influencer: TestParty;
let rival: TestParty;
let brand: TestParty;

beforeAll(async () => {
  world = await partiesWorld();
  agency = await world.signUpAgency();
  influencer = await world.signUpInfluencer();
  rival = await world.signUpInfluencer('Rival');
  brand = await world.signUpBrand();
  await world.mandate(agency, influencer);
});

afterAll(() => world.close());

async function add(of: TestParty, label = 'Home', postal = POSTAL) {
  return (await world.get(AddDeliveryAddress).execute({ actor: await world.actorOf(of), label, postal })).address;
}

async function list(by: TestParty, influencerId = influencer.partyId) {
  return world.get(ListDeliveryAddresses).execute({ actor: await world.actorOf(by), influencerId });
}

const asAgency = () => ({
  user_id: agency.userId,
  party_ids: `{${agency.partyId}}`,
  represented_ids: `{${influencer.partyId}}`,
});

describe('delivery addresses', () => {
  it('are several, read whole by herself and by label and country by her agency', async () => {
    const [home, studio] = [await add(influencer), await add(influencer, 'Studio')];
    expect(await list(influencer)).toEqual([
      { address: home, postal: POSTAL },
      { address: studio, postal: POSTAL },
    ]);
    expect(await list(agency)).toEqual([
      { address: home, postal: null },
      { address: studio, postal: null },
    ]);
    expect(home).toMatchObject({ label: 'Home', country: 'JP' });
    expect(JSON.stringify(await list(agency))).not.toMatch(
      new RegExp(SECRETS.map((s) => s.replace('+', '\\+')).join('|')),
    );
  });

  it('are not there for anyone else, nor for a key', async () => {
    for (const stranger of [brand, rival]) await expect(list(stranger)).rejects.toThrow(NotFound);
    const query = { influencerId: influencer.partyId };
    await expect(world.get(ListDeliveryAddresses).execute({ actor: ANONYMOUS, ...query })).rejects.toThrow(
      Unauthenticated,
    );
    const key = { ...(await world.actorOf(influencer)), scopes: ['parties:read'] };
    await expect(world.get(ListDeliveryAddresses).execute({ actor: key, ...query })).rejects.toThrow(Forbidden);
  });

  it('are written and removed by herself alone', async () => {
    const { id: addressId } = await add(influencer, 'Summer house');
    const remove = world.get(RemoveDeliveryAddress);
    for (const other of [agency, brand, rival]) {
      await expect(remove.execute({ actor: await world.actorOf(other), addressId })).rejects.toThrow(NotFound);
    }
    await expect(add(agency)).rejects.toThrow(NotFound);
    await remove.execute({ actor: await world.actorOf(influencer), addressId });
    expect((await list(influencer)).map(({ address }) => address.label)).not.toContain('Summer house');
    const sealed = await world.asOwner('select 1 from parties.sealed_addresses where address_id = $1', [addressId]);
    expect(sealed).toEqual([]);
    await expect(remove.execute({ actor: await world.actorOf(influencer), addressId })).rejects.toThrow(NotFound);
  });

  it(`are ${MAX_DELIVERY_ADDRESSES} at most, also where two are added at once`, async () => {
    const collector = await world.signUpInfluencer('Collector');
    for (let n = 1; n < MAX_DELIVERY_ADDRESSES; n += 1) await add(collector, `Place ${n}`);
    const outcomes = await Promise.allSettled([add(collector, 'A'), add(collector, 'B')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(add(collector, 'C')).rejects.toThrow(TooManyDeliveryAddresses);
  });

  it('refuse what no parcel could be sent to', async () => {
    await expect(add(influencer, '')).rejects.toThrow(InvalidInput);
    await expect(add(influencer, 'Home', { ...POSTAL, city: ' ' })).rejects.toThrow(InvalidInput);
  });
});

describe('in the database', () => {
  it('an agency reaches the label and never the address, a brand neither', async () => {
    expect(await world.asApplication(asAgency(), 'select label from parties.delivery_addresses')).not.toEqual([]);
    expect(await world.asApplication(asAgency(), 'select 1 from parties.sealed_addresses')).toEqual([]);
    const remove = 'delete from parties.sealed_addresses returning address_id';
    expect(await world.asApplication(asAgency(), remove)).toEqual([]);
    const rename = `update parties.delivery_addresses set removed_at = now() returning id`;
    expect(await world.asApplication(asAgency(), rename)).toEqual([]);
    const asBrand = { user_id: brand.userId, party_ids: `{${brand.partyId}}` };
    for (const table of ['delivery_addresses', 'sealed_addresses']) {
      expect(await world.asApplication(asBrand, `select 1 from parties.${table}`)).toEqual([]);
    }
  });

  it('no table holds an address in clear', async () => {
    await add(influencer, 'In the dump');
    const tables = await world.asOwner<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const text = (await world.asOwner<{ text: string }>(`select t::text as text from ${name} t`))
        .map((row) => row.text)
        .join('\n');
      for (const secret of SECRETS) expect([name, text.includes(secret)]).toEqual([name, false]);
    }
  });

  it('an address moved to another row does not open', async () => {
    const [mine, hers] = [await add(rival), await add(influencer, 'Moved')];
    await world.asOwner(
      `update parties.sealed_addresses set sealed = (select sealed from parties.sealed_addresses where address_id = $1)
       where address_id = $2`,
      [hers.id, mine.id],
    );
    const open = world.uow.read(systemActor('test'), (tx) => world.get(DeliveryAddressDirectory).open(tx, mine.id));
    await expect(open).rejects.toThrow();
    await world.asOwner('delete from parties.sealed_addresses where address_id = $1', [mine.id]);
  });
});

it('a new encryption key takes over from the old one, which can then go', async () => {
  await world.asOwner('delete from parties.sealed_addresses');
  const { id } = await add(influencer, 'Resealed');
  const [old, next] = [
    { id: 'k1', key: Buffer.alloc(32, 7) },
    { id: 'k2', key: Buffer.alloc(32, 8) },
  ];
  const both = new SqlDeliveryAddressRepository(new FieldCipher([next, old]));
  const reseal = new ResealDeliveryAddresses(world.uow, both);
  expect(await reseal.execute()).toEqual({ resealed: 1 });
  expect(await reseal.execute()).toEqual({ resealed: 0 });
  const directory = new SqlDeliveryAddressDirectory(new FieldCipher([next]));
  const opened = await world.uow.read(systemActor('test'), (tx) => directory.open(tx, id));
  expect(opened).toEqual(POSTAL);
});
