import { CancelCampaign, DeclineBid, ExpireBids } from '@evenhand/campaigns';
import { ShipGift, WriteReview } from '@evenhand/deals';
import { ChangeLocale } from '@evenhand/identity';
import { Forbidden, InvalidInput, NotFound, type PersonActor } from '@evenhand/kernel';
import { SendMessage } from '@evenhand/messages';
import { InviteMember } from '@evenhand/parties';
import { randomUUID } from 'node:crypto';
import { completedDeal } from '../../../test/support/completed-deal';
import { briefIn, limitsIn, mixIn } from '../../../test/support/deal-samples';
import type { Someone } from '../../../test/support/deal-world';
import { notificationsWorld, type NotificationsWorld } from '../../../test/support/notifications-world';
import { ChangePreference, ListNotifications, ReadPreferences, SecurityNoticesStayOn } from './index';

let tests: NotificationsWorld;
let world: NotificationsWorld['world'];
let brand: Someone;
let influencer: Someone;
let agency: Someone;

beforeAll(async () => {
  tests = await notificationsWorld();
  ({ world, brand, influencer, agency } = tests);
}, 60_000);
afterEach(() => tests.settle());
afterAll(() => tests.close());

const write = async (who: Someone, dealId: string, text = 'Hello') => {
  const command = { actor: await world.actor(who), dealId, partyId: null, text, idempotencyKey: randomUUID() };
  return world.get(SendMessage).execute(command);
};
const prefer = async (who: Someone, inProduct: boolean, email: boolean) =>
  world.get(ChangePreference).execute({ actor: await world.actor(who), group: 'messages', inProduct, email });

