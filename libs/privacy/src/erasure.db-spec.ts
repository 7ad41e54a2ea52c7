import { AuditModule, SealAuditLog, VerifyAuditLog } from '@evenhand/audit';
import {
  ApproveDeliverable,
  CancelDeal,
  CommentOnVersion,
  CompleteDeal,
  SubmitDeliverable,
  WriteReview,
} from '@evenhand/deals';
import { DiscoveryModule } from '@evenhand/discovery';
import { InvalidCredentials, SignIn } from '@evenhand/identity';
import { Forbidden, type PersonActor } from '@evenhand/kernel';
import {
  checkInvariants,
  ConfirmPayouts,
  ReleaseDueHolds,
  SealTransactions,
  SendPayouts,
  SettleRecords,
  VerifySeals,
} from '@evenhand/ledger';
import { SendMessage } from '@evenhand/messages';
import {
  AddChannel,
  AddDeliveryAddress,
  ANY_INFLUENCER,
  InviteMember,
  SearchInfluencers,
  SetPayoutAccount,
} from '@evenhand/parties';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { briefIn, limitsIn, mixIn } from '../../../test/support/deal-samples';
import type { Someone } from '../../../test/support/deal-world';
import { dumpDatabase } from '../../../test/support/dump-database';
import { eventually } from '../../../test/support/eventually';
import { notificationsWorld, type NotificationsWorld } from '../../../test/support/notifications-world';
import {
  ContinueErasures,
  DealsStillOpen,
  EraseMyAccount,
  ErasePerson,
  MoneyStillDue,
  OnlyOwnerOfOrganisation,
  PrivacyModule,
  StaffRoleHeld,
} from './index';

const PASSWORD = 'correct horse battery staple 42';
const [NAME, BIO, HANDLE, WORDS] = ['Noriko Hayasaka', 'Born in Kobe in 1997', 'yukiswardrobe', 'Mein Schlüssel 8812'];
const IBAN = 'FR7630006000011234567890189';

let tests: NotificationsWorld;
let world: NotificationsWorld['world'];
let brand: Someone;

beforeAll(async () => {
  tests = await notificationsWorld({}, [PrivacyModule, AuditModule, DiscoveryModule]);
  ({ world, brand } = tests);
}, 60_000);
afterEach(async () => expect(await checkInvariants(tests.owner)).toEqual([]));
afterAll(() => tests.close());

const erase = async (who: Someone, password = PASSWORD) =>
  world.get(EraseMyAccount).execute({ actor: await world.actor(who), password });
const work = (now = world.clock.now()) => world.get(ContinueErasures).execute({ now, limit: 10 });
const emailOf = async (who: Someone): Promise<string> =>
  (await tests.owner.query('select email from identity.users where id = $1', [who.userId])).rows[0]?.email;
const stepsOf = async (who: Someone): Promise<readonly string[]> =>
  (
    await tests.owner.query(
      'select step from privacy.erasure_steps join privacy.erasures using (erasure_id) where user_id = $1',
      [who.userId],
    )
  ).rows.map(({ step }) => step);

async function newDeal(influencer: Someone): Promise<string> {
  const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
  const cash = { ...mixIn('EUR'), gift: null, commission: null };
  return world.accept(brand, await world.bid(campaignId, influencer, cash));
}

/** Work done, approved, commented on, reviewed and earned. */
async function earningDeal(influencer: Someone): Promise<string> {
  const dealId = await newDeal(influencer);
  await world.credit(brand, 'EUR', 10_000_000n);
  await world.fund(brand, dealId);
  const [manager, creator] = [await world.actor(brand), await world.actor(influencer)];
  for (const { id: deliverableId } of (await world.deal(brand, dealId)).deliverables) {
    await world.get(SubmitDeliverable).execute({ actor: creator, deliverableId, caption: '#ad', mediaUrls: [] });
    const comment = { version: { deliverableId, number: 1 }, text: WORDS, pin: null, idempotencyKey: randomUUID() };
    await world.get(CommentOnVersion).execute({ actor: creator, ...comment });
    await world.get(ApproveDeliverable).execute({ actor: manager, deliverableId });
  }
  await world.get(CompleteDeal).execute({ actor: manager, dealId });
  await world.get(WriteReview).execute({ actor: creator, dealId, stars: 5, text: WORDS });
  return dealId;
}

