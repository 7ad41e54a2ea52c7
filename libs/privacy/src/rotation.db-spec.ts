import { CreateApiKey } from '@evenhand/identity';
import { systemActor } from '@evenhand/kernel';
import { PayoutAccountDirectory, SetPayoutAccount } from '@evenhand/parties';
import { FieldCipher, PlatformModule, type Settings } from '@evenhand/platform';
import { OpenSource } from '@evenhand/sales';
import { RegisterEndpoint } from '@evenhand/webhooks';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DealWorld, type SignedUpSomeone } from '../../../test/support/deal-world';
import { dumpDatabase } from '../../../test/support/dump-database';
import { SETTINGS } from '../../platform/src/config/settings.token';
import { PrivacyModule, ResealEverything } from './index';

const IBAN = 'FR7630006000011234567890189';
const OLD = { id: 'test', key: Buffer.alloc(32, 7) };
const NEW = { id: 'next', key: Buffer.alloc(32, 8) };
const textOf = (...keys: readonly (typeof OLD)[]) =>
  keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(',');

let world: DealWorld;
let owner: Client;
let brand: SignedUpSomeone;
const secrets: string[] = [];
/** Of each sealed column: where it is, and how many values it has. */
const COLUMNS = {
  'parties.payout_accounts': 'details_sealed',
  'parties.sealed_addresses': 'sealed',
  'payouts.bank_files': 'sealed_text',
  'sales.deliveries': 'sealed_body',
  'sales.import_parts': 'sealed',
  'sales.source_secrets': 'sealed',
  'webhooks.secrets': 'sealed',
};
const WORDS = 'Mme Dupont, 5 rue des Lilas';

beforeAll(async () => {
  world = await DealWorld.open(undefined, [PrivacyModule], { allowLocalWebhooks: true });
  owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
  brand = await world.signUpBrand();
  const actor = await world.actor(brand);
  const [partyId, brandId] = [brand.partyId, brand.partyId];
  const details = {
    holder: 'Noriko Hayasaka',
    iban: IBAN,
    bic: null,
    accountNumber: null,
    bankCode: null,
    country: null,
  };
  await world.get(SetPayoutAccount).execute({ actor, partyId, currency: 'EUR', ...details });
  const address = { url: 'http://127.0.0.1:9/in', description: '', eventTypes: ['*'] };
  secrets.push((await world.get(RegisterEndpoint).execute({ actor, partyId, ...address })).secret);
  const shop = { name: 'shop', format: 'standard', secret: null } as const;
  secrets.push((await world.get(OpenSource).execute({ actor, brandId, ...shop })).secret);
  const expiresAt = new Date(world.clock.now().getTime() + 86_400_000);
  const key = { name: 'Machine', scopes: ['deals:read'], partyId: null, expiresAt };
  secrets.push((await world.get(CreateApiKey).execute({ actor, ...key })).secret);
  await insertSealed(brandId);
}, 60_000);
afterAll(async () => {
  await owner.end();
  await world.close();
});

/** What only whole journeys make, as it would be stored; a hundred and fifty deliveries are more than one chunk. */
async function insertSealed(brandId: string): Promise<void> {
  const cipher = new FieldCipher([OLD]);
  const [id, source] = [randomUUID(), randomUUID()];
  await owner.query(`set session_replication_role = 'replica'`);
  const address = cipher.seal(JSON.stringify({ recipient: WORDS }), `parties.sealed_addresses/${id}/${brandId}`);
  await owner.query('insert into parties.sealed_addresses values ($1, $2, $3)', [id, brandId, address]);
  const file = cipher.seal(WORDS, `payouts.bank_files:${id}`);
  await owner.query(`insert into payouts.bank_files values ($1, 'file', $2, null, now())`, [id, file]);
  const part = cipher.seal(WORDS, `sales.import_parts/${brandId}/${id}/1`);
  await owner.query('insert into sales.import_parts values ($1, $2, 1, $3)', [brandId, id, part]);
  for (let count = 0; count < 150; count += 1) {
    const delivery = randomUUID();
    await owner.query(
      `insert into sales.deliveries (brand_id, delivery_id, source_id, message_id, sealed_body, body_sha256, received_at, due_at)
       values ($1, $2, $3, $2::uuid::text, $4, sha256('x'), now(), now())`,
      [brandId, delivery, source, cipher.seal(WORDS, `sales.deliveries/${brandId}/${delivery}`)],
    );
  }
  await owner.query(`set session_replication_role = 'origin'`);
}

async function keysInUse(): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const [table, column] of Object.entries(COLUMNS)) {
    const { rows } = await owner.query<{ key: string }>(
      `select distinct split_part(${column}, '.', 1) as key from ${table}`,
    );
    found[table] = rows.map(({ key }) => key);
  }
  return found;
}

/** Another process on the same database. */
async function withKeys<T>(keys: string, work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const settings: Settings = { ...world.get<Settings>(SETTINGS as never), encryptionKeys: keys };
  const platform = PlatformModule.withoutQueues({ settings, applicationName: 'test', maxConnections: 2 });
  const app = await Test.createTestingModule({ imports: [platform, PrivacyModule] }).compile();
  await app.init();
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

it('shows nothing of bank details, orders, sessions or secrets in a dump', async () => {
  const clear = [
    IBAN,
    IBAN.slice(4),
    'Noriko Hayasaka',
    WORDS,
    brand.token,
    ...secrets,
    ...secrets.map((one) => one.replace(/^whsec_/, '')),
  ];
  const dump = await dumpDatabase(owner);
  expect(dump.length).toBeGreaterThan(100);
  expect(dump.filter((line) => clear.some((word) => line.includes(word)))).toEqual([]);
});

it('seals everything anew with a new key, and opens it without the old one', async () => {
  const [all, none] = [(id: string) => Object.fromEntries(Object.keys(COLUMNS).map((table) => [table, [id]])), 0];
  expect(await keysInUse()).toEqual(all('test'));
  const reseal = (app: INestApplicationContext) => app.get(ResealEverything, { strict: false }).execute();
  const counted = await withKeys(textOf(NEW, OLD), reseal);
  expect(counted.map(({ resealed, unreadable }) => [resealed, unreadable])).toEqual([
    [1, none],
    [1, none],
    [1, none],
    [152, none],
    [1, none],
  ]);
  expect(await keysInUse()).toEqual(all('next'));
  await withKeys(textOf(NEW), async (app) => {
    expect((await reseal(app)).every(({ resealed, unreadable }) => resealed + unreadable === 0)).toBe(true);
    const pairs = [{ partyId: brand.partyId, currency: 'EUR' }];
    const found = await world.read(systemActor('test'), (tx) =>
      app.get(PayoutAccountDirectory, { strict: false }).forPayout(tx, pairs),
    );
    expect([...found.values()]).toMatchObject([{ iban: IBAN }]);
  });
  // Each value opens in its own place with the new key alone: sealing it once more reads every one.
  const third = { id: 'third', key: Buffer.alloc(32, 9) };
  expect((await withKeys(textOf(third, NEW), reseal)).reduce((sum, { resealed }) => sum + resealed, 0)).toBe(156);
});

it('says how many values no known key opens, and leaves them', async () => {
  await owner.query(`update webhooks.secrets set sealed = 'gone.AAAA'`);
  const [, , , , endpoints] = await withKeys(textOf({ id: 'third', key: Buffer.alloc(32, 9) }), (app) =>
    app.get(ResealEverything, { strict: false }).execute(),
  );
  expect(endpoints).toMatchObject({ resealed: 0, unreadable: 1 });
  expect((await keysInUse())['webhooks.secrets']).toEqual(['gone']);
});