describe('people', () => {
  it('are told of a bid step by step: each side of what the other did', async () => {
    const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
    const bidId = await world.bid(campaignId, influencer, mixIn('EUR'));
    await tests.work();
    expect([await tests.kinds(brand), await tests.kinds(influencer)]).toEqual([['bid_submitted'], []]);
    const [told] = await tests.told(brand);
    expect(told).toMatchObject({
      title: 'New bid from Yuki Tanaka',
      actorName: expect.stringMatching(/^(Person|Yuki)/),
      notification: { objectId: bidId, campaignId, count: 1, readAt: null, emailState: 'pending' },
    });
    await world.counter(brand, bidId, 1, mixIn('EUR'));
    await tests.work();
    expect([await tests.kinds(influencer), await tests.kinds(agency)]).toEqual([['bid_countered'], ['bid_countered']]);
    await world.get(DeclineBid).execute({ actor: await world.actor(brand), bidId, reason: null });
    await tests.work();
    expect(await tests.kinds(influencer)).toEqual(['bid_declined', 'bid_countered']);
    expect(await tests.kinds(brand)).toEqual(['bid_submitted']);
  });

  it('are told of a campaign that ended with their bid, and of the bid no more', async () => {
    const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
    await world.bid(campaignId, influencer, mixIn('EUR'));
    await tests.settle();
    await world.get(CancelCampaign).execute({ actor: await world.actor(brand), campaignId });
    await tests.work();
    expect([await tests.kinds(influencer), await tests.kinds(brand)]).toEqual([['campaign_cancelled'], []]);
  });

  it('of both sides are told of a bid that nobody accepted in time', async () => {
    const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
    const bidId = await world.bid(campaignId, influencer, mixIn('EUR'));
    await tests.settle();
    const { rows } = await tests.owner.query('select offer_expires_at as at from campaigns.bids where id = $1', [
      bidId,
    ]);
    await world.get(ExpireBids).execute({ now: rows[0].at });
    await tests.work();
    expect([await tests.kinds(influencer), await tests.kinds(brand)]).toEqual([['bid_expired'], ['bid_expired']]);
  });

  it('are told of a deal, of its gift, and never of what they did themselves', async () => {
    const dealId = await tests.newDeal();
    await tests.settle();
    await world.credit(brand, 'EUR', 1_000_000n);
    await world.fund(brand, dealId);
    const shipped = { dealId, carrier: 'DHL', trackingNumber: null };
    await world.get(ShipGift).execute({ actor: await world.actor(brand), ...shipped });
    await tests.work();
    expect([...(await tests.kinds(influencer))].sort()).toEqual(['deal_funded', 'gift_shipped']);
    expect(await tests.kinds(brand)).toEqual([]);
  });

  it('are told once, however often and in whatever order events come', async () => {
    const dealId = await tests.newDeal();
    await world.credit(brand, 'EUR', 1_000_000n);
    await world.fund(brand, dealId);
    await tests.work({ times: 3, backwards: true });
    const told = await tests.told(influencer);
    expect(told.map(({ notification }) => notification.kind).sort()).toEqual(['bid_accepted', 'deal_funded']);
    expect(told.every(({ notification }) => notification.count === 1)).toBe(true);
  });

  it('do not include an agency whose mandate has ended, nor anybody of another party', async () => {
    const other = await world.signUpAgency('Former');
    const rival = await world.signUpBrand('Rival');
    const someone = await world.signUpInfluencer('Rin');
    const dealId = randomUUID();
    const { mandateId } = await world.mandate(other, someone, {
      cash: { of: 'gross', share: '0.1' },
      note_commission: { of: 'gross', share: '0.1' },
      livestream_commission: { of: 'gross', share: '0.1' },
    });
    await tests.settle();
    const funded = { dealId, brandId: brand.partyId, influencerId: someone.partyId, by: brand.userId };
    await tests.record('deals.deal_funded', dealId, funded);
    await tests.work();
    expect([await tests.kinds(someone), await tests.kinds(other)]).toEqual([['deal_funded'], ['deal_funded']]);
    await world.endMandate(other, mandateId);
    await tests.record('deals.deal_completed', dealId, funded);
    await tests.work();
    expect([...(await tests.kinds(someone))].sort()).toEqual(['deal_completed', 'deal_funded', 'mandate_ended']);
    // What it was told for her is gone with the mandate.
    expect(await tests.kinds(other)).toEqual([]);
    expect([await tests.kinds(agency), await tests.kinds(rival)]).toEqual([[], []]);
  });

  it('of staff are told of what they have to decide', async () => {
    const staff = async (role: string): Promise<PersonActor> => {
      const person = await world.signUpInfluencer(role);
      await tests.owner.query('update identity.users set staff_roles = array[$2] where id = $1', [person.userId, role]);
      return world.actor(person);
    };
    const [operator, approver, preparer] = [
      await staff('operator'),
      await staff('finance_approver'),
      await staff('finance_preparer'),
    ];
    await tests.settle();
    const batchId = randomUUID();
    await tests.record('payouts.batch_submitted', batchId, { by: preparer.userId });
    const held = { brandId: brand.partyId, influencerId: influencer.partyId, sales: [{}, {}] };
    await tests.record('sales.sales_held', randomUUID(), held);
    await tests.work();
    expect(await tests.kinds(approver)).toEqual(['payout_batch_submitted']);
    expect([await tests.kinds(preparer), await tests.kinds(operator)]).toEqual([[], ['sales_held']]);
    expect((await tests.told(operator))[0]?.title).toBe('2 sales are being reviewed');
    const former = { ...approver, staffRoles: [] };
    expect(await tests.kinds(former)).toEqual([]);
  });

  it('are told of a changed payout account even where they did it, and every time', async () => {
    const payload = { accountId: randomUUID(), currency: 'EUR', by: brand.userId };
    for (let time = 0; time < 2; time += 1) await tests.record('parties.payout_account_set', brand.partyId, payload);
    await tests.work();
    expect(await tests.kinds(brand)).toEqual(['payout_account_changed', 'payout_account_changed']);
  });

  it('are told of an invitation without the address or the token', async () => {
    const actor = await world.actor(brand);
    const command = { partyId: brand.partyId, email: 'new@example.com', role: 'owner' as const };
    await world.get(InviteMember).execute({ actor, ...command });
    await tests.work();
    expect(await tests.kinds(brand)).toEqual([]);
    await tests.record('parties.member_invited', brand.partyId, { by: influencer.userId });
    await tests.work();
    expect(await tests.told(brand)).toMatchObject([{ title: 'Somebody was invited to Maison Aurore' }]);
  });
});