/** The bank pays what she has earned. */
async function payOut(influencer: Someone): Promise<void> {
  await world.get(ReleaseDueHolds).execute({ now: world.clock.now(), limit: 100 });
  const { rows } = await tests.owner.query(
    `select book_id, currency, balance_minor::text as minor from ledger.account_balances
     where party_id = $1 and kind = 'payee_available' and balance_minor > 0`,
    [influencer.partyId],
  );
  const transfers = rows.map((row) => ({
    idempotencyKey: randomUUID(),
    bookId: Number(row.book_id),
    partyId: influencer.partyId,
    currency: String(row.currency),
    amountMinor: BigInt(row.minor),
    payoutItemId: randomUUID(),
  }));
  expect(transfers).not.toEqual([]);
  await world.asSystem((tx) => world.get(SendPayouts).execute(tx, transfers));
  const confirmed = transfers.map((transfer) => ({ ...transfer, idempotencyKey: randomUUID() }));
  await world.asSystem((tx) => world.get(ConfirmPayouts).execute(tx, confirmed));
}

describe('the erasure of a person', () => {
  it('needs her own password, in a session', async () => {
    const someone = await world.signUpInfluencer();
    await expect(erase(someone, 'not her password')).rejects.toThrow(InvalidCredentials);
    const byKey: PersonActor = { ...(await world.actor(someone)), scopes: ['profile:write'] };
    const command = { actor: byKey, password: PASSWORD };
    await expect(world.get(EraseMyAccount).execute(command)).rejects.toThrow(Forbidden);
    expect(await world.actor(someone)).toBeDefined();
  });

  it('is refused while something binds, and says what', async () => {
    const influencer = await world.signUpInfluencer();
    const dealId = await newDeal(influencer);
    await expect(erase(influencer)).rejects.toThrow(DealsStillOpen);
    await world.get(CancelDeal).execute({ actor: await world.actor(brand), dealId, reason: 'No longer wanted.' });
    await earningDeal(influencer);
    await expect(erase(influencer)).rejects.toThrow(MoneyStillDue);
    await payOut(influencer);
    await tests.owner.query(`update identity.users set staff_roles = '{operator}' where id = $1`, [influencer.userId]);
    await expect(erase(influencer)).rejects.toThrow(StaffRoleHeld);
    await tests.owner.query(`update identity.users set staff_roles = '{}' where id = $1`, [influencer.userId]);
    await erase(influencer);
  });

  it('leaves no organisation with members but without an owner; one that is hers alone goes with her', async () => {
    const [owner, colleague] = [await world.signUpAgency('Two of us'), await world.signUpAgency('Alone')];
    await tests.owner.query(`insert into parties.members values ($1, $2, 'manager', now())`, [
      owner.partyId,
      colleague.userId,
    ]);
    await expect(erase(owner)).rejects.toThrow(OnlyOwnerOfOrganisation);
    await erase(colleague);
    await work();
    await erase(owner);
    await work();
    expect(await emailOf(owner)).toMatch(/@erased\.invalid$/);
  });

  it('is an operator’s too, with a reason, and never of herself', async () => {
    const someone = await world.signUpInfluencer();
    const operator = await world.operator();
    const ask = (userId: string, actor: PersonActor = operator) =>
      world.get(ErasePerson).execute({ actor, userId, reason: 'Asked by letter.' });
    await expect(ask(operator.userId)).rejects.toMatchObject({ code: 'OWN_ACCOUNT' });
    await expect(ask(someone.userId, await world.actor(brand))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const first = await ask(someone.userId);
    expect(await ask(someone.userId)).toEqual(first);
  });

  it('locks her out at once, and goes on where it was interrupted', async () => {
    const someone = await world.signUpInfluencer();
    const email = await emailOf(someone);
    await erase(someone);
    await expect(world.get(SignIn).execute({ email, password: PASSWORD, address: null })).rejects.toThrow(
      InvalidCredentials,
    );
    await tests.owner.query('alter table parties.channels rename to channels_away');
    await expect(work()).rejects.toThrow();
    expect(await stepsOf(someone)).toEqual(['campaigns', 'deals', 'messages', 'discovery', 'notifications']);
    expect(await emailOf(someone)).toBe(email);
    await tests.owner.query('alter table parties.channels_away rename to channels');
    await Promise.all([work(), work()]);
    await work();
    expect(await stepsOf(someone)).toHaveLength(7);
    const { rows } = await tests.owner.query(
      'select from privacy.erasures where user_id = $1 and finished_at is null',
      [someone.userId],
    );
    expect(rows).toEqual([]);
  });
});

/** Everything that she leaves in the product, and what is true of it afterwards. */
it('leaves nothing of her in the database or the mail folder, and the books, seals and audit log verify', async () => {
  const her = await world.signUpInfluencer(NAME);
  const actor = await world.actor(her);
  const email = await emailOf(her);
  await tests.owner.query('update parties.influencers set bio = $2, search_text = lower($2) where party_id = $1', [
    her.partyId,
    BIO,
  ]);
  const channel = {
    platform: 'xiaohongshu' as const,
    handle: HANDLE,
    url: `https://www.xiaohongshu.com/user/${HANDLE}`,
  };
  const audience = { countries: [{ segment: 'CN', percent: 70 }], ages: [], genders: [] };
  const facts = { ...channel, followers: 500_000n, audience };
  await world.get(AddChannel).execute({ actor, ...facts });
  const details = { holder: NAME, iban: IBAN, bic: null, accountNumber: null, bankCode: null, country: null };
  await world.get(SetPayoutAccount).execute({ actor, partyId: her.partyId, currency: 'EUR', ...details });
  const postal = {
    recipient: NAME,
    lines: [WORDS],
    postalCode: '1000001',
    city: 'Tokyo',
    region: null,
    country: 'JP',
    phone: null,
  };
  await world.get(AddDeliveryAddress).execute({ actor, label: HANDLE, postal });
  const invitation = { actor: await world.actor(brand), partyId: brand.partyId, email, role: 'viewer' } as const;
  await world.get(InviteMember).execute(invitation);
  const dealId = await earningDeal(her);
  const message = { dealId, partyId: null, idempotencyKey: randomUUID() };
  await world.get(SendMessage).execute({ actor, text: WORDS, ...message });
  const answer = { ...message, idempotencyKey: randomUUID(), text: 'Thank you for it' };
  await world.get(SendMessage).execute({ actor: await world.actor(brand), ...answer });
  await tests.work();
  tests.clock.advanceMinutes(60);
  await tests.send();
  const letters = () => readdirSync(join(tests.dataDirectory, 'mail')).length;
  const lettersBefore = letters();
  await payOut(her);
  const figures = 'select book_id, account_id, balance_minor from ledger.account_balances order by 1, 2';
  const booksBefore = (await tests.owner.query(figures)).rows;
  await sealAll();

  const tells = (line: string) =>
    [NAME, BIO, HANDLE, WORDS, email].some((word) => line.toLowerCase().includes(word.toLowerCase()));
  expect((await dumpDatabase(tests.owner)).filter(tells).length).toBeGreaterThan(8);
  await erase(her);
  await work();

  expect((await dumpDatabase(tests.owner)).filter(tells)).toEqual([]);
  expect(letters()).toBeLessThan(lettersBefore);
  expect(
    (await tests.owner.query('select from parties.payout_accounts where party_id = $1', [her.partyId])).rows,
  ).toEqual([]);
  const sealed = 'select from parties.sealed_addresses where influencer_id = $1';
  expect((await tests.owner.query(sealed, [her.partyId])).rows).toEqual([]);
  expect(
    (await tests.owner.query('select number, text from messages.messages where author_id = $1', [her.userId])).rows,
  ).toEqual([{ number: 1, text: 'Erased by its author.' }]);
  const found = await world.get(SearchInfluencers).execute({
    actor: await world.actor(brand),
    search: ANY_INFLUENCER,
    asks: null,
    page: { first: 100, after: null },
  });
  expect(JSON.stringify(found, (_key, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(
    her.partyId,
  );

  expect((await tests.owner.query(figures)).rows).toEqual(booksBefore);
  await sealAll();
  expect((await world.get(VerifySeals).execute()).findings).toEqual([]);
  expect((await world.get(VerifyAuditLog).execute()).findings).toEqual([]);
  const successor = await world.signUpInfluencer('Another');
  await world.get(AddChannel).execute({ ...facts, actor: await world.actor(successor) });
}, 60_000);

it('is done by nobody but the system, and only to whom it was asked for', async () => {
  const someone = await world.signUpInfluencer();
  const call = 'select messages.erase_texts_of($1)';
  await expect(world.sql(await world.operator(), call, [someone.userId])).rejects.toThrow(/Nobody asked/);
  await expect(
    world.asSystem(async () => world.sql({ kind: 'system', name: 'test' }, call, [someone.userId])),
  ).rejects.toThrow(/Nobody asked/);
});

async function sealAll(): Promise<void> {
  await eventually(
    async () => {
      await world.get(SettleRecords).execute();
      await world.get(SealTransactions).execute({ now: new Date(), limit: 10_000 });
      return world.get(SealAuditLog).execute({ now: new Date(), limit: 10_000 });
    },
    (sealed) => sealed === 0,
  );
}