describe('a review', () => {
  const written = (dealId: string, side: string, visibleFrom: Date) =>
    tests.record('deals.review_written', dealId, {
      dealId,
      side,
      brandId: brand.partyId,
      influencerId: influencer.partyId,
      by: side === 'brand' ? brand.userId : influencer.userId,
      occurredAt: tests.clock.now().toISOString(),
      visibleFrom: visibleFrom.toISOString(),
    });
  const later = () => new Date(tests.clock.now().getTime() + 14 * 86_400_000);

  it('is told when it may be read and not before, in the product and by e-mail', async () => {
    await written(randomUUID(), 'brand', later());
    await tests.work();
    tests.clock.advanceMinutes(5);
    expect([await tests.kinds(influencer), await tests.unread(influencer), await tests.send()]).toEqual([[], 0, 0]);
    tests.clock.advanceDays(14);
    expect(await tests.kinds(influencer)).toEqual(['review_readable']);
    expect(await tests.kinds(brand)).toEqual([]);
  });

  it('is told by the deal as it is here: the first when the second is written', async () => {
    const dealId = await completedDeal(world, brand, influencer);
    await tests.settle();
    const review = async (who: Someone) =>
      world.get(WriteReview).execute({ actor: await world.actor(who), dealId, stars: 2, text: 'Secret' });
    await review(brand);
    await tests.work();
    expect([await tests.kinds(influencer), await tests.kinds(agency)]).toEqual([[], []]);
    await review(agency);
    await tests.work();
    expect([await tests.kinds(influencer), await tests.kinds(brand)]).toEqual([
      ['review_readable'],
      ['review_readable'],
    ]);
    expect(JSON.stringify(await tests.told(influencer))).not.toContain('Secret');
  });

  it.each([false, true])('comes forward when the other side has written (heard backwards: %s)', async (backwards) => {
    const dealId = randomUUID();
    await written(dealId, 'brand', later());
    await written(dealId, 'influencer', tests.clock.now());
    await tests.work({ backwards });
    expect([await tests.kinds(influencer), await tests.kinds(brand)]).toEqual([
      ['review_readable'],
      ['review_readable'],
    ]);
    tests.clock.advanceMinutes(3);
    expect(await tests.send()).toBeGreaterThanOrEqual(2);
  });
});

describe('many of a kind', () => {
  it('are one unread notification that counts them, and one e-mail; after it was read there is another', async () => {
    const dealId = await tests.newDeal();
    await tests.settle();
    for (let place = 0; place < 20; place += 1) await write(brand, dealId);
    await tests.work({ times: 2 });
    const [told, ...none] = await tests.told(influencer);
    expect(none).toEqual([]);
    expect(told).toMatchObject({ title: expect.stringContaining('20 new messages'), notification: { count: 20 } });
    expect(await tests.unread(influencer)).toBe(1);
    expect((await tests.emailsOf(influencer)).filter(({ state }) => state === 'pending')).toHaveLength(1);
    await tests.read(influencer, [told?.notification.notificationId ?? '']);
    await write(brand, dealId);
    await tests.work();
    expect(await tests.told(influencer)).toMatchObject([{ notification: { count: 1 } }]);
  });

  it('are one where they are heard at the same time by several workers', async () => {
    const dealId = await tests.newDeal();
    await tests.settle();
    for (let place = 0; place < 12; place += 1) await write(brand, dealId);
    await tests.work({ together: true });
    expect(await tests.told(influencer)).toMatchObject([{ notification: { count: 12 } }]);
  });

  it('are told apart after an hour, and for each object', async () => {
    const [dealId, otherId] = [await tests.newDeal(), await tests.newDeal()];
    await tests.settle();
    await write(brand, dealId);
    await write(brand, otherId);
    await tests.work();
    tests.clock.advanceMinutes(61);
    await write(brand, dealId);
    await tests.work();
    expect(await tests.kinds(influencer)).toEqual(['message_received', 'message_received', 'message_received']);
  });
});

describe('preferences', () => {
  it('decide where somebody is told, each for themselves', async () => {
    const dealId = await tests.newDeal();
    await tests.settle();
    await prefer(influencer, true, false);
    await prefer(agency, false, true);
    await write(brand, dealId);
    await tests.work();
    expect([await tests.unread(influencer), await tests.unread(agency)]).toEqual([1, 0]);
    const pending = async (who: Someone) => (await tests.emailsOf(who)).filter(({ state }) => state === 'pending');
    expect([(await pending(influencer)).length, (await pending(agency)).length]).toEqual([0, 1]);
    await tests.settle();
    await prefer(influencer, false, false);
    await write(brand, dealId);
    await tests.work();
    expect([await tests.unread(influencer), (await pending(influencer)).length]).toEqual([0, 0]);
    for (const who of [influencer, agency]) await prefer(who, true, true);
  });

  it('keep notices of security on, and are changed in a session alone', async () => {
    const actor = await world.actor(brand);
    const off = { actor, group: 'security', inProduct: false, email: false } as const;
    await expect(world.get(ChangePreference).execute(off)).rejects.toThrow(SecurityNoticesStayOn);
    const withKey = { ...off, actor: { ...actor, scopes: [] }, group: 'bids' as const };
    await expect(world.get(ChangePreference).execute(withKey)).rejects.toThrow(Forbidden);
    const changed = { ...off, group: 'bids' as const, inProduct: null };
    await world.get(ChangePreference).execute(changed);
    const preferences = await world.get(ReadPreferences).execute({ actor });
    expect(preferences.find(({ group }) => group === 'bids')).toMatchObject({ inProduct: true, email: false });
    await world.get(ChangePreference).execute({ ...changed, email: true });
  });
});

describe('the list', () => {
  it('is read page by page and marked as read down from a cursor', async () => {
    for (let place = 0; place < 5; place += 1) {
      await tests.record('parties.member_invited', brand.partyId, { by: influencer.userId });
      await tests.work();
      tests.clock.advanceMinutes(61);
    }
    const actor = await world.actor(brand);
    const query = { actor, unreadOnly: true, language: null };
    const first = await world.get(ListNotifications).execute({ ...query, page: { first: 2, after: null } });
    expect([first.rows.length, first.totalCount, first.hasNextPage]).toEqual([2, 5, true]);
    const after = first.rows.at(-1)?.cursor ?? null;
    const next = await world.get(ListNotifications).execute({ ...query, page: { first: 10, after } });
    expect([next.rows.length, next.hasNextPage]).toEqual([3, false]);
    expect(await tests.read(brand, [], after)).toBe(1);
    expect((await tests.told(brand, false)).length).toBeGreaterThanOrEqual(5);
    const cursor = Buffer.from('["x","y"]').toString('base64url');
    await expect(tests.read(brand, [], cursor)).rejects.toThrow(InvalidInput);
    await expect(tests.read(brand, [])).rejects.toThrow(InvalidInput);
  });

  it('is in the language of its reader, or the one asked for', async () => {
    await world.get(ChangeLocale).execute({ actor: await world.actor(brand), locale: 'ja' });
    await tests.record('parties.member_invited', brand.partyId, { by: influencer.userId });
    await tests.work();
    expect((await tests.told(brand))[0]?.title).toBe('Maison Auroreに新しいメンバーが招待されました');
    expect((await tests.told(brand, true, 'fr'))[0]?.title).toContain('a été invitée');
    await world.get(ChangeLocale).execute({ actor: await world.actor(brand), locale: 'en' });
  });

  it('is one’s own: what belongs to others is not found, and not marked', async () => {
    await tests.record('parties.member_invited', brand.partyId, { by: influencer.userId });
    await tests.work();
    const id = (await tests.told(brand))[0]?.notification.notificationId ?? '';
    await expect(tests.read(influencer, [id])).rejects.toThrow(NotFound);
    expect(await tests.unread(brand)).toBe(1);
    for (const who of [influencer, await world.operator()])
      expect(
        await tests.count(
          await ('kind' in who ? who : world.actor(who)),
          `notifications where notification_id = '${id}'`,
        ),
      ).toBe(0);
  });

  it('and all behind it cannot be written by its reader', async () => {
    await tests.record('parties.member_invited', brand.partyId, { by: influencer.userId });
    await tests.work();
    const [hers, his] = [await world.actor(influencer), await world.actor(brand)];
    expect(await tests.count(his, 'heard')).toBe(0);
    const forge = `insert into notifications.preferences values ($1, 'bids', false, false)`;
    await expect(world.sql(hers, forge, [brand.userId])).rejects.toThrow(/row-level security/);
    expect(
      await world.sql(hers, 'update notifications.notifications set read_at = now() where user_id = $1', [
        brand.userId,
      ]),
    ).toEqual([[], 0]);
    expect(await world.sql(his, `update notifications.emails set state = 'sent'`)).toEqual([[], 0]);
    await expect(world.sql(his, 'delete from notifications.notifications')).rejects.toThrow(/permission denied/);
    expect(await tests.unread(brand)).toBe(1);
  });
});
